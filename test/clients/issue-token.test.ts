import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { resumeClient, suspendClient } from '../../src/clients/index.js';
import { hashSecret } from '../../src/kernel/secrets.js';
import { issue, saveBy, tokenOf } from '../setup/access-tokens.js';
import { startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

interface Row { hash: Buffer; slug: string; external_id: string | null; created_at: Date; expires_at: Date; used_at: Date | null }
const stored = (client: TestClient) => server.sql<Row>(`
  select a.hash, t.slug, a.external_id, a.created_at, a.expires_at, a.used_at
    from access_token a join test t on t.id = a.test_id where a.client_id = $1 order by a.created_at`, [client.id]);

describe('issueAccessToken', () => {
  it('gives a token that is kept as its SHA-256 only, good for a day when nothing is said', async () => {
    const client = await server.client();
    const { __typename, token, expiresAt } = await issue(client, { userId: 'person' });
    expect(__typename).toBe('IssueAccessTokenSuccess');
    expect(token).toMatch(/^tda_[0-9a-f]{104}$/);
    const [row] = await stored(client) as [Row];
    expect(row).toMatchObject({ slug: 'free', external_id: 'person', used_at: null });
    expect(row.hash.equals(hashSecret(token))).toBe(true);
    expect(row.expires_at.toISOString()).toBe(expiresAt);
    expect(row.expires_at.getTime() - row.created_at.getTime()).toBe(86_400_000);
    expect(Math.abs(row.created_at.getTime() - Date.now())).toBeLessThan(10_000);

    const tables = await server.sql<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`);
    for (const { name } of tables) {
      expect(await server.sql(`select from "${name}" t where position($1 in t::text) > 0`, [token.slice(4, -8)])).toEqual([]);
    }
  });

  it('gives another token each time, also for the same user and test', async () => {
    const client = await server.client();
    const tokens = [await tokenOf(client, { userId: 'person' }), await tokenOf(client, { userId: 'person' }), await tokenOf(client)];
    expect(new Set(tokens).size).toBe(3);
    expect((await stored(client)).map(({ external_id: person }) => person)).toEqual(['person', 'person', null]);
  });

  it.each([[1, 1], [3_600, 3_600], [86_400, 86_400], [null, 86_400]])('takes %p seconds of life', async (ttlSeconds, seconds) => {
    const client = await server.client();
    const { expiresAt } = await issue(client, { ttlSeconds });
    const [row] = await stored(client) as [Row];
    expect((Date.parse(expiresAt) - row.created_at.getTime()) / 1000).toBe(seconds);
  });

  it.each([
    ['a life of 0 seconds', { ttlSeconds: 0 }, 'ttlSeconds is 0; it has to be from 1 to 86400 (24 hours).'],
    ['a negative life', { ttlSeconds: -1 }, 'ttlSeconds is -1;'],
    ['more than a day', { ttlSeconds: 86_401 }, 'ttlSeconds is 86401;'],
    ['a life that is no number', { ttlSeconds: '60' }, 'ttlSeconds'],
    ['an empty user id', { userId: '' }, 'The user id is empty'],
    ['a user id of 256 characters', { userId: 'x'.repeat(256) }, 'The user id is too long'],
    ['a user id with a control character', { userId: 'a\u0000b' }, 'control character'],
    ['no test', { test: null }, 'test'],
  ])('refuses %s as bad input, and issues nothing', async (_, input, said) => {
    const client = await server.client();
    await expect(issue(client, input)).rejects.toThrow(/^BAD_USER_INPUT/);
    await expect(issue(client, input)).rejects.toThrow(said);
    expect(await stored(client)).toEqual([]);
  });

  it.each(['no-such-test', 'FREE', ''])('refuses the test "%s", and issues nothing', async (test) => {
    const client = await server.client();
    expect(await issue(client, { test })).toMatchObject({ __typename: 'TestNotFoundProblem', code: 'TEST_NOT_FOUND' });
    expect(await stored(client)).toEqual([]);
  });

  it('refuses a suspended client, bound to a user or not, until it is active again', async () => {
    const client = await server.client();
    await suspendClient(server.app.services.database, client.slug);
    for (const input of [{}, { userId: 'person' }, { test: 'no-such-test' }]) {
      expect(await issue(client, input)).toMatchObject({ __typename: 'ClientSuspendedProblem', code: 'CLIENT_SUSPENDED' });
    }
    expect(await stored(client)).toEqual([]);
    await resumeClient(server.app.services.database, client.slug);
    expect(await issue(client)).toMatchObject({ __typename: 'IssueAccessTokenSuccess' });
  });

  it('issues no license and registers nobody', async () => {
    const client = await server.client();
    await tokenOf(client, { userId: 'person' });
    expect(await server.holdings(client)).toEqual({ users: 0, licenses: 0, counter: 0, attached: 0 });
  });
});

describe('an access token', () => {
  it('is the right to save and to nothing else', async () => {
    const client = await server.client();
    const token = await tokenOf(client, { userId: 'person' });
    const operations = [
      '{ viewer { id } }',
      '{ node(id: "cli_AZDLLloffD2eS2-KLRwLfg") { id } }',
      'mutation { issueAccessToken(input: { test: "free" }) { __typename } }',
      'mutation { rotateClientKey(input: {}) { __typename } }',
      'mutation { revokeClientKey(input: { keyId: "x" }) { __typename } }',
      'mutation { registerUser(input: { userId: "x" }) { __typename } }',
      'mutation { attachResult(input: { resultKey: "0190cb2e-5a1f-7c3d-9e4b-6f8a2d1c0b7e", userId: "x" }) { __typename } }',
      'mutation { checkAttachment(input: { resultKey: "0190cb2e-5a1f-7c3d-9e4b-6f8a2d1c0b7e", userId: "x" }) { __typename } }',
    ];
    for (const operation of operations) {
      const { errors } = await server.graphql(operation, {}, token);
      expect(errors).toMatchObject([{ message: expect.stringContaining('access token'), extensions: { code: 'UNAUTHENTICATED' } }]);
    }
    expect(await saveBy(server.url, token)).toMatchObject({ __typename: 'SaveProgressSuccess' });
  });

  it('does not hide what is public', async () => {
    const token = await tokenOf(await server.client());
    const { data, errors } = await server.graphql('{ test(slug: "free") { slug } tests { nodes { slug } } }', {}, token);
    expect(errors).toBeUndefined();
    expect(data.test).toEqual({ slug: 'free' });
  });
});
