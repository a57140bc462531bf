import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { suspendClient } from '../../src/clients/index.js';
import { ending, keysOf, revoke, rotate } from '../setup/client-keys.js';
import { startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';
import { until } from '../setup/until.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const good = async (key: string): Promise<boolean> => !(await server.graphql('{ viewer { id } }', {}, key)).errors;
const secondsFromNow = (time: string): number => (Date.parse(time) - Date.now()) / 1000;
const audit = (client: TestClient) => server.sql(
  `select actor, key_hint, action, details from audit_entry where client_id = $1 and action <> 'CLIENT_CREATED' order by at`, [client.id]);
/** Lets the key of the client end at a moment told from now. */
const endIn = (client: TestClient, interval: string) => server.sql(
  'update client_key set expires_at = now() + $2::interval where client_id = $1 and expires_at is null returning expires_at', [client.id, interval]);

describe('rotateClientKey', () => {
  it('makes a key that works at once, and lets the old one be good for a day', async () => {
    const client = await server.client();
    const { __typename, key, clientKey, replaced } = await rotate(server.url, client.key);
    expect(__typename).toBe('RotateClientKeySuccess');
    expect(key).toMatch(/^tdk_[0-9a-f]{72}$/);
    expect(clientKey).toMatchObject({ hint: key.slice(-4), lastUsedAt: null, expiresAt: null, current: false });
    expect(replaced).toMatchObject({ hint: client.key.slice(-4), current: true });
    expect(secondsFromNow(replaced.expiresAt)).toBeGreaterThan(86_400 - 60);
    expect(secondsFromNow(replaced.expiresAt)).toBeLessThanOrEqual(86_400);
    expect([await good(key), await good(client.key)]).toEqual([true, true]);
    expect((await keysOf(server.url, key)).map(({ id }) => id)).toEqual([clientKey.id, replaced.id]);
  });

  it('ends the old key at once with a grace of 0', async () => {
    const client = await server.client();
    const { key } = await rotate(server.url, client.key, 0);
    expect([await good(key), await good(client.key)]).toEqual([true, false]);
    expect(await ending(rotate(server.url, client.key))).toBe('UNAUTHENTICATED');
  });

  it('refuses the old key when the grace is over', async () => {
    const client = await server.client();
    const { key } = await rotate(server.url, client.key, 60);
    await server.sql(`update client_key set expires_at = now() where client_id = $1 and expires_at is not null`, [client.id]);
    expect([await good(key), await good(client.key)]).toEqual([true, false]);
    expect(await keysOf(server.url, key)).toHaveLength(1);
  });

  it.each([
    ['a default', undefined, 86_400], ['null', null, 86_400], ['the longest', 2_592_000, 2_592_000], ['a second', 1, 1],
  ])('takes %s for the grace', async (_, grace, seconds) => {
    const client = await server.client();
    const { clientKey, replaced } = await rotate(server.url, client.key, grace);
    expect((Date.parse(replaced.expiresAt) - Date.parse(clientKey.createdAt)) / 1000).toBe(seconds);
  });

  it.each([-1, 2_592_001, 2_147_483_647])('refuses a grace of %i seconds as bad input, and changes nothing', async (grace) => {
    const client = await server.client();
    expect(await ending(rotate(server.url, client.key, grace))).toBe('BAD_USER_INPUT');
    expect(await keysOf(server.url, client.key)).toMatchObject([{ expiresAt: null }]);
    expect(await audit(client)).toEqual([]);
  });

  it.each([0, 60, 2_592_000])('by a key in its grace is refused, with %i seconds too, and its end stays where it is', async (grace) => {
    const client = await server.client();
    const { key, replaced } = await rotate(server.url, client.key, 3_600);
    const before = await keysOf(server.url, key);
    expect(await rotate(server.url, client.key, grace)).toEqual({
      __typename: 'EndingKeyProblem', code: 'ENDING_KEY', message: expect.stringContaining('has been replaced'),
    });
    expect(await keysOf(server.url, key)).toEqual(before);
    expect(before.find(({ id }) => id === replaced.id).expiresAt).toBe(replaced.expiresAt);
    expect(await audit(client)).toHaveLength(1);
  });

  it.each([
    ['another mutation', 'mutation { rotateClientKey(input: {}) { __typename } registerUser(input: { userId: "x" }) { __typename } }'],
    ['itself', 'mutation { a: rotateClientKey(input: {}) { __typename } b: rotateClientKey(input: {}) { __typename } }'],
    ['a fragment', 'mutation { ...rest } fragment rest on Mutation { rotateClientKey(input: {}) { __typename } }'],
  ])('is refused beside %s, whose error could keep the new key from its owner', async (_, mutation) => {
    const client = await server.client();
    const { errors } = await client.graphql(mutation);
    expect(errors).toMatchObject([{ message: expect.stringContaining('alone'), extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(await keysOf(server.url, client.key)).toMatchObject([{ expiresAt: null }]);
  });

  it('is noted in the audit log with the hints, and the key in nothing', async () => {
    const client = await server.client();
    const { key, replaced } = await rotate(server.url, client.key);
    expect(await audit(client)).toEqual([{
      actor: 'CLIENT_KEY', key_hint: client.key.slice(-4), action: 'KEY_ROTATED',
      details: { key: key.slice(-4), replaced: client.key.slice(-4), replacedExpiresAt: replaced.expiresAt },
    }]);
  });

  it('is there for a suspended client too', async () => {
    const client = await server.client();
    await suspendClient(server.app.services.database, client.slug);
    expect(await ending(rotate(server.url, client.key))).toBe('RotateClientKeySuccess');
  });

  it('makes no key by a key that ends while the request is under way', async () => {
    const client = await server.client();
    const holder = new pg.Client({ connectionString: server.databaseUrl });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select from client where id = $1 for update', [client.id]);
    const rotations = [rotate(server.url, client.key), revoke(server.url, client.key, 'key_AZDLLloffD2eS2-KLRwLfg')].map(ending);
    await until('both wait for the client', async () => {
      const waiting = await server.sql(`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`);
      return waiting.length === 2;
    });
    await endIn(client, '0 seconds');
    await holder.query('commit');
    await holder.end();
    expect(await Promise.all(rotations)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    expect(await server.sql('select from client_key where client_id = $1', [client.id])).toHaveLength(1);
  });
});

describe('the limit of 10 living keys', () => {
  it('refuses an eleventh, and changes nothing', async () => {
    const client = await server.client();
    let newest = client.key;
    for (let count = 1; count < 10; count += 1) newest = (await rotate(server.url, newest)).key;
    const before = await keysOf(server.url, newest);
    expect(before).toHaveLength(10);
    expect(await rotate(server.url, newest, 60)).toEqual({
      __typename: 'KeyLimitReachedProblem', code: 'KEY_LIMIT_REACHED', limit: 10, message: expect.stringContaining('10 keys live already'),
    });
    expect(await keysOf(server.url, newest)).toEqual(before);
    expect(await audit(client)).toHaveLength(9);
  });

  it('counts no key that has ended, nor one that ends by the rotation itself', async () => {
    const client = await server.client();
    let newest = client.key;
    for (let count = 1; count < 10; count += 1) newest = (await rotate(server.url, newest)).key;
    newest = (await rotate(server.url, newest, 0)).key;
    expect(await keysOf(server.url, newest)).toHaveLength(10);
    await server.sql('update client_key set expires_at = now() where client_id = $1 and expires_at > now()', [client.id]);
    expect(await ending(rotate(server.url, newest))).toBe('RotateClientKeySuccess');
  });
});
