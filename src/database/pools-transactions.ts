import type { Pool } from 'pg';

/**
 * Whether what we are connected to lends connections of PostgreSQL for a transaction each: two of ours then come to the same one, while
 * neither is closed. True is certain; false is not, because somebody else may have taken the first one meanwhile.
 */
export async function poolsTransactions(pool: Pool): Promise<boolean> {
  if (pool.options.max < 2) return false;
  const connections = [await pool.connect(), await pool.connect()];
  try {
    const processes = new Set<number>();
    for (const connection of connections) {
      const { rows } = await connection.query<{ pid: number }>('select pg_backend_pid() as pid');
      processes.add(rows[0]!.pid);
    }
    return processes.size === 1;
  } finally {
    for (const connection of connections) connection.release();
  }
}
