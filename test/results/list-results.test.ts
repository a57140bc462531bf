import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nodeId } from '../../src/kernel/ids.js';
import { attachedKeys, dateAttachments } from '../setup/attachments.js';
import { eraseBySql } from '../setup/erase.js';
import { addManyUsers } from '../setup/many-users.js';
import { smallTest } from '../setup/small-tests.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';
import { walk, WALKED } from '../setup/walk.js';

/** Results in the order of their attachment, one a day since 2026-01-01 at noon. */
const ATTACHED = [
  ['anna', 'free'], ['boris', 'paid'], ['anna', 'paid'], ['anna', 'free'], ['clara', 'bonus'], ['boris', 'free'],
] as const;
const day = (number: number, time = '12:00:00Z'): string => `2026-01-${String(number).padStart(2, '0')}T${time}`;

let server: TestServer;
let client: TestClient;
let stranger: TestClient;
/** Keys of the results above, of one of another client, of one that was erased, and of one that nobody has. */
const keys: string[] = [];
let foreign: string;
let erased: string;
let unattached: string;
beforeAll(async () => {
  server = await startTestServer();
  client = await server.client({ licenseLimit: 100 });
  stranger = await server.client({ licenseLimit: 100 });
  for (const [index, [user, test]] of ATTACHED.entries()) {
    const key = await server.save(test);
    await client.attach(key, user);
    await dateAttachments(server, [key], day(index + 1));
    keys.push(key);
  }
  [foreign, erased, unattached] = [await server.save('free'), await server.save('free'), await server.save('free')];
  await stranger.attach(foreign, 'anna');
  await client.attach(erased, 'erased');
  await eraseBySql(server, client, 'erased');
});
afterAll(() => server.close());

const HEAD = 'id key savedAt attachedAt test { slug } user { externalId } reportAvailability';
const OF_CLIENT = `query ($filter: ResultFilter) { viewer { results(first: 100, filter: $filter) { totalCount nodes { ${HEAD} } } } }`;
const OF_USERS = `query ($filter: ResultFilter) { viewer { users { nodes { externalId
  results(first: 100, filter: $filter) { totalCount nodes { ${HEAD} } } } } } }`;

async function read(query: string, variables: object = {}, caller = client): Promise<Json> {
  const { data, errors } = await caller.graphql(query, variables);
  if (errors) throw new Error(errors[0]?.message);
  return data.viewer;
}

const cases: readonly (readonly [filter: object | null, expected: readonly number[]])[] = [
  [null, [6, 5, 4, 3, 2, 1]],
  [{}, [6, 5, 4, 3, 2, 1]],
  [{ test: null, attachedFrom: null, attachedTo: null }, [6, 5, 4, 3, 2, 1]],
  [{ test: 'free' }, [6, 4, 1]],
  [{ test: 'paid' }, [3, 2]],
  [{ test: 'bonus' }, [5]],
  [{ test: 'bonus-2' }, []],
  [{ attachedFrom: day(4) }, [6, 5, 4]],
  [{ attachedFrom: day(4, '12:00:00.001Z') }, [6, 5]],
  [{ attachedTo: day(3) }, [2, 1]],
  [{ attachedTo: day(3, '12:00:00.001Z') }, [3, 2, 1]],
  [{ attachedFrom: day(2), attachedTo: day(4) }, [3, 2]],
  [{ attachedFrom: day(2), attachedTo: day(2) }, []],
  [{ test: 'free', attachedFrom: day(2) }, [6, 4]],
  [{ test: 'free', attachedTo: day(6) }, [4, 1]],
  [{ test: 'paid', attachedFrom: day(3), attachedTo: day(4) }, [3]],
];

/** The keys of the results attached on these days. */
const ofDays = (days: readonly number[]): string[] => days.map((number) => keys[number - 1]!);
const keysOf = ({ nodes }: Json): string[] => nodes.map(({ key }: Json) => key);

describe("the results of a client's users", () => {
  it.each(cases)('filtered by %j are those, the newest attachment first', async (filter, expected) => {
    const { results } = await read(OF_CLIENT, { filter });
    expect(keysOf(results)).toEqual(ofDays(expected));
    expect(results.totalCount).toBe(expected.length);
  });

  it('tell of themselves, their test and their user', async () => {
    const { results } = await read(OF_CLIENT, { filter: { test: 'bonus' } });
    expect(results.nodes).toEqual([{
      id: nodeId('Result', keys[4]!), key: keys[4], savedAt: expect.any(String), attachedAt: '2026-01-05T12:00:00.000Z',
      test: { slug: 'bonus' }, user: { externalId: 'clara' }, reportAvailability: 'AVAILABLE',
    }]);
  });

  it('have their reports and answers', async () => {
    const { results } = await read('{ viewer { results(first: 2) { nodes { report { sum } answers { question { id } values } } } } }');
    const answers = [{ question: { id: '11' }, values: ['1'] }, { question: { id: '3' }, values: ['2'] }, { question: { id: '7' }, values: ['0'] }];
    expect(results.nodes).toEqual([{ report: { sum: 3 }, answers }, { report: { sum: 3 }, answers }]);
  });

  it('are never those of another client, of nobody, or erased', async () => {
    const own = keysOf((await read(OF_CLIENT)).results);
    for (const key of [foreign, unattached, erased]) expect(own).not.toContain(key);
    expect(keysOf((await read(OF_CLIENT, {}, stranger)).results)).toEqual([foreign]);
    expect((await read(OF_CLIENT, {}, await server.client())).results).toEqual({ totalCount: 0, nodes: [] });
  });

  it('are shown with the edition that was answered when the test has changed since', async () => {
    const other = await server.client();
    await server.publish(smallTest('changing', { paid: false }));
    await other.attach(await server.save('changing'), 'anna');
    const definition = smallTest('changing', { paid: false });
    await server.publish({ ...definition, questions: definition.questions.map((question) => ({ ...question, name: { ru: 'Новый' } })) });
    const { results } = await read('{ viewer { results { nodes { test { revision } report { sum } } } } }', {}, other);
    expect(results.nodes).toEqual([{ test: { revision: 1 }, report: { sum: 3 } }]);
  });
});

describe('the results of each user', () => {
  it.each(cases)('filtered by %j are those of the user alone', async (filter, expected) => {
    const { users } = await read(OF_USERS, { filter });
    expect(users.nodes.map(({ externalId }: Json) => externalId).sort()).toEqual(['anna', 'boris', 'clara']);
    for (const { externalId, results } of users.nodes) {
      const own = expected.filter((number) => ATTACHED[number - 1]![0] === externalId);
      expect(keysOf(results)).toEqual(ofDays(own));
      expect(results.totalCount).toBe(own.length);
      expect(results.nodes.every(({ user }: Json) => user.externalId === externalId)).toBe(true);
    }
  });

  it('are read as far as asked for, from the beginning or from the end', async () => {
    const { users } = await read(`{ viewer { users { nodes { externalId first: results(first: 1) { nodes { key } pageInfo { hasNextPage } }
      last: results(last: 2) { nodes { key } pageInfo { hasPreviousPage } } } } } }`);
    const anna = users.nodes.find(({ externalId }: Json) => externalId === 'anna');
    expect(anna.first).toEqual({ nodes: [{ key: keys[3] }], pageInfo: { hasNextPage: true } });
    expect(anna.last).toEqual({ nodes: [{ key: keys[2] }, { key: keys[0] }], pageInfo: { hasPreviousPage: true } });
    const clara = users.nodes.find(({ externalId }: Json) => externalId === 'clara');
    expect(clara.first).toEqual({ nodes: [{ key: keys[4] }], pageInfo: { hasNextPage: false } });
  });

  it('go on after a cursor, also for several users in one request', async () => {
    const { anna, boris } = await read(`{ viewer { anna: user(externalId: "anna") { results(first: 1) { pageInfo { endCursor } } }
      boris: user(externalId: "boris") { results(first: 1) { pageInfo { endCursor } } } } }`);
    const rest = await read(`query ($a: String, $b: String) { viewer {
      anna: user(externalId: "anna") { results(first: 5, after: $a) { nodes { key } totalCount } }
      boris: user(externalId: "boris") { results(first: 5, after: $b) { nodes { key } totalCount } } } }`,
    { a: anna.results.pageInfo.endCursor, b: boris.results.pageInfo.endCursor });
    expect(rest.anna.results).toEqual({ nodes: [{ key: keys[2] }, { key: keys[0] }], totalCount: 3 });
    expect(rest.boris.results).toEqual({ nodes: [{ key: keys[1] }], totalCount: 2 });
  });

  it('include one that an earlier mutation of the same request attached', async () => {
    const [one, two] = [await server.save('free'), await server.save('free')];
    const attach = (name: string, key: string): string => `${name}: attachResult(input: { resultKey: "${key}", userId: "fresh" }) {
      ... on AttachResultSuccess { user { results { totalCount nodes { key } } statistics { resultCount } } } }`;
    const { data } = await (await server.client()).graphql(`mutation { ${attach('first', one)} ${attach('second', two)} }`);
    expect(data.first.user).toEqual({ results: { totalCount: 1, nodes: [{ key: one }] }, statistics: { resultCount: 1 } });
    expect(data.second.user).toMatchObject({ results: { totalCount: 2 }, statistics: { resultCount: 2 } });
  });
});

describe('results attached at one time', () => {
  let crowd: TestClient;
  beforeAll(async () => {
    crowd = await server.client({ licenseLimit: 100 });
    await addManyUsers(server, crowd.id, { users: 2, resultsEach: 30 });
    await dateAttachments(server, await attachedKeys(server, crowd.id), day(1));
  });

  const lists = [
    ['of a client', (args: string, page: string) => `results(${args}) ${page}`, ({ results }: Json) => results, ''],
    ['of a user', (args: string, page: string) => `user(externalId: "person-1") { results(${args}) ${page} }`,
      ({ user }: Json) => user.results, "and user_id = (select id from client_user where client_id = $1 and external_id = 'person-1')"],
  ] as const;
  const walks = lists.flatMap(([whose, ...list]) => ([['forwards', false], ['backwards', true]] as const).map((way) => [whose, ...way, ...list] as const));
  it.each(walks)('%s are met once each by a walk %s', async (_whose, _way, backwards, selection, connection, condition) => {
    const met = await walk(async (args) =>
      connection(await read(`{ viewer { ${selection(args, `{ nodes { key } ${WALKED} }`)} } }`, {}, crowd)), backwards);
    const sorted = await server.sql(`select result_id as key from attachment where client_id = $1 ${condition} order by key desc`, [crowd.id]);
    expect(sorted.length).toBeGreaterThanOrEqual(30);
    expect(met).toEqual(sorted);
  });
});

describe('a filter of results', () => {
  it.each([
    ['a test that nobody publishes', { test: 'fre' }, /no published test "fre"/],
    ['times that are reversed', { attachedFrom: day(3), attachedTo: day(2) }, /"attachedFrom" is later than "attachedTo"/],
    ['a time that is none', { attachedTo: '2026-13-01T00:00:00Z' }, /DateTime/],
  ])('is refused with a clear message for %s', async (_what, filter, message) => {
    for (const query of [OF_CLIENT, `query ($filter: ResultFilter) { viewer { user(externalId: "anna") { results(filter: $filter) { totalCount } } } }`]) {
      const { errors } = await client.graphql(query, { filter });
      expect(errors).toMatchObject([{ message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });
});

describe('an erased result', () => {
  it('is unknown to its client and to whoever holds its key', async () => {
    for (const caller of [client, stranger, server]) {
      const { data } = await caller.graphql('query ($key: UUID!) { result(key: $key) { id } }', { key: erased });
      expect(data.result).toBeNull();
    }
    const { data } = await client.graphql('query ($id: ID!) { node(id: $id) { id } }', { id: nodeId('Result', erased) });
    expect(data.node).toBeNull();
    const response = await fetch(new URL(`/results/${erased}.json`, server.url));
    expect(response.status).toBe(404);
  });
});
