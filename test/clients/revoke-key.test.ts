import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nodeId } from '../../src/kernel/ids.js';
import { ending, keysOf, revoke, rotate } from '../setup/client-keys.js';
import { startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const good = async (key: string): Promise<boolean> => !(await server.graphql('{ viewer { id } }', {}, key)).errors;
const audit = (client: TestClient) => server.sql(
  `select actor, key_hint, action, details from audit_entry where client_id = $1 and action = 'KEY_REVOKED'`, [client.id]);
const stored = (client: TestClient) => server.sql('select id, expires_at from client_key where client_id = $1 order by id', [client.id]);

/** A client with one more key that lives on, made of its first by a rotation; the first is in its grace. */
async function withTwo() {
  const client = await server.client();
  const { key, clientKey, replaced } = await rotate(server.url, client.key);
  return { client, first: { key: client.key, id: replaced.id }, second: { key, id: clientKey.id } };
}

/** A client with two keys that live on. */
async function withTwoThatLiveOn() {
  const two = await withTwo();
  await server.sql('update client_key set expires_at = null where client_id = $1', [two.client.id]);
  return two;
}

describe('revokeClientKey', () => {
  it('ends a key at once, and notes it in the audit log', async () => {
    const { client, first, second } = await withTwo();
    const { __typename, clientKey, replayed } = await revoke(server.url, second.key, first.id);
    expect({ __typename, replayed }).toEqual({ __typename: 'RevokeClientKeySuccess', replayed: false });
    expect(clientKey).toMatchObject({ id: first.id, hint: first.key.slice(-4), current: false });
    expect(Math.abs(Date.parse(clientKey.expiresAt) - Date.now())).toBeLessThan(10_000);
    expect([await good(first.key), await good(second.key)]).toEqual([false, true]);
    expect((await keysOf(server.url, second.key)).map(({ id }) => id)).toEqual([second.id]);
    expect(await audit(client)).toEqual([
      { actor: 'CLIENT_KEY', key_hint: second.key.slice(-4), action: 'KEY_REVOKED', details: { key: first.key.slice(-4) } },
    ]);
  });

  it('changes nothing when repeated', async () => {
    const { client, first, second } = await withTwo();
    const { clientKey } = await revoke(server.url, second.key, first.id);
    expect(await revoke(server.url, second.key, first.id))
      .toMatchObject({ __typename: 'RevokeClientKeySuccess', replayed: true, clientKey });
    expect(await audit(client)).toHaveLength(1);
  });

  it('lets a key revoke itself when another one lives on', async () => {
    const { first, second } = await withTwoThatLiveOn();
    expect(await revoke(server.url, first.key, first.id)).toMatchObject({ clientKey: { id: first.id, current: true }, replayed: false });
    expect([await good(first.key), await good(second.key)]).toEqual([false, true]);
  });

  it('lets a key in its grace be revoked by itself and by others', async () => {
    for (const signer of ['first', 'second'] as const) {
      const two = await withTwo();
      expect(await ending(revoke(server.url, two[signer].key, two.first.id))).toBe('RevokeClientKeySuccess');
      expect(await good(two.first.key)).toBe(false);
    }
  });

  it('refuses, to a key in its grace, to end one that lives on', async () => {
    const { client, first, second } = await withTwo();
    const { clientKey: third } = await rotate(server.url, second.key);
    const before = await stored(client);
    for (const id of [second.id, third.id]) expect(await ending(revoke(server.url, first.key, id))).toBe('ENDING_KEY');
    expect(await stored(client)).toEqual(before);
  });

  it('refuses to end the only key', async () => {
    const client = await server.client();
    const [{ id }] = await keysOf(server.url, client.key) as [{ id: string }];
    const before = await stored(client);
    expect(await revoke(server.url, client.key, id)).toEqual({
      __typename: 'LastKeyProblem', code: 'LAST_KEY', message: expect.stringContaining('rotateClientKey'),
    });
    expect(await stored(client)).toEqual(before);
    expect(await audit(client)).toEqual([]);
  });

  it('refuses to end the only key that lives on, also while another one is in its grace', async () => {
    const { client, first, second } = await withTwo();
    const before = await stored(client);
    expect(await ending(revoke(server.url, second.key, second.id))).toBe('LAST_KEY');
    expect(await ending(revoke(server.url, first.key, second.id))).toBe('ENDING_KEY');
    expect(await stored(client)).toEqual(before);
  });

  it('refuses to end a key with an end when none is left that lives on', async () => {
    const { client, first, second } = await withTwo();
    await server.sql(`update client_key set expires_at = now() + interval '1 hour' where client_id = $1`, [client.id]);
    for (const { key, id } of [first, second]) expect(await ending(revoke(server.url, key, id))).toBe('LAST_KEY');
    expect([await good(first.key), await good(second.key)]).toEqual([true, true]);
  });

  it('takes ids of others, of nothing and of another type for unknown', async () => {
    const { client, first } = await withTwo();
    const other = await withTwo();
    const before = [await stored(client), await stored(other.client)];
    const ids = [other.first.id, other.second.id, nodeId('ClientKey', randomUUID()), nodeId('Client', client.id), first.id.slice(0, -1),
      `${first.id} `, '', 'key_', first.key, "' or true --", '\u0000', 'x'.repeat(100_000)];
    for (const id of ids) {
      expect(await revoke(server.url, first.key, id)).toEqual({
        __typename: 'KeyNotFoundProblem', code: 'KEY_NOT_FOUND', message: expect.any(String),
      });
    }
    expect([await stored(client), await stored(other.client)]).toEqual(before);
  });
});
