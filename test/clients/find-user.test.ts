import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eraseUser, findUserByKey, OPERATOR, type RegisteredUser } from '../../src/clients/index.js';
import { startTestServer, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const find = (key: string): Promise<RegisteredUser | null> => findUserByKey(server.app.services.database, key);

describe('a user', () => {
  it('is found by USER_KEY alone, whosever it is', async () => {
    for (const client of [await server.client(), await server.client()]) {
      const { key } = (await client.register('person')).user;
      const found = {
        id: key, clientId: client.id, externalId: 'person', registeredAt: expect.any(Date), license: { issuedAt: expect.any(Date) },
      };
      expect(await find(key)).toEqual(found);
      expect(await find(key.toUpperCase())).toEqual(found);
    }
  });

  it('is not found by a key that nobody has', async () => {
    expect(await find(randomUUID())).toBeNull();
  });

  it('is not found any more when the person was erased, not even when the external id comes back', async () => {
    const client = await server.client();
    const { key } = (await client.register('person')).user;
    await eraseUser(server.app.services.database, client.id, { key }, OPERATOR);
    const again = (await client.register('person')).user;
    expect(await find(key)).toBeNull();
    expect(await find(again.key)).toMatchObject({ id: again.key, externalId: 'person' });
  });
});
