import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hashSecret } from '../../src/kernel/secrets.js';
import { ending, KEY_FIELDS, keysOf, revoke, rotate } from '../setup/client-keys.js';
import { statementsOf } from '../setup/count-statements.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const viewer = async (key: string): Promise<string> => {
  const { errors } = await server.graphql('{ viewer { id } }', {}, key);
  return errors?.[0]?.extensions.code ?? 'good';
};
const node = async (id: string, client: TestClient): Promise<Json> =>
  (await client.graphql(`query ($id: ID!) { node(id: $id) { __typename ... on ClientKey { ${KEY_FIELDS} } } }`, { id })).data.node;

describe('viewer.keys', () => {
  it('lists the living keys, newest first, with what is to be known of each', async () => {
    const client = await server.client();
    const second = (await rotate(server.url, client.key)).key;
    const third = (await rotate(server.url, second)).key;
    const keys = await keysOf(server.url, third);
    expect(keys.map(({ hint }) => hint)).toEqual([third, second, client.key].map((key) => key.slice(-4)));
    expect(keys[0]).toEqual({
      id: expect.stringMatching(/^key_[\w-]{22}$/), hint: third.slice(-4), createdAt: expect.any(String),
      lastUsedAt: expect.any(String), expiresAt: null, current: true,
    });
    expect(keys.map(({ current }) => current)).toEqual([true, false, false]);
    expect(keys.map(({ expiresAt }) => expiresAt === null)).toEqual([true, false, false]);
  });

  it('leaves out keys that have ended, which are still found by their ids', async () => {
    const client = await server.client();
    const { key, replaced } = await rotate(server.url, client.key, 0);
    expect((await keysOf(server.url, key)).map(({ hint }) => hint)).toEqual([key.slice(-4)]);
    const { data } = await server.graphql(
      `query ($id: ID!) { node(id: $id) { __typename ... on ClientKey { ${KEY_FIELDS} } } }`, { id: replaced.id }, key);
    expect(data.node).toEqual({ __typename: 'ClientKey', ...replaced, current: false });
    expect(data.node.expiresAt).not.toBeNull();
  });

  it("shows nobody another client's keys", async () => {
    const [owner, other] = [await server.client(), await server.client()];
    const [{ id }] = await keysOf(server.url, owner.key) as [Json];
    expect(await node(id, owner)).toMatchObject({ __typename: 'ClientKey', id, current: true });
    expect(await node(id, other)).toBeNull();
    expect((await keysOf(server.url, other.key)).map((key) => key.id)).not.toContain(id);
  });

  it('reads many keys by their ids in one statement', async () => {
    const client = await server.client();
    let newest = client.key;
    for (let count = 0; count < 3; count += 1) newest = (await rotate(server.url, newest)).key;
    const ids = (await keysOf(server.url, newest)).map(({ id }) => id);
    expect(ids).toHaveLength(4);
    const fields = ids.map((id, index) => `k${index}: node(id: "${id}") { id }`).join(' ');
    expect(await statementsOf(() => client.graphql(`{ ${fields} }`))).toEqual(['clients-by-key', 'client-keys-by-id']);
  });
});

describe('the last use of a key', () => {
  const row = async (client: TestClient) => {
    const [found] = await server.sql<{ version: string; used: Date | null }>(
      'select xmin::text as version, last_used_at as used from client_key where client_id = $1', [client.id]);
    return found!;
  };

  it('is not known before the first', async () => {
    const client = await server.client();
    expect((await row(client)).used).toBeNull();
    const [key] = await keysOf(server.url, client.key) as [Json];
    expect(Date.now() - Date.parse(key.lastUsedAt)).toBeLessThan(10_000);
  });

  it('is written at most once a minute, in the statement that finds the key', async () => {
    const client = await server.client();
    const use = (): Promise<string[]> => statementsOf(() => viewer(client.key));
    expect(await use()).toEqual(['clients-by-key']);
    const first = await row(client);
    for (let count = 0; count < 5; count += 1) expect(await use()).toEqual(['clients-by-key']);
    expect(await row(client)).toEqual(first);

    const ago = (interval: string): Promise<unknown> =>
      server.sql('update client_key set last_used_at = now() - $2::interval where client_id = $1', [client.id, interval]);
    await ago('55 seconds');
    const recent = await row(client);
    await use();
    expect(await row(client)).toEqual(recent);
    await ago('61 seconds');
    const long = await row(client);
    expect(await use()).toEqual(['clients-by-key']);
    expect((await row(client)).version).not.toBe(long.version);
    expect(Date.now() - (await row(client)).used!.getTime()).toBeLessThan(10_000);
  });

  it('is not written for a key that has ended, which is refused as an unknown one is', async () => {
    const client = await server.client();
    await server.sql('update client_key set expires_at = now() where client_id = $1', [client.id]);
    expect(await viewer(client.key)).toBe('UNAUTHENTICATED');
    expect((await row(client)).used).toBeNull();
  });
});

describe('a key', () => {
  it('is stored nowhere, however it was made', async () => {
    const client = await server.client();
    const { key: second } = await rotate(server.url, client.key);
    const made = [client.key, second, (await rotate(server.url, second)).key];
    const [{ id }] = (await keysOf(server.url, made[2])).filter(({ hint }) => hint === made[1].slice(-4)) as [Json];
    await revoke(server.url, made[2], id);

    const tables = await server.sql<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`);
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['client_key', 'audit_entry', 'access_token']));
    for (const { name } of tables) {
      const rows = (await server.sql<{ text: string }>(`select t::text as text from "${name}" t`)).map(({ text }) => text).join('\n');
      // Without its prefix and checksum too, and in no spelling of bytes.
      for (const key of made) {
        expect(rows).not.toContain(key.slice(4, -8));
        expect(rows).not.toContain(Buffer.from(key).toString('hex'));
      }
    }
    const hashes = await server.sql<{ hash: Buffer }>('select hash from client_key where client_id = $1', [client.id]);
    expect(hashes.map(({ hash }) => hash.toString('hex')).sort()).toEqual(made.map((key) => hashSecret(key).toString('hex')).sort());
  });

  it('is needed to see or change keys', async () => {
    const calls = [keysOf(server.url, 'tdk_wrong'), rotate(server.url, 'tdk_wrong'), revoke(server.url, 'tdk_wrong', 'x')];
    expect(await Promise.all(calls.map(ending))).toEqual(calls.map(() => 'UNAUTHENTICATED'));
  });
});
