import { emptyResults } from './attachments.js';
import type { TestClient, TestServer } from './test-server.js';

/** Leaves of a user what an erasure leaves: nobody knows the person, and the results are empty. */
export async function eraseBySql(server: TestServer, client: TestClient, externalId: string): Promise<void> {
  const [user] = await server.sql<{ id: string }>(
    'update client_user set external_id = null, erased_at = now() where client_id = $1 and external_id = $2 returning id',
    [client.id, externalId],
  );
  const results = await server.sql<{ id: string }>('select result_id as id from attachment where client_id = $1 and user_id = $2', [client.id, user!.id]);
  await emptyResults(server, results.map(({ id }) => id));
}

/** Every text that is stored, of whatever table. */
export async function everythingStored(server: TestServer): Promise<string> {
  const tables = await server.sql<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public'");
  const rows = await Promise.all(tables.map(({ name }) => server.sql(`select row_to_json(t) from "${name}" t`)));
  return JSON.stringify(rows);
}
