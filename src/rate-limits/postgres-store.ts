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

/** How long the database may take to count, in milliseconds: everybody waits for it. */
export const COUNT_LIMIT_MS = 1_000;

/** How long a database that failed is not asked again, in milliseconds: to find out that it is away may take long. */
const PAUSE_MS = 1_000;

/**
 * Lets the library count in our database, by named statements on our pool.
 *
 * @param onFailure told when the database begins to fail: from then on each process counts for itself, until it answers again
 */
export function postgresStore(sql: Sql, onFailure: (error: unknown) => void): StoreClient {
  let failedAt: number | null = null;
  /** Whether a database that failed is being asked whether it is back: by one statement at a time, for which one caller waits. */
  let isAsked = false;
  return {
    async query({ name, text, values }) {
      const asks = failedAt !== null;
      if (failedAt !== null && (isAsked || performance.now() - failedAt < PAUSE_MS)) throw new Error('The database failed a moment ago.');
      const answer = sql.run(statement(name, text), values);
      if (asks) {
        isAsked = true;
        // Also when nobody waits for it any more: it holds a connection.
        answer.catch(() => undefined).finally(() => void (isAsked = false));
      }
      try {
        const rows = await inTime(answer);
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

/** What is answered within the limit; whatever comes later goes nowhere. */
function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The database did not count within ${COUNT_LIMIT_MS} ms.`)), COUNT_LIMIT_MS);
    void answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
