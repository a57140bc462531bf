import type { Database } from './database.js';
import type { Statement } from './statement.js';

/** What is to be deleted, and how one of it is: by statements that each concern one row, wherever it lies. */
interface Deletion<Row> {
  /** Finds rows that may be deleted, as many as the limit says. */
  readonly find: Statement<Row>;
  readonly values: readonly unknown[];
  readonly limit: number;
  /** Deletes one of them, unless it is not to be deleted any more or somebody holds it, and gives a row if it did. */
  readonly one: Statement<object>;
  readonly keyOf: (row: Row) => readonly unknown[];
}

/** What a batch of deletions did. */
export interface Deleted {
  readonly done: number;
  /** Whether there may be more to delete: not when all that was found is held by others. */
  readonly more: boolean;
}

/** Deletes rows in one transaction. */
export function deleteEach<Row>(database: Database, { find, values, limit, one, keyOf }: Deletion<Row>): Promise<Deleted> {
  return database.transaction(async (sql) => {
    const rows = await sql.run(find, [...values, limit]);
    const deleted = await Promise.all(rows.map((row) => sql.run(one, keyOf(row))));
    const done = deleted.flat().length;
    return { done, more: done > 0 && rows.length >= limit };
  });
}
