import type { Database } from './database.js';
import type { Statement } from './statement.js';

/** What is to be deleted, and how one of it is: by statements that each concern one row, wherever it lies. */
interface Deletion<Row> {
  /** Finds rows that may be deleted. */
  readonly find: Statement<Row>;
  readonly values: readonly unknown[];
  /** Deletes one of them, unless it is not to be deleted any more or somebody holds it, and gives a row if it did. */
  readonly one: Statement<object>;
  readonly keyOf: (row: Row) => readonly unknown[];
}

/** Deletes rows in one transaction, and gives how many. */
export function deleteEach<Row>(database: Database, { find, values, one, keyOf }: Deletion<Row>): Promise<number> {
  return database.transaction(async (sql) => {
    const rows = await sql.run(find, values);
    const deleted = await Promise.all(rows.map((row) => sql.run(one, keyOf(row))));
    return deleted.flat().length;
  });
}
