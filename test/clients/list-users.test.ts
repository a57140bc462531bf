import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EXTERNAL_ID_LENGTH, FILTER_TESTS } from '../../src/clients/index.js';
import { eraseBySql } from '../setup/erase.js';
import { addManyUsers } from '../setup/many-users.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';
import { walk, WALKED } from '../setup/walk.js';

/** Users in the order of their registration, one a day since 2026-01-01 at noon, with the tests that they have completed. */
const PEOPLE: readonly (readonly [externalId: string, ...tests: string[]])[] = [
  ['anna', 'free', 'paid'], ['anna-2', 'free'], ['Anna', 'paid'], ['boris'], ['a%', 'free', 'free', 'bonus'], ['a_b'], ['a\\c'],
  ['Яна', 'paid', 'bonus'], ['яна'], ['ян'], ['🙂'], ['🙂🙃', 'free'], ['\u{10FFFF}'], ['x'.repeat(EXTERNAL_ID_LENGTH)],
];
const names = PEOPLE.map(([name]) => name);
const day = (number: number, time = '12:00:00Z'): string => `2026-01-${String(number).padStart(2, '0')}T${time}`;

let server: TestServer;
let client: TestClient;
let stranger: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  client = await server.client({ licenseLimit: 100 });
  stranger = await server.client({ licenseLimit: 100 });
  for (const [index, [name, ...tests]] of PEOPLE.entries()) {
    await client.register(name);
    for (const test of tests) await client.attach(await server.save(test), name);
    await server.sql('update client_user set registered_at = $3 where client_id = $1 and external_id = $2', [client.id, name, day(index + 1)]);
  }
  await stranger.attach(await server.save('free'), 'anna');
  await stranger.attach(await server.save('bonus'), 'a stranger');
  await client.attach(await server.save('free'), 'anna erased');
  await eraseBySql(server, client, 'anna erased');
});
afterAll(() => server.close());

const USERS = `query ($filter: UserFilter) { viewer { users(first: 100, filter: $filter) {
  totalCount nodes { externalId registeredAt license { issuedAt } } } } }`;

const ask = (filter: object | null, caller = client) => caller.graphql(USERS, { filter });

async function found(filter: object | null, caller = client): Promise<string[]> {
  const { data, errors } = await ask(filter, caller);
  if (errors) throw new Error(errors[0]?.message);
  const { nodes, totalCount } = data.viewer.users;
  expect(totalCount).toBe(nodes.length);
  return nodes.map(({ externalId }: Json) => externalId);
}

/** The users of these names as the list has them: the newest first. */
const newestFirst = (...wanted: string[]): string[] => names.filter((name) => wanted.includes(name)).reverse();
const allBut = (...unwanted: string[]): string[] => newestFirst(...names.filter((name) => !unwanted.includes(name)));

describe("a client's users", () => {
  it('are listed with their licenses, the newest registration first', async () => {
    expect(await found(null)).toEqual(newestFirst(...names));
    const { data } = await ask({ externalIdPrefix: 'boris' });
    expect(data.viewer.users.nodes).toEqual([
      { externalId: 'boris', registeredAt: '2026-01-04T12:00:00.000Z', license: { issuedAt: expect.any(String) } },
    ]);
  });

  it('are never those of another client', async () => {
    expect((await found(null, stranger)).sort()).toEqual(['a stranger', 'anna']);
    expect(await found({ completed: ['bonus'] }, stranger)).toEqual(['a stranger']);
    expect(await found({ completed: ['free'] }, stranger)).toEqual(['anna']);
  });

  it.each([['forwards', false], ['backwards', true]])('are met once each by a walk %s when many registered at one time', async (_, backwards) => {
    const crowd = await server.client({ licenseLimit: 100 });
    await addManyUsers(server, crowd.id, { users: 60, resultsEach: 0 });
    await server.sql(`update client_user set registered_at = $2 where client_id = $1 and external_id not in ('person-1', 'person-60')`,
      [crowd.id, day(1)]);
    const met = await walk(async (args) => {
      const { data, errors } = await crowd.graphql(`{ viewer { users(${args}) { nodes { key } ${WALKED} } } }`);
      expect(errors).toBeUndefined();
      return data.viewer.users;
    }, backwards);
    const sorted = await server.sql('select id as key from client_user where client_id = $1 order by registered_at desc, id desc', [crowd.id]);
    expect(sorted).toHaveLength(60);
    expect(met).toEqual(sorted);
  });

  it('are none of a client without users', async () => {
    expect(await found(null, await server.client())).toEqual([]);
  });

  it('need a key', async () => {
    expect((await server.graphql(USERS)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it('who were erased are found by nothing', async () => {
    const [{ id }] = await server.sql<{ id: string }>('select id from client_user where erased_at is not null') as [{ id: string }];
    const { data } = await client.graphql('query ($key: UUID!) { viewer { user(key: $key) { externalId } } }', { key: id });
    expect(data.viewer.user).toBeNull();
    expect(await found({ completed: ['free'], externalIdPrefix: 'anna' })).toEqual(newestFirst('anna', 'anna-2'));
  });
});

describe('a filter of users', () => {
  const cases: readonly (readonly [filter: object, expected: readonly string[]])[] = [
    [{}, newestFirst(...names)],
    [{ completed: null, notCompleted: null, registeredFrom: null, registeredTo: null, externalIdPrefix: null }, newestFirst(...names)],
    [{ completed: [], notCompleted: [] }, newestFirst(...names)],
    // Completed
    [{ completed: ['free'] }, newestFirst('anna', 'anna-2', 'a%', '🙂🙃')],
    [{ completed: ['paid'] }, newestFirst('anna', 'Anna', 'Яна')],
    [{ completed: ['free', 'paid'] }, newestFirst('anna')],
    [{ completed: ['free', 'free'] }, newestFirst('anna', 'anna-2', 'a%', '🙂🙃')],
    [{ completed: ['free', 'bonus'] }, newestFirst('a%')],
    [{ completed: ['free', 'paid', 'bonus'] }, []],
    [{ completed: ['paid-2'] }, []],
    // Not completed
    [{ notCompleted: ['free'] }, allBut('anna', 'anna-2', 'a%', '🙂🙃')],
    [{ notCompleted: ['free', 'paid'] }, allBut('anna', 'anna-2', 'a%', '🙂🙃', 'Anna', 'Яна')],
    [{ notCompleted: ['paid-2'] }, newestFirst(...names)],
    [{ completed: ['free'], notCompleted: ['paid'] }, newestFirst('anna-2', 'a%', '🙂🙃')],
    [{ completed: ['free'], notCompleted: ['paid', 'bonus'] }, newestFirst('anna-2', '🙂🙃')],
    [{ completed: ['free'], notCompleted: ['free'] }, []],
    // Registered: from included, to excluded
    [{ registeredFrom: day(13) }, newestFirst(...names.slice(12))],
    [{ registeredFrom: day(13, '12:00:00.001Z') }, newestFirst(...names.slice(13))],
    [{ registeredTo: day(3) }, newestFirst('anna', 'anna-2')],
    [{ registeredTo: day(3, '12:00:00.001Z') }, newestFirst('anna', 'anna-2', 'Anna')],
    [{ registeredFrom: day(2), registeredTo: day(4) }, newestFirst('anna-2', 'Anna')],
    [{ registeredFrom: day(2, '15:00:00+03:00'), registeredTo: day(3, '15:00:00+03:00') }, newestFirst('anna-2')],
    [{ registeredFrom: day(2), registeredTo: day(2) }, []],
    [{ registeredFrom: '0001-01-01T00:00:00Z', registeredTo: '9999-12-31T23:59:59Z' }, newestFirst(...names)],
    // Prefixes are exact: no case is changed, nothing is a wildcard
    [{ externalIdPrefix: 'anna' }, newestFirst('anna', 'anna-2')],
    [{ externalIdPrefix: 'anna-' }, newestFirst('anna-2')],
    [{ externalIdPrefix: 'Anna' }, newestFirst('Anna')],
    [{ externalIdPrefix: 'ANNA' }, []],
    [{ externalIdPrefix: 'nna' }, []],
    [{ externalIdPrefix: 'a' }, newestFirst('anna', 'anna-2', 'a%', 'a_b', 'a\\c')],
    [{ externalIdPrefix: 'a%' }, newestFirst('a%')],
    [{ externalIdPrefix: '%' }, []],
    [{ externalIdPrefix: 'a_' }, newestFirst('a_b')],
    [{ externalIdPrefix: '_' }, []],
    [{ externalIdPrefix: 'a\\' }, newestFirst('a\\c')],
    [{ externalIdPrefix: '\\' }, []],
    [{ externalIdPrefix: ' a' }, []],
    [{ externalIdPrefix: "' or true --" }, []],
    [{ externalIdPrefix: 'ян' }, newestFirst('ян', 'яна')],
    [{ externalIdPrefix: 'Я' }, newestFirst('Яна')],
    [{ externalIdPrefix: '🙂' }, newestFirst('🙂', '🙂🙃')],
    [{ externalIdPrefix: '\u{10FFFF}' }, newestFirst('\u{10FFFF}')],
    [{ externalIdPrefix: 'x'.repeat(EXTERNAL_ID_LENGTH) }, newestFirst('x'.repeat(EXTERNAL_ID_LENGTH))],
    [{ externalIdPrefix: 'x'.repeat(EXTERNAL_ID_LENGTH - 1) }, newestFirst('x'.repeat(EXTERNAL_ID_LENGTH))],
    // All together
    [{ completed: ['free'], registeredFrom: day(2) }, newestFirst('anna-2', 'a%', '🙂🙃')],
    [{ completed: ['free'], externalIdPrefix: 'a' }, newestFirst('anna', 'anna-2', 'a%')],
    [{ notCompleted: ['free'], registeredTo: day(7), externalIdPrefix: 'a' }, newestFirst('a_b')],
    [{
      completed: ['free'], notCompleted: ['paid'], registeredFrom: day(1), registeredTo: day(5), externalIdPrefix: 'a',
    }, newestFirst('anna-2')],
  ];
  it.each(cases)('%j finds whom it names', async (filter, expected) => {
    expect(await found(filter)).toEqual(expected);
  });

  const many = (count: number): string[] => Array.from({ length: count }, () => 'free');
  it(`may name ${FILTER_TESTS} tests a list`, async () => {
    const filter = { completed: many(FILTER_TESTS), notCompleted: many(FILTER_TESTS).fill('paid') };
    expect(await found(filter)).toEqual(newestFirst('anna-2', 'a%', '🙂🙃'));
  });

  it.each([
    ['a completed test that nobody publishes', { completed: ['free', 'fre'] }, /no published test "fre"/],
    ['a test not completed that nobody publishes', { notCompleted: ['FREE'] }, /no published test "FREE"/],
    ['an empty slug', { completed: [''] }, /no published test ""/],
    ['too many completed tests', { completed: many(FILTER_TESTS + 1) }, /"completed" names 21 tests; at most 20/],
    ['too many tests not completed', { notCompleted: many(FILTER_TESTS + 1) }, /"notCompleted" names 21 tests; at most 20/],
    ['times that are reversed', { registeredFrom: day(3), registeredTo: day(2) }, /"registeredFrom" is later than "registeredTo"/],
    ['a time that is none', { registeredFrom: 'yesterday' }, /DateTime/],
    ['an empty prefix', { externalIdPrefix: '' }, /"externalIdPrefix" is empty/],
    ['a prefix that is too long', { externalIdPrefix: 'x'.repeat(EXTERNAL_ID_LENGTH + 1) }, /"externalIdPrefix" is too long/],
    ['a prefix with a zero', { externalIdPrefix: 'a\u0000' }, /control character/],
    ['a prefix that ends within a character', { externalIdPrefix: 'a\ud83d' }, /broken character/],
  ])('is refused with a clear message for %s', async (_what, filter, message) => {
    const { data, errors } = await ask(filter);
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});
