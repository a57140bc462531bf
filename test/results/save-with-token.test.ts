import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { suspendClient, TOKEN_TTL } from '../../src/clients/index.js';
import { isSpread } from '../../src/database/index.js';
import { ResultKeys, SaveProgress } from '../../src/results/index.js';
import { saveBy, tokenOf } from '../setup/access-tokens.js';
import { smallAnswers, smallTest } from '../setup/small-tests.js';
import { startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
let client: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  client = await server.client();
});
afterAll(() => server.close());

const saved = (token: string, input: object = {}) => saveBy(server.url, token, input);
const otherAnswers = smallAnswers.with(0, { questionId: '11', values: ['2'] });

interface Token { used_at: Date | null; saved_at: Date | null; idempotency_key: string | null }
/** The newest token of the client, with its result. */
const newest = async (): Promise<Token> => (await server.sql<Token>(`
  select a.used_at, r.saved_at, r.idempotency_key from access_token a left join result r on r.idempotency_key = a.id
   where a.client_id = $1 order by a.id desc limit 1`, [client.id]))[0]!;
const resultCount = async (): Promise<number> =>
  (await server.sql<{ count: number }>('select count(*)::int as count from result'))[0]!.count;
/** Lets the tokens of the client end, now or in the past. */
const expire = (interval = '0') =>
  server.sql('update access_token set expires_at = now() - $2::interval where client_id = $1', [client.id, interval]);

describe('saveProgress with an access token', () => {
  it('saves without a client key, and uses the token', async () => {
    const token = await tokenOf(client);
    const outcome = await saved(token);
    expect(outcome).toEqual({
      __typename: 'SaveProgressSuccess', resultKey: expect.any(String), replayed: false, attachment: null,
    });
    const { used_at: usedAt, saved_at: savedAt } = await newest();
    expect(usedAt).toEqual(savedAt);
    expect(Math.abs(usedAt!.getTime() - Date.now())).toBeLessThan(10_000);
    const { data } = await server.graphql('query ($key: UUID!) { result(key: $key) { report { sum } user { id } } }', { key: outcome.resultKey });
    expect(data.result).toEqual({ report: { sum: 3 }, user: null });
  });

  it('gives the same result for a repeat of the same save, as often as it comes', async () => {
    const token = await tokenOf(client);
    const first = await saved(token);
    const count = await resultCount();
    for (let times = 0; times < 3; times += 1) expect(await saved(token)).toEqual({ ...first, replayed: true });
    expect(await resultCount()).toBe(count);
  });

  it('needs no idempotency key, and does not look at one', async () => {
    const token = await tokenOf(client);
    const idempotencyKey = randomUUID();
    const { resultKey } = await saved(token, { idempotencyKey });
    expect((await newest()).idempotency_key).not.toBe(idempotencyKey);
    expect(await saved(token, { idempotencyKey: randomUUID() })).toMatchObject({ resultKey, replayed: true });
    expect(await saved(token)).toMatchObject({ resultKey, replayed: true });
    expect((await saved(await tokenOf(client), { idempotencyKey })).resultKey).not.toBe(resultKey);
  });

  it('is no repeat any more when the result was erased, of whichever client it is', async () => {
    for (const owner of [client, await server.client()]) {
      const token = await tokenOf(client);
      const { resultKey } = await saved(token);
      await owner.attach(resultKey, 'erased later');
      expect(await saved(token)).toMatchObject({ resultKey, replayed: true });
      await owner.graphql('mutation { eraseUser(input: { userId: "erased later" }) { __typename } }');
      expect(await saved(token)).toMatchObject({ code: 'ACCESS_TOKEN_INVALID', fault: 'USED' });
    }
  });

  it('leaves the token good when the answers, the test or the revision are refused', async () => {
    const token = await tokenOf(client);
    const count = await resultCount();
    const refused = [
      [{ answers: smallAnswers.slice(1) }, 'ANSWERS_INVALID'],
      [{ answers: [] }, 'ANSWERS_INVALID'],
      [{ revision: 99 }, 'REVISION_CLOSED'],
      [{ test: 'no-such-test' }, 'TEST_NOT_FOUND'],
    ] as const;
    for (const [input, code] of refused) expect(await saved(token, input)).toMatchObject({ code });
    expect((await newest()).used_at).toBeNull();
    expect(await resultCount()).toBe(count);
    expect(await saved(token)).toMatchObject({ __typename: 'SaveProgressSuccess', replayed: false });
  });

  it('recognises a repeat after the test was revised so that the answers no longer fit', async () => {
    const before = smallTest('revised', { paid: false });
    await server.publish(before);
    const token = await tokenOf(client, { test: 'revised' });
    const run = { test: 'revised', revision: 1 };
    const { resultKey } = await saved(token, run);
    await server.publish({ ...before, questions: before.questions.slice(0, 2) });
    expect(await saved(token, run)).toMatchObject({ resultKey, replayed: true });
  });

  it('can use a token whose test was revised since it was issued', async () => {
    const before = smallTest('renewed', { paid: false });
    await server.publish(before);
    const token = await tokenOf(client, { test: 'renewed' });
    await server.publish({ ...before, duration: 9 });
    expect(await saved(token, { test: 'renewed', revision: 2 })).toMatchObject({ __typename: 'SaveProgressSuccess' });
  });

  it('saves also for a client that was suspended since, because saving is public', async () => {
    const suspended = await server.client();
    const token = await tokenOf(suspended);
    await suspendClient(server.app.services.database, suspended.slug);
    expect(await saved(token)).toMatchObject({ __typename: 'SaveProgressSuccess', attachment: null });
  });

  it('is no business of the client key: with one in the header the save is public', async () => {
    for (const key of [client.key, 'tdk_wrong']) {
      expect(await saveBy(server.url, key)).toMatchObject({ __typename: 'SaveProgressSuccess', attachment: null });
    }
  });
});

describe('a token that does not admit a save', () => {
  const used = async (): Promise<string> => {
    const token = await tokenOf(client);
    await saved(token);
    return token;
  };
  const expired = async (): Promise<string> => {
    const token = await tokenOf(client);
    await expire();
    return token;
  };
  const faults: readonly (readonly [what: string, fault: string, token: () => Promise<string>, input?: object])[] = [
    ['was never issued', 'UNKNOWN', async () => `tda_${'0'.repeat(72)}`],
    ['is only the beginning of one', 'UNKNOWN', async () => (await tokenOf(client)).slice(0, -1)],
    ['is one in upper case behind the prefix', 'UNKNOWN', async () => `tda_${(await tokenOf(client)).slice(4).toUpperCase()}`],
    ['is nothing but the prefix', 'UNKNOWN', async () => 'tda_'],
    ['is very long', 'UNKNOWN', async () => `tda_${'a'.repeat(8_000)}`],
    ['was never issued, for a test that does not exist', 'UNKNOWN', async () => 'tda_x', { test: 'no-such-test' }],
    ['has expired', 'UNKNOWN', expired],
    ['has expired, with answers that do not fit', 'UNKNOWN', expired, { answers: [] }],
    ['was used for other answers', 'USED', used, { answers: otherAnswers }],
    ['was used for the same answers in another order', 'USED', used, { answers: smallAnswers.toReversed() }],
    ['was used for answers without a revision', 'USED', used, { revision: 1 }],
    ['was used for another test', 'USED', used, { test: 'paid' }],
    ['was used, with answers that do not fit', 'USED', used, { answers: [] }],
    ['is for another test', 'OTHER_TEST', () => tokenOf(client, { test: 'paid' })],
    ['is for another test, with answers that do not fit', 'OTHER_TEST', () => tokenOf(client, { test: 'paid' }), { answers: [] }],
  ];
  it.each(faults)('is refused and saves nothing: it %s', async (_, fault, make, input = {}) => {
    const token = await make();
    const [count, before] = [await resultCount(), await newest()];
    expect(await saved(token, input)).toEqual({
      __typename: 'AccessTokenInvalidProblem', code: 'ACCESS_TOKEN_INVALID', fault, message: expect.any(String),
    });
    expect([await resultCount(), await newest()]).toEqual([count, before]);
  });

  it('is still good for its own test after it was tried for another', async () => {
    const token = await tokenOf(client, { test: 'paid' });
    await saved(token);
    expect(await saved(token, { test: 'paid' })).toMatchObject({ __typename: 'SaveProgressSuccess', replayed: false });
  });

  it('is refused for a repeat too once it has expired', async () => {
    const token = await used();
    await expire();
    expect(await saved(token)).toMatchObject({ fault: 'UNKNOWN' });
  });

  it.each([1, 2, 3])('is refused or saves when the clock is ahead of its end for a moment: when it is looked at for time %i', async (time) => {
    const token = await tokenOf(client);
    const before = await resultCount();
    let times = 0;
    const now = (): Date => new Date(Date.now() + ((times += 1) === time ? 2 * TOKEN_TTL * 1_000 : 0));
    const { database, catalogue, licensing } = server.app.services;
    const saving = new SaveProgress({
      database, catalogue, licensing, now, resultKeys: await ResultKeys.open(database), isSpread: await isSpread(database), graceMs: 0,
    });
    const outcome = await saving.execute({
      test: 'free', answers: smallAnswers, revision: null, respondent: null, idempotencyKey: null, accessToken: token,
    });
    const admitted = time > 1;
    expect(outcome).toMatchObject(admitted ? { kind: 'SAVED', replayed: false } : { kind: 'ACCESS_TOKEN_INVALID', fault: 'UNKNOWN' });
    expect(await resultCount()).toBe(before + Number(admitted));
  });

  it('is refused without a word about whose it is', async () => {
    const token = await used();
    const { message } = await saved(token, { answers: otherAnswers });
    for (const secret of [client.slug, client.id, token]) expect(message).not.toContain(secret);
  });
});
