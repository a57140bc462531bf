import pg from 'pg';
import type { TestClient, TestServer } from './test-server.js';

/** What another server would hold: the client's row, or those of its users. */
const holds = {
  client: 'select from client where id = $1 for update',
  users: 'select from client_user where client_id = $1 for update',
};

/** Holds rows of the client, as another server would, while `work` begins; what it gives is awaited after the release. */
export async function whileHeld<T>(
  server: TestServer, what: keyof typeof holds, client: TestClient, work: () => Promise<Promise<T>[]>,
): Promise<PromiseSettledResult<T>[]> {
  const holder = new pg.Client({ connectionString: server.databaseUrl });
  await holder.connect();
  await holder.query('begin');
  await holder.query(holds[what], [client.id]);
  const begun = await work();
  await holder.query('commit');
  await holder.end();
  return Promise.allSettled(begun);
}
