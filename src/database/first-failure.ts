import type { Sql, Statement } from './statement.js';

/** SQLSTATE of what comes after a statement that failed, in the same transaction. */
const AFTER_FAILURE = '25P02';

/** Runs statements that are sent together, and so fail together, and remembers which failed first. */
export class FirstFailure implements Sql {
  private first: unknown = null;

  constructor(private readonly sql: Sql) {}

  async run<Row>(statement: Statement<Row>, values: readonly unknown[]): Promise<Row[]> {
    try {
      return await this.sql.run(statement, values);
    } catch (error) {
      this.first ??= error;
      throw error;
    }
  }

  /** Why a transaction failed: in place of a failure that an earlier one brought about, that one. */
  causeOf(error: unknown): unknown {
    return (error as { readonly code?: unknown }).code === AFTER_FAILURE ? this.first ?? error : error;
  }
}
