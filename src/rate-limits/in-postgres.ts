import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { type Sql, statement } from '../database/index.js';
import { countedBy, limiterOptions, type SharedPlace } from './counter.js';
import { spareFailing } from './spare-failing.js';

/** What the library asks of a pool of `pg`. */
interface StoreClient {
  query(query: StoreQuery): Promise<{ readonly rows: readonly unknown[]; readonly rowCount: number }>;
}

interface StoreQuery {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Counts in our database, for all processes that use it.
 *
 * @param onFailure told when the database begins to fail
 */
export function inPostgres(sql: Sql, onFailure: (error: unknown) => void): SharedPlace {
  const storeClient = clientOf(sql, onFailure);
  return (terms, own) => countedBy(new RateLimiterPostgres({
    ...limiterOptions(terms), storeClient, storeType: 'pool', tableName: 'rate_limit', tableCreated: true,
    clearExpiredByTimeout: false, insuranceLimiter: own,
  }));
}

/** Lets the library count by named statements on our pool. */
function clientOf(sql: Sql, onFailure: (error: unknown) => void): StoreClient {
  const asked = spareFailing(onFailure);
  return {
    async query({ name, text, values }) {
      const rows = await asked(() => sql.run(statement(name, text), values));
      return { rows, rowCount: rows.length };
    },
  };
}
