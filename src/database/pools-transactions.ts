import type { Pool, PoolClient } from 'pg';
import { onConnection } from './run-on.js';

/**
 * Whether what we are connected to lends connections of PostgreSQL for a transaction each: two of ours then come to the same one, while
 * neither is closed. True is certain; false is not, because somebody else may have taken the first one meanwhile, or there is no second.
 */
export async function poolsTransactions(pool: Pool): Promise<boolean> {
  if (pool.options.max < 2) return false;
  return onConnection(pool, async (one) => {
    const process = await processOf(one);
    // Where there is no room for another one, starting as such does not fail.
    return onConnection(pool, async (other) => (await processOf(other)) === process).catch(() => false);
  });
}

async function processOf(connection: PoolClient): Promise<number> {
  const { rows } = await connection.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]!.pid;
}
