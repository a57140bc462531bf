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

/** How long a database that failed is not asked again, in milliseconds: to find out that it is away may take long. */
const PAUSE_MS = 1_000;

/**
 * Lets the library count in our database, by named statements on our pool.
 *
 * @param onFailure told when the database begins to fail: from then on each process counts for itself, until it answers again
 */
export function postgresStore(sql: Sql, onFailure: (error: unknown) => void): StoreClient {
  let failedAt: number | null = null;
  return {
    async query({ name, text, values }) {
      if (failedAt !== null && performance.now() - failedAt < PAUSE_MS) throw new Error('The database failed a moment ago.');
      try {
        const rows = await sql.run(statement(name, text), values);
        failedAt = null;
        return { rows, rowCount: rows.length };
      } catch (error) {
        if (failedAt === null) onFailure(error);
        failedAt = performance.now();
        throw error;
      }
    },
  };
}
