import { type Sql, statement } from '../database/index.js';

/** What the library asks of a pool of `pg`. */
export interface StoreClient {
  query(query: StoreQuery): Promise<{ readonly rows: readonly unknown[]; readonly rowCount: number }>;
}

interface StoreQuery {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Lets the library count in our database, by named statements on our pool.
 *
 * @param onFailure told when the database begins to fail: from then on each process counts for itself, until it answers again
 */
export function postgresStore(sql: Sql, onFailure: (error: unknown) => void): StoreClient {
  let fails = false;
  return {
    async query({ name, text, values }) {
      try {
        const rows = await sql.run(statement(name, text), values);
        fails = false;
        return { rows, rowCount: rows.length };
      } catch (error) {
        if (!fails) onFailure(error);
        fails = true;
        throw error;
      }
    },
  };
}
