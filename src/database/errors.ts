import pg from 'pg';

/** Whether PostgreSQL refused a statement because of this constraint. */
export function violates(error: unknown, constraint: string): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === constraint;
}

/** SQLSTATE of a connection that failed, of a server that is full, and of one that is going down or coming up. */
const NOT_REACHED = /^(08|53|57P)/;

/** Whether PostgreSQL answered and refused, in contrast to a database that cannot be reached. */
export function isRefusal(error: unknown): boolean {
  return error instanceof pg.DatabaseError && !NOT_REACHED.test(error.code ?? '');
}

/** The reason of a failure as part of a sentence. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message.replace(/[.\s]+$/, '') : String(error);
}
