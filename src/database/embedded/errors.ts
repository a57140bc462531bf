import { OperatorError } from '../../kernel/operator-error.js';

/** An expected failure of the embedded PostgreSQL. Its message is one line that tells what to do. */
export class EmbeddedDatabaseError extends OperatorError {
  override readonly name = 'EmbeddedDatabaseError';
}

/** The `code` of a Node or PostgreSQL error: `ENOENT`, `57P03`. */
export function errorCode(error: unknown): string | undefined {
  // By shape, not by class: an error of Node is no instance of the Error of another realm, such as a test's.
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/**
 * Turns a failed file operation in DATA_DIR into a message for the operator.
 * Everything else (a bug, an expected failure) passes through unchanged.
 */
export function explainFileError(error: unknown, dataDir: string): unknown {
  if (!isFileError(error)) return error;
  // Node words it "EACCES: permission denied, open '/data/postgres.log'".
  const reason = error.message.replace(/^[A-Z]+: /, '');
  return new EmbeddedDatabaseError(
    `DATA_DIR ${dataDir} cannot be used: ${reason}. Give this user access to it, or set another DATA_DIR.`,
    { cause: error },
  );
}

function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'syscall' in error && 'path' in error;
}
