import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer, type TestServer } from '../setup/test-server.js';

const COST_LIMIT = 30_000;

let server: TestServer;
beforeAll(async () => {
  // So that nothing but the cost is in the way.
  server = await startTestServer({ GRAPHQL_ALIAS_LIMIT: '1000', GRAPHQL_ROOT_FIELD_LIMIT: '1000' });
});
afterAll(() => server.close());

const aliases = (count: number, field: string): string =>
  Array.from({ length: count }, (_, index) => `a${index}: ${field}`).join(' ');

describe('an operation that would cost too much', () => {
  it.each([
    ['the questions of a test many times', `{ test(slug: "free") { ${aliases(200, 'questions { options { text } }')} } }`],
    ['a test many times', `{ ${aliases(100, 'test(slug: "free") { questions { options { value text } } }')} }`],
    ['all questions of a hundred tests', '{ tests(first: 100) { nodes { questions { name options { value text } } } } }'],
    ['the reports of a hundred results of a hundred users',
      '{ viewer { users(first: 100) { nodes { results(first: 100) { nodes { report { sum } } } } } } }'],
    ['the reports of thirty results of a hundred users',
      '{ viewer { users(first: 100) { nodes { results(first: 30) { nodes { report { sum } } } } } } }'],
    ...[
      'users { totalCount }', 'results(filter: { test: "free" }) { totalCount }', 'invoices { totalCount }', 'auditLog { totalCount }',
      'users { nodes { results { totalCount } } }', 'testUsage { results }',
      'users(filter: { completed: ["free"] }) { nodes { key } }', 'users(first: 1, filter: { notCompleted: ["free"] }) { nodes { key } }',
    ].map((list) => [`thirty times ${list}`, `{ viewer { ${aliases(30, list)} } }`]),
    ['counting thirty times what is counted in a fragment', `{ viewer { ${aliases(30, 'users { ...Counted }')} } } fragment Counted on UserConnection { totalCount }`],
  ])('is refused before it is run, with the limit: %s', async (_what, query) => {
    const { status, data, errors, extensions } = await server.graphql(query);
    expect({ status, data }).toEqual({ status: 400, data: undefined });
    expect(errors).toMatchObject([{
      message: expect.stringContaining(`at most ${COST_LIMIT} is allowed`),
      extensions: { code: 'QUERY_TOO_COMPLEX', requestId: expect.any(String), reason: 'cost', limit: COST_LIMIT, actual: extensions?.['cost'] },
    }]);
    expect(extensions?.['cost']).toBeGreaterThan(COST_LIMIT);
  });

  it('cannot hide behind an argument that is wrong', async () => {
    const query = `query ($slug: String = "free") { test(slug: $slug) { slug }
      ${aliases(50, 'tests(first: 100) { nodes { questions { id options { value } } } }')} }`;
    expect((await server.graphql(query)).errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
    expect((await server.graphql(query, { slug: null })).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('is not run in the part that would be cheap either', async () => {
    const before = await server.sql('select count(*) from result');
    const { errors } = await server.graphql(`mutation {
      saveProgress(input: { test: "free", answers: [{ questionId: "11", values: [] }, { questionId: "3", values: [] }, { questionId: "7", values: [] }] }) {
        ... on SaveProgressSuccess { result { test { ${aliases(200, 'questions { options { text } }')} } } } } }`);
    expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
    expect(await server.sql('select count(*) from result')).toEqual(before);
  });
});

describe('a mutation', () => {
  it.each([
    ['costs a hundred beside its outcome', 'registerUser(input: { userId: "" })', 101],
    ['that saves costs five hundred: anybody may', 'saveProgress(input: { test: "free", answers: [] })', 501],
  ])('%s', async (_what, mutation, cost) => {
    expect((await server.graphql(`mutation { ${mutation} { __typename } }`)).extensions).toMatchObject({ cost });
  });
});

describe('what a partner needs at once', () => {
  it.each([
    ['a whole test in two languages', `{ test(slug: "ipip-neo-120") { ru: name(locale: "ru") en: name(locale: "en") description instruction
      authors { name } scales { id ru: name(locale: "ru") en: name(locale: "en") }
      questions { id kind ru: name(locale: "ru") en: name(locale: "en") text image count timerSeconds
        options { value image ru: text(locale: "ru") en: text(locale: "en") } } } }`],
    ['a page of tests with their questions', '{ tests { nodes { slug name questions { id name kind options { value text } } } } }'],
    ['a hundred tests without their questions', '{ tests(first: 100) { totalCount nodes { slug name length authors { name } scales { name } } } }'],
    ['the schema', '{ __schema { types { name fields { name args { name type { name } } type { name ofType { name ofType { name } } } } } } }'],
  ])('is not refused: %s', async (_what, query) => {
    expect((await server.graphql(query)).errors).toBeUndefined();
  });

  it('is not refused: twenty results with their reports and answers', async () => {
    const client = await server.client();
    const key = await server.save();
    await client.attach(key, 'person');
    const { data, errors } = await client.graphql(`{ ${aliases(20, `result(key: "${key}") {
      report { sum values { value sum } repeats { value sum } groups { group sum } scales { scale { id name } sum percentage } }
      answers { question { id name } values } user { externalId } }`)} }`);
    expect(errors).toBeUndefined();
    expect(Object.keys(data)).toHaveLength(20);
  });

  it('is not refused: a dashboard of a hundred users with their last results and statistics', async () => {
    const client = await server.client();
    await client.attach(await server.save(), 'person');
    const { data, errors } = await client.graphql(`{ viewer { testUsage { test { name } results users } users(first: 100) { totalCount nodes {
      key externalId registeredAt license { issuedAt }
      results(first: 10) { totalCount nodes { id key savedAt attachedAt test { slug name paid } reportAvailability } pageInfo { hasNextPage } }
      statistics { resultCount firstResultAt lastResultAt remainingTests remainingBonusTests
        byTest { test { slug name } results firstAt lastAt latest { key } } availableTests(first: 10) { totalCount nodes { slug name } } } } } } }`);
    expect(errors).toBeUndefined();
    expect(data.viewer.users.nodes).toHaveLength(1);
  });

  it('is not refused: a dashboard that counts everything and shows twenty users', async () => {
    const client = await server.client();
    await client.attach(await server.save(), 'person');
    const { data, errors } = await client.graphql(`{ viewer { name licenseUsage { issued limit remaining exhaustedAt issuedInPeriod series { start issued } }
      testUsage { test { slug name } results users } invoices(status: ISSUED) { totalCount nodes { number total { amount } dueAt url } }
      all: results(first: 1) { totalCount } done: users(first: 1, filter: { completed: ["free"] }) { totalCount }
      users(first: 20) { totalCount nodes { externalId
        results(first: 3) { totalCount nodes { key attachedAt test { name } user { externalId } } }
        statistics { resultCount firstResultAt lastResultAt remainingTests
          byTest { test { name } results latest { key savedAt } } availableTests(first: 5) { totalCount } } } } } }`);
    expect(errors).toBeUndefined();
    expect(data.viewer).toMatchObject({ all: { totalCount: 1 }, done: { totalCount: 1 }, users: { totalCount: 1 } });
  });

  it.each([
    ['twenty-five lists of tests with their lengths', `{ ${aliases(25, 'tests(first: 100) { totalCount }')} }`],
    ['a filter of users that names no test thirty times', `{ viewer { ${aliases(30, 'users(first: 1, filter: { completed: [], notCompleted: null, externalIdPrefix: "p" }) { nodes { key } }')} } }`],
  ])('is not refused, for it scans nothing: %s', async (_what, query) => {
    expect((await (await server.client()).graphql(query)).errors).toBeUndefined();
  });

  it('may leave wrong variables to be told as such', async () => {
    const { errors } = await server.graphql('query ($first: Int!) { tests(first: $first) { totalCount } }', { first: 'many' });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});
