import { type DestinationStream, type Level, type Logger, pino } from 'pino';
import { isError, loggedError } from './logged-error.js';

/** The log of a server. */
export type Log = Logger;

/**
 * Opens the log: JSON lines with `level` and `time`, errors under `err`. Whatever is logged, errors are told as
 * `loggedError` does.
 *
 * @param level below which nothing is written; `silent` for a log that says nothing
 * @param pid named in every line, of one process of a server that has several; null for none
 * @param to standard output unless another place is given
 */
export function openLog(level: Level | 'silent', pid: number | null = null, to?: DestinationStream): Log {
  return pino({
    level,
    // Whoever gathers the lines of several servers knows from where they come.
    base: pid === null ? null : { pid },
    timestamp: isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: (error: unknown) => loggedError(error) },
    hooks: {
      // An error without words would be given its own message, as it is.
      logMethod(args, method) {
        const [first, ...words] = args as unknown[];
        const error = errorOf(first);
        if (error === null) return method.apply(this, args);
        const facts = isError(first) ? { err: error } : first as object;
        method.call(this, facts, typeof words[0] === 'string' ? words[0] : loggedError(error).message);
      },
    },
  }, ...(to ? [to] : []));
}

/** The second of the last line, since 1970, and how the times of its lines begin. */
let lastSecond = NaN;
let begun = '';

/** As pino's own, which writes out the whole time for each line. */
function isoTime(): string {
  const now = Date.now();
  const second = Math.floor(now / 1_000);
  if (second !== lastSecond) {
    lastSecond = second;
    begun = `,"time":"${new Date(now).toISOString().slice(0, -'000Z'.length)}`;
  }
  return `${begun}${String(now % 1_000).padStart(3, '0')}Z"`;
}

function errorOf(first: unknown): unknown {
  if (isError(first)) return first;
  return typeof first === 'object' && first !== null && 'err' in first ? first.err : null;
}
