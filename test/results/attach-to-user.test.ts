import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eraseUser, OPERATOR, type RegisteredUser, suspendClient } from '../../src/clients/index.js';
import { userOf } from '../setup/registered-user.js';
import { startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const attach = (user: RegisteredUser, key: string) => server.app.services.licensing.attachToUser(user, key);
const erase = (client: TestClient) => eraseUser(server.app.services.database, client.id, { externalId: 'person' }, OPERATOR);

describe('attaching a result to a registered user', () => {
  it('gives the user the result without a license, and changes nothing when repeated', async () => {
    const client = await server.client({ licenseLimit: 1 });
    const user = await userOf(server, client);
    const key = await server.save();
    expect(await attach(user, key)).toMatchObject({ decision: { kind: 'GRANTED', licenseIssued: false }, user: { id: user.id } });
    expect(await attach(user, key)).toMatchObject({ decision: { kind: 'REPLAYED' }, user: { id: user.id } });
    expect(await server.holdings(client)).toEqual({ users: 1, licenses: 1, counter: 1, attached: 1 });
  });

  it('is refused as any attachment, and the result stays as it was', async () => {
    const [client, other] = [await server.client({ licensePolicy: 'one-test' }), await server.client()];
    const [user, foreign] = [await userOf(server, client), await userOf(server, other)];
    const second = await userOf(server, client, 'second');
    const [key, free] = [await server.save(), await server.save()];
    await attach(user, key);
    expect(await attach(user, randomUUID())).toMatchObject({ decision: { kind: 'RESULT_NOT_FOUND' } });
    for (const person of [second, foreign]) {
      expect(await attach(person, key)).toMatchObject({ decision: { kind: 'RESULT_ALREADY_ATTACHED' } });
    }
    expect(await attach(user, free)).toMatchObject({ decision: { kind: 'RESULT_LIMIT_REACHED' } });
    await suspendClient(server.app.services.database, client.slug);
    expect(await attach(second, free)).toMatchObject({ decision: { kind: 'CLIENT_SUSPENDED' } });
    expect(await server.sql('select user_id from result where id = any($1) order by id', [[key, free]]))
      .toEqual([{ user_id: user.id }, { user_id: null }]);
  });

  it('finds nobody when the user was erased, even if somebody new has the external id', async () => {
    const client = await server.client();
    const gone = await userOf(server, client);
    const key = await server.save();
    await erase(client);
    expect(await attach(gone, key)).toBeNull();
    expect(await server.holdings(client)).toEqual({ users: 1, licenses: 1, counter: 1, attached: 0 });
    await userOf(server, client);
    expect(await attach(gone, key)).toBeNull();
    expect(await server.holdings(client)).toEqual({ users: 2, licenses: 2, counter: 2, attached: 0 });
  });
});
