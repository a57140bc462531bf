import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { namedQueriesOf } from '../setup/count-statements.js';
import { scansOf } from '../setup/explain.js';
import { addManyUsers } from '../setup/many-users.js';
import { startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

/** One large client among twenty. */
const LARGE = { users: 5_000, resultsEach: 3 };
const SMALL = { users: 1_800, resultsEach: 1 };

/** The twenty clients lie on one page. */
const SMALL_TABLES = ['client'];

/** As much of a name as PostgreSQL keeps: two statements that differ only behind it would be one. */
const NAME_LENGTH = 63;

let server: TestServer;
let client: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  client = await server.client({ payment: 'postpaid' });
  await addManyUsers(server, client.id, LARGE);
  for (let others = 1; others < 20; others += 1) {
    await addManyUsers(server, (await server.client({ payment: 'postpaid' })).id, SMALL);
  }
  // As autovacuum would: the planner knows the tables, and what of them an index alone can tell.
  await server.sql('vacuum analyze');
});
afterAll(() => server.close());

const USER_FILTERS = [
  ['all', ''],
  ['by a completed test', 'completed: ["free"]'],
  ['by several completed tests', 'completed: ["free", "paid"]'],
  ['by a test that nobody has completed', 'completed: ["bonus"]'],
  ['by a test not completed', 'notCompleted: ["free"]'],
  ['by tests not completed', 'notCompleted: ["bonus", "bonus-2"]'],
  ['by the beginning of registration', 'registeredFrom: "2026-01-01T00:00:00Z"'],
  ['by the end of registration', 'registeredTo: "2026-01-01T00:00:00Z"'],
  ['by registration', 'registeredFrom: "2026-01-01T00:00:00Z", registeredTo: "2027-01-01T00:00:00Z"'],
  ['by a prefix', 'externalIdPrefix: "person-49"'],
  ['by the prefix of all', 'externalIdPrefix: "person"'],
  ['by everything', `completed: ["free"], notCompleted: ["bonus"], registeredFrom: "2026-01-01T00:00:00Z",
    registeredTo: "2027-01-01T00:00:00Z", externalIdPrefix: "person-4"`],
] as const;
const RESULT_FILTERS = [
  ['all', ''],
  ['by test', 'test: "free"'],
  ['by a test without results', 'test: "bonus"'],
  ['by time', 'attachedFrom: "2026-01-01T00:00:00Z", attachedTo: "2027-01-01T00:00:00Z"'],
  ['by test and time', 'test: "free", attachedFrom: "2026-01-01T00:00:00Z", attachedTo: "2027-01-01T00:00:00Z"'],
] as const;
const PAGES = ['first: 20', 'last: 20', 'first: 100'];
const USER = 'externalId license { issuedAt }';
const RESULT = 'savedAt test { slug } user { externalId } report { sum }';

/** All lists, forwards and backwards, with every filter. */
const lists = PAGES.flatMap((page) => [
  ...USER_FILTERS.map(([name, filter]) => [`users ${name}, ${page}`, `users(${page}, filter: { ${filter} }) { nodes { ${USER} } }`]),
  ...RESULT_FILTERS.map(([name, filter]) => [`results ${name}, ${page}`, `results(${page}, filter: { ${filter} }) { nodes { ${RESULT} } }`]),
  ...RESULT_FILTERS.map(([name, filter]) => [`results of users ${name}, ${page}`,
    `users(first: 20) { nodes { results(${page}, filter: { ${filter} }) { nodes { key user { key } } totalCount } } }`]),
]);
const counts = [
  ...USER_FILTERS.map(([name, filter]) => [`the number of users ${name}`, `users(first: 1, filter: { ${filter} }) { totalCount }`]),
  ...RESULT_FILTERS.map(([name, filter]) => [`the number of results ${name}`, `results(first: 1, filter: { ${filter} }) { totalCount }`]),
];
const statistics = [
  ['statistics of a hundred users', 'users(first: 100) { nodes { statistics { resultCount byTest { latest { key } } } } }'],
  ['test usage', 'testUsage { results users }'],
  ['test usage of a day', 'testUsage(period: { from: "2026-11-01", to: "2026-11-01" }) { results users }'],
  ['a user by its external id', 'user(externalId: "person-7") { key }'],
];

describe('the plan', () => {
  it.each([...lists, ...counts, ...statistics])('of %s reads no large table from end to end', async (_what, query) => {
    const queries = await namedQueriesOf(async () => {
      expect((await client.graphql(`{ viewer { ${query} } }`)).errors).toBeUndefined();
    });
    const tables = new Set<string>();
    for (const sent of queries.filter(({ name }) => name !== 'client-by-key')) {
      expect(sent.name.length).toBeLessThanOrEqual(NAME_LENGTH);
      for (const [kind, scans] of Object.entries(await scansOf(server.databaseUrl, sent))) {
        Object.keys(scans).forEach((table) => tables.add(table));
        const sequential = Object.keys(scans).filter((table) => !SMALL_TABLES.includes(table) && scans[table]!.includes('Seq Scan'));
        expect({ statement: sent.name, kind, sequential }).toEqual({ statement: sent.name, kind, sequential: [] });
      }
    }
    expect([...tables].some((table) => ['client_user', 'result'].includes(table))).toBe(true);
  });
});
