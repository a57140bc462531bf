/** What a log says of an error: enough to find its place, and nothing that a caller sent. */
export interface LoggedError {
  /** The class, such as `TypeError`. */
  readonly type: string;
  readonly message: string;
  /** Of the system, or SQLSTATE. */
  readonly code?: string;
  /** What of the database it is about. */
  readonly constraint?: string;
  readonly table?: string;
  readonly column?: string;
  /** Where it was made, without the message that begins the stack. */
  readonly stack?: string;
  readonly cause?: LoggedError;
}

/** How deep causes are followed. */
const CAUSES = 5;

/** SQLSTATE classes whose messages quote names of ours alone: connections, constraints, locks, the statement, the server. */
const NAMES_ALONE = /^(?:08|23|40|42|53|55|57|58|XX)[0-9A-Z]{3}$/;

/** Where the ORM appends what PostgreSQL says of the row. */
const DETAIL = /\s*- detail:/;

/** Errors of programs that read input, and say what they found there. */
const READERS = new Set(['SyntaxError', 'GraphQLError', 'ZodError', 'URIError']);

/**
 * An error as it is logged. Errors of PostgreSQL have details, parameters and places that hold rows, so that only the
 * properties listed above are kept; what a message quotes is left out where it may be a value.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!isError(error)) return { type: typeof error, message: 'Something that is no error was thrown.' };
  const { code, constraint, table, column, cause } = error;
  return {
    type: error.constructor.name,
    message: messageOf(error),
    ...texts({ code, constraint, table, column }),
    ...texts({ stack: stackOf(error.stack) }),
    ...(isError(cause) && depth < CAUSES ? { cause: loggedError(cause, depth + 1) } : {}),
  };
}

/** An error with what PostgreSQL says besides. */
export interface ErrorWithFacts extends Error {
  readonly code?: unknown;
  readonly severity?: unknown;
  readonly constraint?: unknown;
  readonly table?: unknown;
  readonly column?: unknown;
}

/** Whether it is an error, of whatever realm: those of Node's core are not ours in a sandbox. */
export function isError(value: unknown): value is ErrorWithFacts {
  return typeof value === 'object' && value !== null && 'message' in value && 'name' in value;
}

function messageOf({ message, name, severity, code }: ErrorWithFacts): string {
  if (typeof severity !== 'string') return READERS.has(name) ? withoutQuotes(message) : message;
  const [said = ''] = message.split(DETAIL, 1);
  return NAMES_ALONE.test(String(code)) ? said : withoutQuotes(said);
}

/** From the first quotation mark to the last: what is quoted may hold some itself. */
function withoutQuotes(message: string): string {
  return message.replace(/["'`][^]*["'`]|["'`][^]*$/, '"…"');
}

function stackOf(stack: string | undefined): string | undefined {
  return stack?.split('\n').filter((line) => /^\s+at /.test(line)).join('\n');
}

function texts(facts: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(facts).filter((fact): fact is [string, string] => typeof fact[1] === 'string' && fact[1] !== ''));
}
