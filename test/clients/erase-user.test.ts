import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { suspendClient } from '../../src/clients/index.js';
import { nodeId } from '../../src/kernel/ids.js';
import { saveBy, tokenOf } from '../setup/access-tokens.js';
import { namedQueriesOf } from '../setup/count-statements.js';
import { everythingStored } from '../setup/erase.js';
import { scansOf } from '../setup/explain.js';
import { smallAnswers } from '../setup/small-tests.js';
import { type GraphQLAnswer, type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
let client: TestClient;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  client = await server.client();
});

const EXTERNAL_ID = 'Анна <anna@example.com>';
const ERASE = `mutation ($input: EraseUserInput!) { eraseUser(input: $input) {
  __typename ... on EraseUserSuccess { userKey results } ... on Problem { code message } } }`;
const NOT_FOUND = { __typename: 'UserNotFoundProblem', code: 'USER_NOT_FOUND', message: expect.any(String) };

async function erase(input: object, by: TestClient = client): Promise<Json> {
  const { data, errors } = await by.graphql(ERASE, { input });
  expect(errors).toBeUndefined();
  return data.eraseUser;
}

/** A user with results of a free and of a paid test. */
async function person(externalId = EXTERNAL_ID): Promise<{ key: string; results: string[] }> {
  const results = [await server.save('free'), await server.save('paid')];
  for (const result of results) await client.attach(result, externalId);
  const { user } = await client.register(externalId);
  return { key: user.key, results };
}

/** Results saved one after another, each with a token that is bound to the person. */
async function savedWithTokens(count: number): Promise<{ secrets: string[]; results: string[] }> {
  const secrets: string[] = [];
  const results: string[] = [];
  for (let saves = 0; saves < count; saves += 1) {
    const secret = await tokenOf(client, { userId: EXTERNAL_ID });
    secrets.push(secret);
    results.push((await saveBy(server.url, secret)).resultKey);
  }
  return { secrets, results };
}

const FACES = ['json', 'html', 'pdf'];
const statusOf = async (file: string): Promise<number> => (await fetch(new URL(`/results/${file}`, server.url))).status;

/** What is kept of results, so that counts stay true. */
const counted = (): Promise<unknown> => server.sql(`
  select id, client_id, user_id, test_id, revision_number, saved_at, attached_at from result where client_id = $1 order by id`, [client.id]);

describe('eraseUser', () => {
  it.each([['the external id', (_: string) => ({ userId: EXTERNAL_ID })], ['USER_KEY', (key: string) => ({ key })]])(
    'by %s removes who the person was and all the answers, and keeps the counts', async (_, input) => {
      const { key, results } = await person();
      const before = await counted();
      expect(await erase(input(key))).toEqual({ __typename: 'EraseUserSuccess', userKey: key, results: 2 });

      expect(await everythingStored(server)).not.toContain(EXTERNAL_ID);
      expect(await server.sql('select external_id, erased_at > registered_at as erased from client_user where id = $1', [key]))
        .toEqual([{ external_id: null, erased: true }]);
      expect(await server.sql('select answers, calculation, idempotency_key, request_digest from result where user_id = $1', [key]))
        .toEqual(results.map(() => ({ answers: null, calculation: null, idempotency_key: null, request_digest: null })));
      expect(await counted()).toEqual(before);
      expect(await server.holdings(client)).toEqual({ users: 1, licenses: 1, counter: 1, attached: 2 });
    },
  );

  it('makes the user unknown', async () => {
    const { key } = await person();
    await erase({ key });
    const { data, errors } = await client.graphql(`query ($id: ID!, $key: UUID!, $externalId: String!) {
      node(id: $id) { id }
      viewer { byKey: user(key: $key) { id } byId: user(externalId: $externalId) { id } licenseUsage { issued remaining } } }`,
    { id: nodeId('User', key), key, externalId: EXTERNAL_ID });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ node: null, viewer: { byKey: null, byId: null, licenseUsage: { issued: 1, remaining: 9 } } });
    expect(await erase({ key })).toEqual(NOT_FOUND);
    expect(await erase({ userId: EXTERNAL_ID })).toEqual(NOT_FOUND);
  });

  it('makes the results unknown to everybody and everywhere', async () => {
    const { key, results } = await person();
    const other = await server.client();
    for (const result of results) for (const face of FACES) expect(await statusOf(`${result}.${face}`)).toBe(200);
    await erase({ key });
    for (const result of results) {
      for (const face of FACES) expect(await statusOf(`${result}.${face}`)).toBe(404);
      for (const caller of [server, client]) {
        expect((await caller.graphql('query ($key: UUID!) { result(key: $key) { key } }', { key: result })).data).toEqual({ result: null });
      }
      const { data } = await client.graphql('query ($id: ID!) { node(id: $id) { id } }', { id: nodeId('Result', result) });
      expect(data).toEqual({ node: null });
      for (const caller of [client, other]) {
        expect(await caller.attach(result, EXTERNAL_ID)).toMatchObject({ code: 'RESULT_NOT_FOUND' });
        expect(await caller.check(result, 'somebody')).toMatchObject({ code: 'RESULT_NOT_FOUND' });
      }
    }
    expect(await server.holdings(other)).toEqual({ users: 0, licenses: 0, counter: 0, attached: 0 });
  });

  it('leaves the idempotency key of a save used up', async () => {
    const input = { test: 'free', answers: smallAnswers, idempotencyKey: randomUUID() };
    const save = async (): Promise<Json> => (await server.graphql(`mutation ($input: SaveProgressInput!) { saveProgress(input: $input) {
      ... on SaveProgressSuccess { resultKey replayed } ... on Problem { code } } }`, { input })).data.saveProgress;
    const first = await save();
    await client.attach(first.resultKey, EXTERNAL_ID);
    expect(await save()).toEqual({ ...first, replayed: true });
    await erase({ userId: EXTERNAL_ID });
    expect(await save()).toEqual({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('frees the external id: who is registered by it again is a new user with a new license', async () => {
    const { key } = await person();
    await erase({ key });
    const again = await client.register(EXTERNAL_ID);
    expect(again).toMatchObject({ licenseIssued: true, replayed: false, user: { externalId: EXTERNAL_ID } });
    expect(again.user.key).not.toBe(key);
    expect(await client.attach(await server.save('paid'), EXTERNAL_ID)).toMatchObject({ licenseIssued: false, user: again.user });
    expect(await server.holdings(client)).toEqual({ users: 2, licenses: 2, counter: 2, attached: 3 });
    expect(await erase({ key })).toEqual(NOT_FOUND);
    expect(await erase({ userId: EXTERNAL_ID })).toMatchObject({ userKey: again.user.key, results: 1 });
  });

  it('gives no place under the license policy back: the new user begins anew, the erased one is nobody', async () => {
    client = await server.client({ licensePolicy: 'one-test', licenseLimit: 1 });
    await client.attach(await server.save('paid'), EXTERNAL_ID);
    await erase({ userId: EXTERNAL_ID });
    expect(await client.attach(await server.save('paid'), EXTERNAL_ID))
      .toMatchObject({ code: 'LICENSE_LIMIT_REACHED', limit: 1, issued: 1 });
  });

  it('erases a user without results, and of users with results that one alone', async () => {
    const other = await person('other');
    await client.register(EXTERNAL_ID);
    expect(await erase({ userId: EXTERNAL_ID })).toMatchObject({ results: 0 });
    for (const result of other.results) expect(await statusOf(`${result}.json`)).toBe(200);
    expect((await client.graphql('{ viewer { user(externalId: "other") { key } } }')).data.viewer.user).toEqual({ key: other.key });
  });

  it('deletes the access tokens bound to the external id, and no other ones', async () => {
    await client.register(EXTERNAL_ID);
    const stranger = await server.client();
    const tokens = [[client.id, EXTERNAL_ID], [client.id, 'other'], [client.id, null], [stranger.id, EXTERNAL_ID]];
    for (const [clientId, externalId] of tokens) {
      await server.sql(`
        insert into access_token (client_id, id, hash, test_id, external_id, created_at, expires_at)
        select $1, gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), id, $2, now(), now() + interval '1 day' from test where slug = 'free'`,
      [clientId, externalId]);
    }
    await erase({ userId: EXTERNAL_ID });
    const left = await server.sql<{ client: string; id: string | null }>('select client_id as client, external_id as id from access_token');
    expect(left.map(({ client: of, id }) => [of, id]).sort()).toEqual(tokens.slice(1).sort());
    await server.sql('delete from access_token');
  });

  it('deletes what was saved with the tokens but not attached, and leaves what another user has got of it', async () => {
    client = await server.client({ licensePolicy: 'one-test' });
    const { secrets, results } = await savedWithTokens(3);
    await client.attach(results[2]!, 'other');
    const { resultKey: free } = await saveBy(server.url, await tokenOf(client));
    expect(await erase({ userId: EXTERNAL_ID })).toMatchObject({ userKey: expect.any(String), results: 2 });

    expect(await server.sql('select id, answers is null as empty from result where id = any($1) order by id', [[...results, free]]))
      .toEqual([{ id: results[0], empty: true }, { id: results[2], empty: false }, { id: free, empty: false }]);
    expect(await everythingStored(server)).not.toContain(EXTERNAL_ID);
    for (const secret of secrets) expect(await saveBy(server.url, secret)).toMatchObject({ fault: 'UNKNOWN' });
    expect(await server.holdings(client)).toEqual({ users: 2, licenses: 2, counter: 2, attached: 2 });
  });

  it('erases who is known by access tokens alone, and registers nobody for it', async () => {
    client = await server.client({ licenseLimit: 0 });
    const unused = await tokenOf(client, { userId: EXTERNAL_ID });
    const { secrets, results } = await savedWithTokens(2);
    const stranger = await server.client();
    expect(await erase({ userId: EXTERNAL_ID }, stranger)).toEqual(NOT_FOUND);
    expect(await erase({ userId: EXTERNAL_ID })).toEqual({ __typename: 'EraseUserSuccess', userKey: null, results: 2 });

    expect(await everythingStored(server)).not.toContain(EXTERNAL_ID);
    for (const result of results) expect(await statusOf(`${result}.json`)).toBe(404);
    for (const secret of [unused, ...secrets]) expect(await saveBy(server.url, secret)).toMatchObject({ fault: 'UNKNOWN' });
    expect(await server.holdings(client)).toEqual({ users: 0, licenses: 0, counter: 0, attached: 0 });
    expect(await erase({ userId: EXTERNAL_ID })).toEqual(NOT_FOUND);
    const lines = await server.sql("select details from audit_entry where client_id = $1 and action = 'USER_ERASED'", [client.id]);
    expect(lines).toEqual([{ details: { results: 2 } }]);
  });

  it('finds what it erases by indexes, however much is stored', async () => {
    await client.register(EXTERNAL_ID);
    await server.sql(`
      insert into access_token (client_id, id, hash, test_id, external_id, created_at, expires_at)
      select $1, gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), t.id, 'person ' || n, now(), now() + interval '1 day'
        from test t, generate_series(1, 5000) n where t.slug = 'free'`, [client.id]);
    await server.sql(`
      insert into result (id, test_id, revision_number, answers, calculation, saved_at, idempotency_key, request_digest)
      select gen_random_uuid(), t.id, 1, '[]', '{}', now(), gen_random_uuid(), ''
        from test t, generate_series(1, 5000) where t.slug = 'free'`);
    await server.sql('analyze access_token, result, client_user');
    const sent = await namedQueriesOf(() => erase({ userId: EXTERNAL_ID }));
    const { custom, generic } = await scansOf(server.databaseUrl, sent.find(({ name }) => name === 'erasure-write')!);
    for (const { access_token: tokens = [], result = [] } of [custom, generic]) {
      expect([...tokens, ...result].length).toBeGreaterThan(1);
      expect([...tokens, ...result]).not.toContain('Seq Scan');
    }
    await server.sql('delete from access_token');
    await server.sql('delete from result where idempotency_key is not null');
  });

  it('is remembered with USER_KEY and the number of results, but not by name', async () => {
    const { key } = await person();
    await erase({ userId: EXTERNAL_ID });
    await erase({ userId: EXTERNAL_ID });
    const { data } = await client.graphql('{ viewer { auditLog { nodes { actor keyHint action details } } } }');
    expect(data.viewer.auditLog.nodes.map(({ action }: Json) => action)).toEqual(['USER_ERASED', 'CLIENT_CREATED']);
    expect(data.viewer.auditLog.nodes[0]).toEqual({
      actor: 'CLIENT_KEY', keyHint: client.key.slice(-4), action: 'USER_ERASED', details: { userKey: key, results: 2 },
    });
  });

  it('leaves nothing that the same request has read before', async () => {
    const { key, results } = await person();
    const { data } = await client.graphql(`mutation ($input: AttachResultInput!, $erased: EraseUserInput!) {
      attachResult(input: $input) { ... on AttachResultSuccess { result { key user { key } } } }
      eraseUser(input: $erased) { __typename }
      again: attachResult(input: $input) { ... on Problem { code } } }`,
    { input: { resultKey: results[0], userId: EXTERNAL_ID }, erased: { key } });
    expect(data).toEqual({
      attachResult: { result: { key: results[0], user: { key } } },
      eraseUser: { __typename: 'EraseUserSuccess' },
      again: { code: 'RESULT_NOT_FOUND' },
    });
  });

  it('is allowed to a suspended client', async () => {
    const { key } = await person();
    await suspendClient(server.app.services.database, client.slug);
    expect(await erase({ key })).toMatchObject({ results: 2 });
  });
});

describe('eraseUser changes nothing', () => {
  it('for a user of another client, who looks like one that does not exist', async () => {
    const { key, results } = await person();
    const stranger = await server.client();
    const before = await everythingStored(server);
    const unknown = await erase({ key: randomUUID() }, stranger);
    expect(unknown).toEqual(NOT_FOUND);
    expect(await erase({ key }, stranger)).toEqual(unknown);
    expect(await erase({ userId: EXTERNAL_ID }, stranger)).toEqual(unknown);
    expect(await erase({ userId: EXTERNAL_ID.toUpperCase() })).toEqual(unknown);
    // A use of its key is noted of the stranger.
    const noted = /"last_used_at":(null|"[^"]*")/g;
    expect((await everythingStored(server)).replace(noted, '')).toBe(before.replace(noted, ''));
    expect(await statusOf(`${results[0]}.json`)).toBe(200);
  });

  it.each([
    ['nobody', {}],
    ['nobody, in so many words', { userId: null, key: null }],
    ['both', { userId: 'person', key: randomUUID() }],
    ['an empty id', { userId: '' }],
    ['an id that is too long', { userId: 'x'.repeat(256) }],
    ['an id with a control character', { userId: 'a\u0000b' }],
    ['a key that is no UUID', { key: 'person' }],
  ])('for an input that names %s', async (_, input) => {
    const { errors, data } = await client.graphql(ERASE, { input });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(data ?? null).toBeNull();
  });

  it('without a client key', async () => {
    await client.register(EXTERNAL_ID);
    for (const key of [null, 'tdk_wrong', 'tda_token']) {
      const { errors }: GraphQLAnswer = await server.graphql(ERASE, { input: { userId: EXTERNAL_ID } }, key);
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    }
    expect((await client.graphql('query ($id: String!) { viewer { user(externalId: $id) { externalId } } }', { id: EXTERNAL_ID })).data)
      .toEqual({ viewer: { user: { externalId: EXTERNAL_ID } } });
  });
});
