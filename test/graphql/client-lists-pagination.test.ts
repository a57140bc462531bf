import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nodeId } from '../../src/kernel/ids.js';
import { CONNECTION, keepsThePagingContract, PAGE_ARGUMENTS, PAGE_VARIABLES, type PageArguments } from '../contract/pagination.js';
import { smallTest } from '../setup/small-tests.js';
import { type GraphQLAnswer, type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

/** More than a page that nobody sized. */
const LENGTH = 23;
/** Cursors of the same user, result or test differ by nothing but the list. */
const CURSOR = 'pageInfo { startCursor }';

let server: TestServer;
let client: TestClient;
/** A cursor of every list, of two clients and of two users of the first. */
let cursors: Record<'users' | 'results' | 'userResults' | 'otherUserResults' | 'available' | 'otherAvailable' | 'tests'
  | 'foreignUsers' | 'foreignResults' | 'foreignUserResults' | 'foreignAvailable', string>;
beforeAll(async () => {
  server = await startTestServer();
  client = await server.client({ licenseLimit: 1_000 });
  const stranger = await server.client({ licenseLimit: 1_000 });
  for (let index = 0; index < LENGTH; index += 1) {
    await client.attach(await server.save('free'), 'person');
    await client.attach(await server.save('paid'), index < LENGTH - 1 ? `person ${index}` : 'other');
  }
  await stranger.attach(await server.save('free'), 'person');
  const [own, foreign] = [await cursorsOf(client), await cursorsOf(stranger)];
  const { data } = await server.graphql(`{ tests { ${CURSOR} } }`);
  cursors = {
    users: cursorOf(own.users), results: cursorOf(own.results), userResults: cursorOf(own.person.results),
    otherUserResults: cursorOf(own.other.results), available: cursorOf(own.person.statistics.availableTests),
    otherAvailable: cursorOf(own.other.statistics.availableTests), tests: cursorOf(data.tests),
    foreignUsers: cursorOf(foreign.users), foreignResults: cursorOf(foreign.results),
    foreignUserResults: cursorOf(foreign.person.results), foreignAvailable: cursorOf(foreign.person.statistics.availableTests),
  };
  expect(new Set(Object.values(cursors)).size).toBe(Object.keys(cursors).length);
});
afterAll(() => server.close());

const cursorOf = ({ pageInfo }: Json): string => pageInfo.startCursor;

async function cursorsOf(caller: TestClient): Promise<Json> {
  const ofUser = `results { ${CURSOR} } statistics { availableTests { ${CURSOR} } }`;
  const { data } = await caller.graphql(`{ viewer { users { ${CURSOR} } results { ${CURSOR} }
    person: user(externalId: "person") { ${ofUser} } other: user(externalId: "other") { ${ofUser} } } }`);
  return data.viewer;
}

const but = (...own: (keyof typeof cursors)[]): string[] =>
  Object.entries(cursors).filter(([name]) => !own.includes(name as keyof typeof cursors)).map(([, cursor]) => cursor);

const ask = (selection: string, args: PageArguments): Promise<GraphQLAnswer> =>
  client.graphql(`query (${PAGE_VARIABLES}) { viewer { ${selection} } }`, args);

/** The one user, reached so that nothing on the way may be null. */
const PERSON = 'users(filter: { externalIdPrefix: "person", completed: ["free"] })';

describe('Client.users', () => {
  it('is longer than a page', async () => {
    const { data } = await client.graphql('{ viewer { users { totalCount } } }');
    expect(data.viewer.users.totalCount).toBeGreaterThan(LENGTH);
  });

  keepsThePagingContract(() => ({
    page: (args) => ask(`users(${PAGE_ARGUMENTS}) { ${CONNECTION} }`, args),
    connection: (data) => data.viewer.users,
    add: async () => (await client.register('added')).user.id,
    foreignCursors: but('users'),
  }));
});

describe('Client.users with a filter', () => {
  keepsThePagingContract(() => ({
    page: (args) => ask(`users(${PAGE_ARGUMENTS}, filter: {
      completed: ["paid"], notCompleted: ["free"], externalIdPrefix: "person ", registeredFrom: "2026-01-01T00:00:00Z" }) { ${CONNECTION} }`, args),
    connection: (data) => data.viewer.users,
    add: async () => (await client.attach(await server.save('paid'), 'person added')).user.id,
    foreignCursors: but('users'),
  }));
});

describe('Client.results', () => {
  keepsThePagingContract(() => ({
    page: (args) => ask(`results(${PAGE_ARGUMENTS}) { ${CONNECTION} }`, args),
    connection: (data) => data.viewer.results,
    add: () => attached('somebody'),
    foreignCursors: but('results'),
  }));
});

describe('Client.results with a filter', () => {
  keepsThePagingContract(() => ({
    page: (args) => ask(`results(${PAGE_ARGUMENTS}, filter: { test: "free", attachedFrom: "2026-01-01T00:00:00Z" }) { ${CONNECTION} }`, args),
    connection: (data) => data.viewer.results,
    add: () => attached('somebody'),
    foreignCursors: but('results'),
  }));
});

describe('User.results', () => {
  keepsThePagingContract(() => ({
    page: (args) => ask(`${PERSON} { nodes { results(${PAGE_ARGUMENTS}) { ${CONNECTION} } } }`, args),
    connection: (data) => data.viewer.users.nodes.at(-1).results,
    add: () => attached('person'),
    foreignCursors: but('userResults'),
  }));
});

describe('UserStatistics.availableTests', () => {
  keepsThePagingContract(() => ({
    page: (args) => ask(`${PERSON} { nodes { statistics { availableTests(${PAGE_ARGUMENTS}) { ${CONNECTION} } } } }`, args),
    connection: (data) => data.viewer.users.nodes.at(-1).statistics.availableTests,
    async add() {
      await server.publish(smallTest('added', { paid: false }));
      const { data } = await server.graphql('{ test(slug: "added") { id } }');
      return data.test.id;
    },
    foreignCursors: but('available'),
  }));
});

async function attached(user: string): Promise<string> {
  const key = await server.save('free');
  await client.attach(key, user);
  return nodeId('Result', key);
}
