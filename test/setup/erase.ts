import type { TestClient, TestServer } from './test-server.js';

/** Leaves of a user what an erasure leaves: nobody knows the person, and the results are empty. */
export async function eraseBySql(server: TestServer, client: TestClient, externalId: string): Promise<void> {
  const [user] = await server.sql<{ id: string }>(
    'update client_user set external_id = null, erased_at = now() where client_id = $1 and external_id = $2 returning id',
    [client.id, externalId],
  );
  await server.sql('update result set answers = null, calculation = null where client_id = $1 and user_id = $2', [client.id, user!.id]);
}
