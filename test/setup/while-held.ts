import pg from 'pg';
import type { TestClient, TestServer } from './test-server.js';

/** What another server would hold: the client's row, or those of its users; or a whole table, as an operator does. */
const holds = {
  client: 'select from client where id = $1 for update',
  users: 'select from client_user where client_id = $1 for update',
  clients: 'lock table client',
  results: 'lock table result',
  budgets: 'lock table rate_limit',
};

/** Holds rows of the client, or for null a table, while `work` begins; what it gives is awaited after the release. */
export async function whileHeld<T>(
  server: TestServer, what: keyof typeof holds, client: TestClient | null, work: () => Promise<Promise<T>[]>,
): Promise<PromiseSettledResult<T>[]> {
  const holder = new pg.Client({ connectionString: server.databaseUrl });
  await holder.connect();
  await holder.query('begin');
  await holder.query(holds[what], client === null ? [] : [client.id]);
  const begun = await work();
  await holder.query('commit');
  await holder.end();
  return Promise.allSettled(begun);
}
