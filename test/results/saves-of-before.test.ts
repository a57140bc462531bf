import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { saveBy, tokenOf } from '../setup/access-tokens.js';
import { smallAnswers } from '../setup/small-tests.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
let client: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  client = await server.client();
});
afterAll(() => server.close());

const SAVE = `mutation ($input: SaveProgressInput!) { saveProgress(input: $input) {
  ... on SaveProgressSuccess { resultKey replayed } ... on Problem { code } } }`;
const saveUnder = async (idempotencyKey: string): Promise<Json> =>
  (await server.graphql(SAVE, { input: { test: 'free', answers: smallAnswers, idempotencyKey } })).data.saveProgress;

/** Turns a save into one as the version before left it: under any RESULT_KEY, found by its idempotency key alone. */
async function asBefore(resultKey: string): Promise<string> {
  const earlier = randomUUID();
  await server.sql('update access_token set result_id = null where result_id = $1', [resultKey]);
  await server.sql('update result set id = $2 where id = $1', [resultKey, earlier]);
  return earlier;
}

/** Turns an access token into one of the version before, which does not say whose it is. */
async function unsigned(token: string): Promise<string> {
  const hash = (secret: string): Buffer => createHash('sha256').update(secret).digest();
  const earlier = `tda_${token.slice(36)}`;
  await server.sql('update access_token set hash = $2 where hash = $1', [hash(token), hash(earlier)]);
  return earlier;
}

describe('of the version before', () => {
  it('a save under an idempotency key is recognised, and made once by many at once', async () => {
    const key = randomUUID();
    const { resultKey } = await saveUnder(key);
    const earlier = await asBefore(resultKey);
    const repeats = await Promise.all(Array.from({ length: 5 }, () => saveUnder(key)));
    expect(repeats).toEqual(Array(5).fill({ resultKey: earlier, replayed: true }));
  });

  it('finds the saves of this one by the idempotency key in the result', async () => {
    const key = randomUUID();
    const { resultKey } = await saveUnder(key);
    expect(await server.sql('select id from result where idempotency_key = $1', [key])).toEqual([{ id: resultKey }]);
  });

  it.each([['saves only', null], ['is bound to a user', 'anna']])('an access token that %s is good', async (_, userId) => {
    const token = await unsigned(await tokenOf(client, userId === null ? {} : { userId }));
    const first = await saveBy(server.url, token);
    expect(first).toMatchObject({ __typename: 'SaveProgressSuccess', replayed: false });
    expect(await saveBy(server.url, token)).toMatchObject({ resultKey: first.resultKey, replayed: true });
  });

  it.each([['saves only', null], ['is bound to a user', 'boris']])('the save of an access token that %s is recognised', async (_, userId) => {
    const token = await tokenOf(client, userId === null ? {} : { userId });
    const { resultKey } = await saveBy(server.url, token);
    if (userId !== null) {
      // Attached results keep their key: the note of them names it.
      await server.sql('update access_token set result_id = null where result_id = $1', [resultKey]);
      expect(await saveBy(server.url, token)).toMatchObject({ resultKey, replayed: true, attachment: { attached: true } });
      return;
    }
    const earlier = await asBefore(resultKey);
    expect(await saveBy(server.url, token)).toMatchObject({ resultKey: earlier, replayed: true });
    expect(await saveBy(server.url, token, { answers: smallAnswers.with(0, { questionId: '11', values: ['2'] }) })).toMatchObject({ code: 'ACCESS_TOKEN_INVALID' });
  });

  it('what was saved with a token and not attached goes with an erasure', async () => {
    const one = await server.client();
    const token = await tokenOf(one, { userId: 'carla' });
    await server.sql("update client set status = 'SUSPENDED' where id = $1", [one.id]);
    const { resultKey } = await saveBy(server.url, token);
    const earlier = await asBefore(resultKey);
    await server.sql("update client set status = 'ACTIVE' where id = $1", [one.id]);
    const { data } = await one.graphql('mutation { eraseUser(input: { userId: "carla" }) { ... on EraseUserSuccess { results } } }');
    expect(data.eraseUser).toEqual({ results: 1 });
    expect(await server.sql('select from result where id = $1', [earlier])).toEqual([]);
  });
});
