import pg from 'pg';
import { inTime } from '../kernel/in-time.js';
import { type DatabaseConnection, endClient, newClient } from './connection.js';

/** How often somebody else gets a chance to come between. */
const TIMES = 10;
/** How long it may take: a pooler that is full lets us wait. */
const LIMIT_MS = 5_000;

/**
 * Whether what we are connected to lends connections of PostgreSQL for a transaction each. A pooler that nobody else uses gives one of
 * ours what the other had; one that is used gives ours another than before. Where it lends us none in time, starting as such does not fail.
 */
export async function poolsTransactions(connection: DatabaseConnection): Promise<boolean> {
  const clients = [newClient(connection, 'testodrom'), newClient(connection, 'testodrom')] as const;
  // Without a listener an 'error' event would end the process.
  for (const client of clients) client.on('error', () => undefined);
  try {
    await Promise.all(clients.map((client) => client.connect()));
    return await inTime(sharesConnections(...clients), LIMIT_MS, 'the pooler is full');
  } catch {
    return false;
  } finally {
    await Promise.all(clients.map(endClient));
  }
}

async function sharesConnections(one: pg.Client, other: pg.Client): Promise<boolean> {
  const first = await processOf(one);
  for (let time = 0; time < TIMES; time += 1) {
    // Keeps what it is lent until the end of the transaction.
    await other.query('begin');
    if (await processOf(other) === first || await processOf(one) !== first) return true;
    await other.query('rollback');
  }
  return false;
}

async function processOf(connection: pg.Client): Promise<number> {
  const { rows } = await connection.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]!.pid;
}
