import { EmbeddedDatabaseError } from './errors.js';

/** Why a PostgreSQL program ended, in its own words; undefined when it printed nothing. */
export function failureIn(output: string): string | undefined {
  const lines = output.split('\n').map((line) => line.trim());
  // initdb reports its clean-up after the error, the server its shutdown.
  const fatal = lines.findLast((line) => /(?:FATAL|PANIC): /.test(line));
  const error = lines.findLast((line) => /\berror: /.test(line));
  const failure = fatal ?? error ?? lines.findLast((line) => line !== '');
  return failure?.replace(/^.*(?:FATAL|PANIC): +/, '');
}

/** Recognises that the system refused to run the program at all, which no change to DATA_DIR can help. */
export function cannotRunHere(line: string): EmbeddedDatabaseError | undefined {
  if (!/^setpriv: |error while loading shared libraries/.test(line)) return undefined;
  return new EmbeddedDatabaseError(
    `The embedded PostgreSQL cannot run here (${line}). Set DATABASE_URL to a PostgreSQL 14 or newer.`,
  );
}

/** What to do about a failure of PostgreSQL. */
export function remedyFor(failure: string): string {
  if (failure.includes('No space left on device')) return 'Free some disk space and start again.';
  if (failure.includes('Cannot allocate memory')) return 'Free some memory and start again.';
  return 'Restore DATA_DIR from a backup, or set another DATA_DIR.';
}
