import pg from 'pg';

/** SQLSTATE of a statement, or a wait for a lock, that took too long, and of a transaction that stood still. */
const TOO_SLOW = /^(57014|55P03|25P03)$/;
/** SQLSTATE of a connection that failed, of a server that is full, of one that is going down or coming up, and of one that only reads. */
const NOT_REACHED = /^(08|53|57P|25006)/;
/** What the system says of a connection that failed. */
const NO_CONNECTION = /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT|ENOTFOUND|EAI_AGAIN)$/;
/** What pg says, which gives its own errors no code; the ORM puts the statement before it. */
const TOLD_TOO_SLOW = 'Query read timeout';
const TOLD_NO_CONNECTION = new RegExp(
  '(timeout exceeded when trying to connect|timeout expired|Connection terminated.*|is not queryable|after calling end on the pool)$',
);

/** Whether PostgreSQL answered and refused, in contrast to a database that is too slow or cannot be reached. */
export function isRefusal(error: unknown): boolean {
  return error instanceof pg.DatabaseError && outageOf(error) === null;
}

/**
 * Why the database did not do now what it may do later: it took too long, or no connection to it was to be had; null for
 * every other failure. What it was doing is rolled back, except that a commit whose answer was lost may have been made.
 */
export function outageOf(error: unknown): 'too slow' | 'out of reach' | null {
  const { code, message } = told(error);
  if (TOO_SLOW.test(code) || message.endsWith(TOLD_TOO_SLOW)) return 'too slow';
  return NOT_REACHED.test(code) || NO_CONNECTION.test(code) || TOLD_NO_CONNECTION.test(message) ? 'out of reach' : null;
}

/** What to tell who starts a server or runs a command and finds the database too slow; null for every other failure. */
export function delayToTell(error: unknown): string | null {
  if (outageOf(error) !== 'too slow') return null;
  return 'The database takes too long to answer. Another process may be at work on it, such as `testodrom distribute`: try again when it has finished.';
}

function told(error: unknown): { readonly code: string; readonly message: string } {
  const { code, message } = Object(error) as { readonly code?: unknown; readonly message?: unknown };
  return { code: typeof code === 'string' ? code : '', message: typeof message === 'string' ? message : '' };
}

/** The reason of a failure as part of a sentence. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message.replace(/[.\s]+$/, '') : String(error);
}
