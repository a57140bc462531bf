import { findUserByExternalId, type RegisteredUser } from '../../src/clients/index.js';
import type { TestClient, TestServer } from './test-server.js';

/** The client's user with this external id, registered now unless known. */
export async function userOf(server: TestServer, client: TestClient, externalId = 'person'): Promise<RegisteredUser> {
  await client.register(externalId);
  const user = await findUserByExternalId(server.app.services.database, client.id, externalId);
  if (!user) throw new Error(`"${externalId}" could not be registered.`);
  return user;
}
