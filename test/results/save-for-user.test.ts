import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eraseUser, OPERATOR, type RegisteredUser, suspendClient } from '../../src/clients/index.js';
import { statementsOf } from '../setup/count-statements.js';
import { userOf } from '../setup/registered-user.js';
import { smallAnswers, smallTest } from '../setup/small-tests.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(() => server.sql('delete from result'));

const saveFor = (user: RegisteredUser, request: object = {}) =>
  server.app.services.saveProgress.executeForUser({ test: 'free', answers: smallAnswers, ...request }, user);

/** Everything that a save could leave behind: every result there is, and what the client has. */
async function stored(client: TestClient): Promise<Json> {
  const [row] = await server.sql<{ results: number }>('select count(*)::int as results from result');
  const days = await server.sql('select * from license_usage_day where client_id = $1', [client.id]);
  return { ...row, ...(await server.holdings(client)), days };
}

const erase = (client: TestClient) => eraseUser(server.app.services.database, client.id, { externalId: 'person' }, OPERATOR);

describe('a save for a registered user', () => {
  it('gives the user the result, and issues no license', async () => {
    const client = await server.client({ licenseLimit: 1 });
    const user = await userOf(server, client);
    const saved = await saveFor(user, { test: 'paid' });
    expect(saved).toEqual({ kind: 'SAVED', resultKey: expect.any(String) });
    const { resultKey } = saved as { resultKey: string };
    expect(await server.sql(
      'select client_id, user_id, saved_at <= attached_at as in_order, idempotency_key from result where id = $1', [resultKey]))
      .toEqual([{ client_id: client.id, user_id: user.id, in_order: true, idempotency_key: null }]);
    expect(await stored(client)).toMatchObject({ results: 1, users: 1, licenses: 1, counter: 1, attached: 1 });
    const { data } = await server.graphql('query ($key: UUID!) { result(key: $key) { report { sum } } }', { key: resultKey });
    expect(data.result.report.sum).toBe(3);
    expect(await client.attach(resultKey, 'person')).toMatchObject({ replayed: true, user: { key: user.id } });
  });

  it('makes a new result each time, also of the same answers', async () => {
    const client = await server.client();
    const user = await userOf(server, client);
    for (let times = 0; times < 3; times += 1) expect(await saveFor(user)).toMatchObject({ kind: 'SAVED' });
    expect(await stored(client)).toMatchObject({ results: 3, licenses: 1, attached: 3 });
  });

  it('takes answers to an earlier edition of the test', async () => {
    const user = await userOf(server, await server.client());
    const before = smallTest('revised', { paid: false });
    await server.publish(before);
    await server.publish({ ...before, questions: before.questions.slice(0, 2) });
    expect(await saveFor(user, { test: 'revised' })).toMatchObject({ kind: 'SAVED' });
    expect(await server.sql('select revision_number from result')).toEqual([{ revision_number: 1 }]);
  });

  it('writes nothing but what it saves, in one transaction', async () => {
    const user = await userOf(server, await server.client());
    expect(await statementsOf(() => saveFor(user))).toEqual([
      'begin isolation level read committed', 'ledger-await-client', 'result-insert', 'ledger-await-results', 'ledger-read-users',
      'ledger-write', 'results-give', 'commit',
    ]);
  });
});

describe('a save for a registered user that is refused leaves nothing behind', () => {
  it.each<[what: string, policy: 'one-test' | 'one-test-and-bonus', earlier: readonly string[], test: string, facts: object]>([
    ['a second test', 'one-test', ['free'], 'paid', { rule: 'MAX_TESTS', limit: 1, used: 1 }],
    ['a second result of a test', 'one-test', ['paid'], 'paid', { rule: 'MAX_RESULTS_PER_TEST', limit: 1, used: 1 }],
    ['a bonus test where none is admitted', 'one-test', [], 'bonus', { rule: 'MAX_BONUS_TESTS', limit: 0, used: 0 }],
    ['a second bonus test', 'one-test-and-bonus', ['free', 'bonus'], 'bonus-2', { rule: 'MAX_BONUS_TESTS', limit: 1, used: 1 }],
  ])('by the license policy: %s', async (_, licensePolicy, earlier, test, facts) => {
    const client = await server.client({ licensePolicy });
    const user = await userOf(server, client);
    for (const one of earlier) expect(await saveFor(user, { test: one })).toMatchObject({ kind: 'SAVED' });
    const before = await stored(client);
    expect(before).toMatchObject({ results: earlier.length, attached: earlier.length });
    expect(await saveFor(user, { test })).toEqual({ kind: 'REFUSED', decision: { kind: 'RESULT_LIMIT_REACHED', ...facts } });
    expect(await stored(client)).toEqual(before);
  });

  it('because the client is suspended', async () => {
    const client = await server.client();
    const user = await userOf(server, client);
    await suspendClient(server.app.services.database, client.slug);
    const before = await stored(client);
    expect(await saveFor(user)).toEqual({ kind: 'REFUSED', decision: { kind: 'CLIENT_SUSPENDED' } });
    expect(await stored(client)).toEqual(before);
  });

  it.each<[what: string, request: object, refusal: object]>([
    ['the answers do not fit the test', { answers: smallAnswers.slice(1) }, { kind: 'ANSWERS_INVALID', issueCount: 1 }],
    ['there are no answers', { answers: [] }, { kind: 'ANSWERS_INVALID', issueCount: 3 }],
    ['there is no such test', { test: 'no-such-test' }, { kind: 'TEST_NOT_FOUND' }],
  ])('because %s', async (_, request, refusal) => {
    const client = await server.client();
    const user = await userOf(server, client);
    const before = await stored(client);
    expect(await statementsOf(async () => expect(await saveFor(user, request)).toMatchObject(refusal))).toEqual([]);
    expect(await stored(client)).toEqual(before);
  });

  it('because the user was erased meanwhile, who is not registered again', async () => {
    const client = await server.client();
    const user = await userOf(server, client);
    await saveFor(user);
    await erase(client);
    const before = await stored(client);
    expect(before).toMatchObject({ results: 1, users: 1, licenses: 1, counter: 1 });
    expect(await saveFor(user)).toEqual({ kind: 'USER_NOT_FOUND' });
    expect(await stored(client)).toEqual(before);
    expect(await server.sql('select external_id from client_user where client_id = $1', [client.id]))
      .toEqual([{ external_id: null }]);
  });

  it('because the user was erased, also when somebody new has the external id', async () => {
    const client = await server.client();
    const gone = await userOf(server, client);
    await erase(client);
    const namesake = await userOf(server, client);
    expect(namesake.id).not.toBe(gone.id);
    expect(await saveFor(gone)).toEqual({ kind: 'USER_NOT_FOUND' });
    expect(await stored(client)).toMatchObject({ results: 0, users: 2, licenses: 2, counter: 2 });
    expect(await saveFor(namesake)).toMatchObject({ kind: 'SAVED' });
  });

  it('because the user is none of this client, though it has one with the same external id', async () => {
    const [client, other] = [await server.client(), await server.client()];
    const user = await userOf(server, client);
    await userOf(server, other);
    const before = await stored(other);
    expect(await saveFor({ ...user, clientId: other.id })).toEqual({ kind: 'USER_NOT_FOUND' });
    expect(await stored(other)).toEqual(before);
  });
});

describe('the payment policy', () => {
  it('is not asked by a save for a registered user', async () => {
    const client = await server.client({ licenseLimit: 1 });
    const user = await userOf(server, client);
    expect(await client.register('somebody else')).toMatchObject({ code: 'LICENSE_LIMIT_REACHED' });
    expect(await saveFor(user)).toMatchObject({ kind: 'SAVED' });
  });
});
