import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changeClient, type ClientChangeInput, type NewClientInput, resumeClient, suspendClient } from '../../src/clients/index.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const NOTHING = { users: 0, licenses: 0, counter: 0, attached: 0 };
const ONE_RESULT = { users: 1, licenses: 1, counter: 1, attached: 1 };

const change = (client: TestClient, input: ClientChangeInput) => changeClient(server.app.services.database, client.slug, input);
const suspend = (client: TestClient) => suspendClient(server.app.services.database, client.slug);
const resume = (client: TestClient) => resumeClient(server.app.services.database, client.slug);

/** Attaches a new result of a small test. */
const attachNew = async (client: TestClient, userId: string, test = 'free'): Promise<Json> =>
  client.attach(await server.save(test), userId);

/** The answer of an attach in one line: "granted", the rule of the license policy that refused, or the problem. */
function inOneLine({ __typename, code, rule, used, limit }: Json): string {
  if (__typename === 'AttachResultSuccess') return 'granted';
  return code === 'RESULT_LIMIT_REACHED' ? `${rule} ${used} of ${limit}` : code;
}

describe('attachResult', () => {
  it('registers a new user, issues a license and gives the user the result', async () => {
    const client = await server.client({ licenseLimit: 3 });
    const outcome = await client.attach(await server.save(), 'person');
    expect(outcome).toMatchObject({
      __typename: 'AttachResultSuccess', licenseIssued: true, replayed: false,
      licenseUsage: { issued: 1, limit: 3, overdraft: 0, remaining: 2 }, user: { externalId: 'person' },
    });
    expect(await server.holdings(client)).toEqual(ONE_RESULT);
  });

  it('changes nothing when repeated', async () => {
    const client = await server.client();
    const key = await server.save();
    const first = await client.attach(key, 'person');
    const again = await client.attach(key, 'person');
    expect(again).toMatchObject({ __typename: 'AttachResultSuccess', licenseIssued: false, replayed: true, user: first.user });
    expect(await server.holdings(client)).toEqual(ONE_RESULT);
  });

  it('refuses a result that another user has, also across clients, and leaves nothing behind', async () => {
    const [owner, other] = [await server.client(), await server.client()];
    const key = await server.save();
    await owner.attach(key, 'person');
    for (const [client, userId] of [[owner, 'somebody else'], [other, 'somebody else'], [other, 'person']] as const) {
      expect(await client.attach(key, userId)).toMatchObject({ code: 'RESULT_ALREADY_ATTACHED' });
    }
    expect(await server.holdings(owner)).toEqual(ONE_RESULT);
    expect(await server.holdings(other)).toEqual(NOTHING);
  });

  it('refuses an unknown result, and leaves nothing behind', async () => {
    const client = await server.client();
    expect(await client.attach(randomUUID(), 'person')).toMatchObject({
      __typename: 'ResultNotFoundProblem', code: 'RESULT_NOT_FOUND', message: expect.any(String),
    });
    expect(await server.holdings(client)).toEqual(NOTHING);
  });

  it('costs a license for the result of a free test too', async () => {
    const client = await server.client({ licenseLimit: 1 });
    expect(await attachNew(client, 'person', 'free')).toMatchObject({ licenseIssued: true, licenseUsage: { remaining: 0 } });
    expect(await attachNew(client, 'other', 'free')).toMatchObject({ code: 'LICENSE_LIMIT_REACHED' });
  });

  it('takes a result key in upper case for the same result', async () => {
    const client = await server.client();
    const key = await server.save();
    await client.attach(key.toUpperCase(), 'person');
    for (const same of [key, key.toUpperCase()]) {
      expect(await client.attach(same, 'person')).toMatchObject({ replayed: true });
      expect(await client.check(same, 'person')).toMatchObject({ replayed: true });
    }
    expect(await server.holdings(client)).toEqual(ONE_RESULT);
  });

  it.each(['', 'result', '0190cb2e-5a1f-7c3d-9e4b-6f8a2d1c0b7', '0190cb2e5a1f7c3d9e4b6f8a2d1c0b7e',
    '{0190cb2e-5a1f-7c3d-9e4b-6f8a2d1c0b7e}', '0190cb2e-5a1f-7c3d-9e4b-6f8a2d1c0b7e}',
  ])('refuses "%s" for a result key as bad input', async (resultKey) => {
    const client = await server.client();
    for (const mutation of ['attachResult', 'checkAttachment']) {
      const { errors } = await client.graphql(
        `mutation ($input: AttachResultInput!) { ${mutation}(input: $input) { __typename } }`, { input: { resultKey, userId: 'person' } });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
    expect(await server.holdings(client)).toEqual(NOTHING);
  });
});

describe('the payment policy', () => {
  it('refuses a new user of a prepaid client without licenses, and leaves nothing behind', async () => {
    const client = await server.client({ licenseLimit: 0 });
    expect(await attachNew(client, 'person')).toMatchObject({ code: 'LICENSE_LIMIT_REACHED', limit: 0, overdraft: 0, issued: 0 });
    expect(await server.holdings(client)).toEqual(NOTHING);
  });

  it('lets a prepaid client go below zero by its overdraft, and no further', async () => {
    const client = await server.client({ licenseLimit: 1, overdraft: 2 });
    for (const remaining of [0, -1, -2]) {
      expect(await attachNew(client, `person ${remaining}`)).toMatchObject({
        licenseIssued: true, licenseUsage: { limit: 1, overdraft: 2, remaining },
      });
    }
    expect(await attachNew(client, 'late')).toMatchObject({ code: 'LICENSE_LIMIT_REACHED', limit: 1, overdraft: 2, issued: 3 });
    expect(await server.holdings(client)).toEqual({ users: 3, licenses: 3, counter: 3, attached: 3 });
  });

  it('lets a user who has a license go on when the licenses are out', async () => {
    const client = await server.client({ licenseLimit: 1 });
    await attachNew(client, 'person');
    expect(await attachNew(client, 'stranger')).toMatchObject({ code: 'LICENSE_LIMIT_REACHED' });
    expect(await attachNew(client, 'person')).toMatchObject({ __typename: 'AttachResultSuccess', licenseIssued: false });
    expect(await server.holdings(client)).toEqual({ ...ONE_RESULT, attached: 2 });
  });

  it('admits new users again when licenses are paid for', async () => {
    const client = await server.client({ licenseLimit: 0 });
    const key = await server.save();
    expect(await client.attach(key, 'person')).toMatchObject({ code: 'LICENSE_LIMIT_REACHED' });
    await change(client, { licenseLimit: 1 });
    expect(await client.attach(key, 'person')).toMatchObject({ licenseIssued: true });
  });

  it('never refuses a postpaid client, and counts its licenses', async () => {
    const client = await server.client({ payment: 'postpaid' });
    for (const issued of [1, 2, 3]) {
      expect(await attachNew(client, `person ${issued}`)).toMatchObject({
        licenseIssued: true, licenseUsage: { issued, limit: null, overdraft: null, remaining: null },
      });
    }
    expect(await server.holdings(client)).toEqual({ users: 3, licenses: 3, counter: 3, attached: 3 });
  });

  it('counts the licenses of a client whose way of paying changes', async () => {
    const client = await server.client({ payment: 'postpaid' });
    for (const name of ['one', 'two']) await attachNew(client, name);
    await change(client, { payment: 'prepaid', licenseLimit: 3 });
    expect(await attachNew(client, 'three')).toMatchObject({ licenseUsage: { issued: 3, limit: 3, remaining: 0 } });
    expect(await attachNew(client, 'four')).toMatchObject({ code: 'LICENSE_LIMIT_REACHED' });
    await change(client, { payment: 'postpaid' });
    expect(await attachNew(client, 'four')).toMatchObject({ licenseUsage: { issued: 4, limit: null } });
  });
});

describe('the license policy', () => {
  const custom = (maxTests: number, maxBonusTests: number, maxResultsPerTest: number): Partial<NewClientInput> =>
    ({ licensePolicy: 'custom', maxTests, maxBonusTests, maxResultsPerTest });

  it.each<[string, Partial<NewClientInput>, [test: string, answer: string][]]>([
    ['ONE_TEST admits one result of one test', { licensePolicy: 'one-test' }, [
      ['paid', 'granted'], ['paid', 'MAX_RESULTS_PER_TEST 1 of 1'], ['paid-2', 'MAX_TESTS 1 of 1'],
      ['free', 'MAX_TESTS 1 of 1'], ['bonus', 'MAX_BONUS_TESTS 0 of 0'],
    ]],
    ['ONE_TEST_AND_BONUS admits a test and then a bonus test', { licensePolicy: 'one-test-and-bonus' }, [
      ['paid', 'granted'], ['bonus', 'granted'], ['bonus-2', 'MAX_BONUS_TESTS 1 of 1'], ['paid-2', 'MAX_TESTS 1 of 1'],
      ['paid', 'MAX_RESULTS_PER_TEST 1 of 1'], ['bonus', 'MAX_RESULTS_PER_TEST 1 of 1'],
    ]],
    ['ONE_TEST_AND_BONUS admits a bonus test and then a test', { licensePolicy: 'one-test-and-bonus' }, [
      ['bonus', 'granted'], ['bonus-2', 'MAX_BONUS_TESTS 1 of 1'], ['paid', 'granted'], ['free', 'MAX_TESTS 1 of 1'],
    ]],
    ['UNLIMITED admits any number of results of any tests', { licensePolicy: 'unlimited' }, [
      ['paid', 'granted'], ['paid', 'granted'], ['paid-2', 'granted'], ['free', 'granted'], ['free', 'granted'],
      ['bonus', 'granted'], ['bonus', 'granted'], ['bonus-2', 'granted'],
    ]],
    ['two results of a test admit no third', custom(1, 1, 2), [
      ['paid', 'granted'], ['paid', 'granted'], ['paid', 'MAX_RESULTS_PER_TEST 2 of 2'], ['paid-2', 'MAX_TESTS 1 of 1'],
      ['bonus', 'granted'], ['bonus', 'granted'], ['bonus', 'MAX_RESULTS_PER_TEST 2 of 2'],
    ]],
    ['two tests admit no third, whatever is paid for', custom(2, 0, 1), [
      ['free', 'granted'], ['paid', 'granted'], ['paid-2', 'MAX_TESTS 2 of 2'],
    ]],
  ])('%s', async (_, policy, steps) => {
    const client = await server.client(policy);
    const answers: [string, string][] = [];
    for (const [test] of steps) answers.push([test, inOneLine(await attachNew(client, 'person', test))]);
    expect(answers).toEqual(steps);
    const granted = steps.filter(([, answer]) => answer === 'granted').length;
    expect(await server.holdings(client)).toEqual({ ...ONE_RESULT, attached: granted });
  });

  it.each<[string, Partial<NewClientInput>, string, string]>([
    ['no tests', custom(0, 1, 1), 'paid', 'MAX_TESTS 0 of 0'],
    ['no bonus tests', { licensePolicy: 'one-test' }, 'bonus', 'MAX_BONUS_TESTS 0 of 0'],
    ['no results', custom(1, 1, 0), 'paid', 'MAX_RESULTS_PER_TEST 0 of 0'],
  ])('that admits %s refuses a new user, and leaves nothing behind', async (_, policy, test, expected) => {
    const client = await server.client(policy);
    expect(inOneLine(await attachNew(client, 'person', test))).toBe(expected);
    expect(await server.holdings(client)).toEqual(NOTHING);
  });

  it('counts for each user alone', async () => {
    const client = await server.client({ licensePolicy: 'one-test' });
    for (const name of ['one', 'two']) expect(await attachNew(client, name, 'paid')).toMatchObject({ licenseIssued: true });
    expect(await server.holdings(client)).toEqual({ users: 2, licenses: 2, counter: 2, attached: 2 });
  });

  it('does not count refused and repeated attaches', async () => {
    const client = await server.client(custom(2, 0, 1));
    const [paid, second] = [await server.save('paid'), await server.save('paid')];
    for (const key of [paid, paid, second, second]) await client.attach(key, 'person');
    expect(inOneLine(await attachNew(client, 'person', 'paid-2'))).toBe('granted');
  });
});

describe('changing a policy', () => {
  it('leaves what is attached as it is', async () => {
    const client = await server.client({ licensePolicy: 'unlimited' });
    const keys = await Promise.all(['paid', 'paid', 'paid-2', 'bonus'].map((test) => server.save(test)));
    for (const key of keys) await client.attach(key, 'person');
    const stored = () => server.sql(
      'select id, client_id, user_id, attached_at from result where client_id = $1 order by id', [client.id]);
    const before = await stored();

    await change(client, { licensePolicy: 'one-test', licenseLimit: 1 });
    expect(await stored()).toEqual(before);
    for (const key of keys) expect(await client.attach(key, 'person')).toMatchObject({ replayed: true });
    expect(await server.holdings(client)).toEqual({ ...ONE_RESULT, attached: 4 });
  });

  it('counts from then on: a tightened policy admits no new test, and further results of a known one only by its limit', async () => {
    const client = await server.client({ licensePolicy: 'unlimited' });
    for (const test of ['paid', 'paid-2']) await attachNew(client, 'person', test);
    await change(client, { licensePolicy: 'custom', maxTests: 1, maxResultsPerTest: 2 });
    expect(inOneLine(await attachNew(client, 'person', 'free'))).toBe('MAX_TESTS 2 of 1');
    expect(inOneLine(await attachNew(client, 'person', 'paid-2'))).toBe('granted');
    expect(inOneLine(await attachNew(client, 'person', 'paid-2'))).toBe('MAX_RESULTS_PER_TEST 2 of 2');
  });
});

describe('a suspended client', () => {
  it('attaches nothing, not even again, and goes on when it is resumed', async () => {
    const client = await server.client();
    const [key, next] = [await server.save(), await server.save()];
    await client.attach(key, 'person');
    await suspend(client);
    for (const [resultKey, userId] of [[key, 'person'], [next, 'person'], [next, 'stranger'], [randomUUID(), 'person']] as const) {
      expect(await client.attach(resultKey, userId)).toMatchObject({ __typename: 'ClientSuspendedProblem', code: 'CLIENT_SUSPENDED' });
    }
    expect(await server.holdings(client)).toEqual(ONE_RESULT);
    await resume(client);
    expect(await client.attach(key, 'person')).toMatchObject({ replayed: true });
    expect(await client.attach(next, 'stranger')).toMatchObject({ licenseIssued: true });
  });
});

describe('checkAttachment', () => {
  interface Situation {
    readonly client: TestClient;
    readonly resultKey: string;
  }

  /** Every situation that an attach can meet, asked for the user "person". */
  it.each<[string, () => Promise<Situation>, object]>([
    ['a new user', async () => ({ client: await server.client(), resultKey: await server.save() }),
      { licenseIssued: true, replayed: false }],
    ['a known user', async () => {
      const client = await server.client({ licenseLimit: 1 });
      await client.register('person');
      return { client, resultKey: await server.save() };
    }, { licenseIssued: false, replayed: false }],
    ['a repeat', async () => {
      const [client, resultKey] = [await server.client(), await server.save()];
      await client.attach(resultKey, 'person');
      return { client, resultKey };
    }, { licenseIssued: false, replayed: true }],
    ['a postpaid client', async () => ({ client: await server.client({ payment: 'postpaid' }), resultKey: await server.save() }),
      { licenseIssued: true, replayed: false }],
    ['the overdraft', async () => ({
      client: await server.client({ licenseLimit: 0, overdraft: 1 }), resultKey: await server.save(),
    }), { licenseIssued: true, replayed: false }],
    ['an unknown result', async () => ({ client: await server.client(), resultKey: randomUUID() }), { code: 'RESULT_NOT_FOUND' }],
    ['the result of another user', async () => {
      const [client, resultKey] = [await server.client(), await server.save()];
      await client.attach(resultKey, 'other');
      return { client, resultKey };
    }, { code: 'RESULT_ALREADY_ATTACHED' }],
    ["the result of another client's user", async () => {
      const resultKey = await server.save();
      await (await server.client()).attach(resultKey, 'person');
      return { client: await server.client(), resultKey };
    }, { code: 'RESULT_ALREADY_ATTACHED' }],
    ['no licenses', async () => ({ client: await server.client({ licenseLimit: 0 }), resultKey: await server.save() }),
      { code: 'LICENSE_LIMIT_REACHED', limit: 0, overdraft: 0, issued: 0 }],
    ['a used license', async () => {
      const client = await server.client({ licensePolicy: 'one-test' });
      await attachNew(client, 'person', 'paid');
      return { client, resultKey: await server.save('paid-2') };
    }, { code: 'RESULT_LIMIT_REACHED', rule: 'MAX_TESTS', limit: 1, used: 1 }],
    ['a repeated test', async () => {
      const client = await server.client({ licensePolicy: 'one-test' });
      await attachNew(client, 'person', 'paid');
      return { client, resultKey: await server.save('paid') };
    }, { code: 'RESULT_LIMIT_REACHED', rule: 'MAX_RESULTS_PER_TEST', limit: 1, used: 1 }],
    ['no bonus tests', async () => ({
      client: await server.client({ licensePolicy: 'one-test' }), resultKey: await server.save('bonus'),
    }), { code: 'RESULT_LIMIT_REACHED', rule: 'MAX_BONUS_TESTS', limit: 0, used: 0 }],
    ['a suspended client', async () => {
      const [client, resultKey] = [await server.client(), await server.save()];
      await client.attach(resultKey, 'person');
      await suspend(client);
      return { client, resultKey };
    }, { code: 'CLIENT_SUSPENDED' }],
  ])('tells of %s what attachResult then answers, and changes nothing', async (_, arrange, expected) => {
    const { client, resultKey } = await arrange();
    const stored = async () => [
      await server.sql('select * from client where id = $1', [client.id]),
      await server.sql('select * from client_user where client_id = $1', [client.id]),
      await server.sql('select * from license where client_id = $1', [client.id]),
      await server.sql('select id, client_id, user_id, attached_at from result where client_id = $1 or id = $2', [client.id, resultKey]),
    ];
    const before = await stored();
    const { __typename: checkType, ...told } = await client.check(resultKey, 'person');
    expect(told).toMatchObject(expected);
    expect(await stored()).toEqual(before);

    const { __typename: attachType, ...answered } = await client.attach(resultKey, 'person');
    expect(answered).toMatchObject(told);
    expect(checkType).toBe(attachType.replace('AttachResultSuccess', 'AttachmentCheckSuccess'));
  });
});

describe('an external id', () => {
  it.each([
    ['case', 'Person', 'person'],
    ['case of Cyrillic letters', 'Мария', 'мария'],
    ['a trailing space', 'person', 'person '],
    ['a leading space', 'person', ' person'],
    ['an invisible character', 'person', 'per\u200bson'],
    ['the Unicode normal form', 'caf\u00e9', 'cafe\u0301'],
    ['letters that look alike', 'A', 'А'],
    ['leading zeros', '7', '007'],
  ])('that differs in %s is another user', async (_, one, other) => {
    const client = await server.client();
    const [first, second] = [await attachNew(client, one), await attachNew(client, other)];
    expect(second).toMatchObject({ licenseIssued: true, user: { externalId: other } });
    expect(second.user.key).not.toBe(first.user.key);
    expect(await server.holdings(client)).toEqual({ users: 2, licenses: 2, counter: 2, attached: 2 });
  });

  it.each([
    ['Cyrillic', 'Ёжик в тумане № 5'],
    ['emoji', '👩‍👩‍👧‍👦🇷🇺'],
    ['spaces only', '   '],
    ['quotes, backslashes and commas', `{"a\\b", 'c'}`],
    ['the word NULL', 'NULL'],
    ['255 emoji', '😀'.repeat(255)],
  ])('is read back exactly as it was given: %s', async (_, id) => {
    const client = await server.client();
    const { user } = await attachNew(client, id);
    expect(user.externalId).toBe(id);
    const { data } = await client.graphql(
      'query ($id: String!, $key: UUID!) { viewer { byId: user(externalId: $id) { key } byKey: user(key: $key) { externalId } } }',
      { id, key: user.key });
    expect(data.viewer).toEqual({ byId: { key: user.key }, byKey: { externalId: id } });
    expect(await attachNew(client, id)).toMatchObject({ licenseIssued: false, user });
  });

  it('of more than 255 characters is refused as bad input, and nothing is left behind', async () => {
    const client = await server.client();
    const key = await server.save();
    for (const id of ['😀'.repeat(256), 'x'.repeat(256), 'x'.repeat(500_000)]) {
      await expect(client.attach(key, id)).rejects.toThrow('too long');
      await expect(client.check(key, id)).rejects.toThrow('too long');
    }
    expect(await server.holdings(client)).toEqual(NOTHING);
  });
});
