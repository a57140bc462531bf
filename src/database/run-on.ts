import type { Pool, PoolClient } from 'pg';
import { sqlOn, type Statement } from './statement.js';

/** Runs a statement on a connection of a pool; the pool's own `query` would send it in the name of the request that gave the connection back. */
export function runOn<Row>(pool: Pool, statement: Statement<Row>, values: readonly unknown[]): Promise<Row[]> {
  return onConnection(pool, (connection) => sqlOn(connection).run(statement, values));
}

/** Lends a connection to work that reads, or writes in one statement; what it failed on is not used again. */
export async function onConnection<T>(pool: Pool, work: (connection: PoolClient) => Promise<T>): Promise<T> {
  const connection = await pool.connect();
  let broken = true;
  try {
    const outcome = await work(connection);
    broken = false;
    return outcome;
  } finally {
    // As the pool does: where a statement failed another one may still be waited for.
    connection.release(broken);
  }
}
