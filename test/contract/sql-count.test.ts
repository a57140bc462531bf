import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { tokenOf } from '../setup/access-tokens.js';
import { rotate } from '../setup/client-keys.js';
import { dayIn, daysAfter } from '../../src/kernel/period.js';
import { billingDetails, cancelInvoice, createInvoice } from '../setup/billing.js';
import { statementsOf } from '../setup/count-statements.js';
import { smallAnswers } from '../setup/small-tests.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';
import { until } from '../setup/until.js';

let server: TestServer;
let client: TestClient;
/** A result of the client's user, and one that nobody has. */
let attached: string;
let free: string;
/** Two tokens that only save, and one that is bound to a user. */
let tokens: readonly [string, string, string];
/** Clients that order invoices, in advance and after the fact, and an invoice of the first. */
let prepaid: TestClient;
let postpaid: TestClient;
let invoiceId: string;
beforeAll(async () => {
  server = await startTestServer();
  client = await server.client({ licenseLimit: 1_000 });
  [attached, free] = [await server.save('paid'), await server.save('free')];
  await client.attach(attached, 'person');
  tokens = [await tokenOf(client), await tokenOf(client), await tokenOf(client, { userId: 'person with a token' })];
  await client.attach(await server.save(), 'erased');
  [prepaid, postpaid] = [await server.client(billingDetails), await server.client({ ...billingDetails, payment: 'postpaid' })];
  await postpaid.register('person');
  invoiceId = (await createInvoice(prepaid, { licenses: 1 })).invoice.id;
});
afterAll(() => server.close());

async function good(answer: Promise<{ data: Json; errors?: unknown }>): Promise<void> {
  expect((await answer).errors).toBeUndefined();
}

const REPORT = 'key savedAt reportAvailability report { sum max json scales { scale { name } sum } } test { slug questions { id } }';
const SAVED = '... on SaveProgressSuccess { resultKey replayed }';
const save = (selection: string, input: object = {}, token: string | null = null): Promise<void> =>
  good(server.graphql(`mutation ($input: SaveProgressInput!) { saveProgress(input: $input) { ${selection} } }`,
    { input: { test: 'free', answers: smallAnswers, ...input } }, token));
const result = (selection: string, key: string, caller: Pick<TestServer | TestClient, 'graphql'> = server): Promise<void> =>
  good(caller.graphql(`query ($key: UUID!) { result(key: $key) { ${selection} } }`, { key }));

const viewer = (selection: string): Promise<void> => good(client.graphql(`{ viewer { ${selection} } }`));

const AUTHENTICATE = 'clients-by-key';
const SNAPSHOT = 'begin isolation level repeatable read read only';
const REPLAYED = randomUUID();
const BEGIN = 'begin isolation level read committed';
const ORDER = randomUUID();
const TODAY = dayIn('UTC', new Date());
const LATELY = { from: daysAfter(TODAY, -1), to: daysAfter(TODAY, 1) };
const ordering = [AUTHENTICATE, BEGIN, 'billing-lock-client', 'invoice-order-standing'];
const ledger = [BEGIN, 'ledger-lock-client', 'ledger-lock-results', 'ledger-read-users', 'ledger-write', 'results-give', 'commit'];
const ledgerAfterSaving = [
  BEGIN, 'ledger-await-client', 'access-token-use', 'result-insert', 'ledger-await-results', 'ledger-read-users', 'ledger-write', 'results-give', 'commit',
];

const keyChange = [BEGIN, 'client-lock', 'client-keys-living'];

type Row = readonly [operation: string, statements: readonly string[], run: () => Promise<unknown>];
const table: readonly Row[] = [
  ['a test with all its questions', [],
    () => good(server.graphql('{ test(slug: "ipip-neo-120") { name questions { name options { text } } scales { name } } }'))],
  ['a page of tests', [],
    () => good(server.graphql('{ tests(first: 100) { totalCount nodes { slug authors { name } questions { id } } } }'))],
  ['a test by its id', [], () => good(server.graphql('{ node(id: "tst_AZDLLloffD2eS2-KLRwLfg") { id } }'))],
  ['the schema', [], () => good(server.graphql('{ __schema { types { name } } }'))],
  ['saving', ['result-insert'], () => save(SAVED)],
  ['saving and reading the report', ['result-insert', 'results-by-key'], () => save(`... on SaveProgressSuccess { result { ${REPORT} } }`)],
  ['saving with an idempotency key', ['result-of-repeat-or-earlier', 'result-insert'], () => save(SAVED, { idempotencyKey: REPLAYED })],
  ['repeating that save', ['result-of-repeat-or-earlier'], () => save(SAVED, { idempotencyKey: REPLAYED })],
  ['saving answers that do not fit', [], () => save('... on Problem { code }', { answers: [] })],
  ['saving answers to no test', [], () => save('... on Problem { code }', { test: 'no-such-test' })],
  ['a result with its report', ['results-by-key'], () => result(REPORT, free)],
  ['a result for its client, with the user and the answers', [AUTHENTICATE, 'results-by-key', 'users-by-key'],
    () => result(`${REPORT} user { externalId license { issuedAt } } answers { question { name } values }`, attached, client)],
  ['the user of a result that nobody has', [AUTHENTICATE, 'results-by-key'], () => result('user { externalId } answers { values }', free, client)],
  ['a result by its id', [AUTHENTICATE, 'results-by-key'], () => good(client.graphql('{ node(id: "res_AZDLLloffD2eS2-KLRwLfg") { id } }'))],
  ['the calling client', [AUTHENTICATE],
    () => good(client.graphql('{ viewer { name licensePolicy { preset } licenseUsage { issued remaining } } }'))],
  ['the usage of the calling client, its series and its forecast', [AUTHENTICATE, 'license-usage'],
    () => good(client.graphql('{ viewer { licenseUsage { issued remaining issuedInPeriod exhaustedAt series { start issued } } } }'))],
  ['a user by its external id', [AUTHENTICATE, 'user-by-external-id'],
    () => good(client.graphql('{ viewer { user(externalId: "person") { key license { issuedAt } } } }'))],
  ['a page of invoices', [AUTHENTICATE, 'invoices-of-client'],
    () => good(prepaid.graphql('{ viewer { invoices(first: 100) { nodes { number total { amount } period { from } url } pageInfo { hasNextPage } } } }'))],
  ['a page of invoices and the number of all', [AUTHENTICATE, 'invoices-of-client-status', 'count-invoices-of-client-status'],
    () => good(prepaid.graphql('{ viewer { invoices(status: ISSUED) { totalCount nodes { number } } } }'))],
  ['an invoice by its id', [AUTHENTICATE, 'invoices-by-id'],
    () => good(prepaid.graphql('query ($id: ID!) { node(id: $id) { ... on Invoice { number } } }', { id: invoiceId }))],
  ['the invoice of a license', [AUTHENTICATE, 'user-by-external-id', 'invoices-of-licenses'],
    () => good(postpaid.graphql('{ viewer { user(externalId: "person") { license { invoice { number } } } } }'))],
  ['ordering licenses', [...ordering, 'invoice-number', 'invoice-insert', 'audit-insert', 'commit'],
    () => createInvoice(prepaid, { licenses: 1, idempotencyKey: ORDER })],
  ['repeating that order', [...ordering, 'invoice-by-idempotency-key', 'commit'],
    () => createInvoice(prepaid, { licenses: 1, idempotencyKey: ORDER })],
  ['ordering what is refused', [...ordering, 'commit'], () => createInvoice(prepaid, {})],
  ['invoicing a period', [...ordering, 'invoice-bill-licenses', 'invoice-number', 'invoice-insert', 'audit-insert', 'commit'],
    () => createInvoice(postpaid, { period: LATELY })],
  ['cancelling an invoice', [AUTHENTICATE, BEGIN, 'billing-lock-client', 'invoices-by-id', 'invoice-cancel', 'audit-insert', 'commit'],
    () => cancelInvoice(prepaid, invoiceId)],
  ['a page of users', [AUTHENTICATE, 'users-of-client'],
    () => viewer('users(first: 100) { nodes { key externalId license { issuedAt } } pageInfo { hasNextPage } }')],
  ['a page of users with their number', [AUTHENTICATE, 'users-of-client', 'count-users'],
    () => viewer('users { nodes { key } totalCount }')],
  ['a page of users who have completed one test and not another', [AUTHENTICATE, 'users-of-client-completed-lacking'],
    () => viewer('users(filter: { completed: ["paid"], notCompleted: ["bonus"] }) { nodes { key } }')],
  ['users with their results and the number of them', [AUTHENTICATE, 'users-of-client', 'user-results-of-client', 'count-user-results-of-client'],
    () => viewer('users { nodes { results { nodes { key } totalCount } } }')],
  ['users with the same results under two names', [AUTHENTICATE, 'users-of-client', 'user-results-of-client'],
    () => viewer('users { nodes { a: results { nodes { key } } b: results { nodes { savedAt } } } }')],
  ['users with the reports and the answers of their results',
    [AUTHENTICATE, 'users-of-client', 'user-results-of-client', 'results-by-key'],
    () => viewer('users(first: 5) { nodes { results { nodes { report { sum } answers { values } } } } }')],
  ['a page of results', [AUTHENTICATE, 'results-of-client'], () => viewer('results { nodes { key savedAt attachedAt test { slug } } }')],
  ['the statistics of a user by its external id', [AUTHENTICATE, 'user-by-external-id', 'user-statistics'],
    () => viewer('user(externalId: "person") { statistics { resultCount byTest { latest { user { externalId } } } } }')],
  ['the use of tests', [AUTHENTICATE, 'test-usage'], () => viewer('testUsage { test { name } results users }')],
  ['attaching', [AUTHENTICATE, ...ledger], async () => client.attach(free, randomUUID())],
  ['repeating an attachment', [AUTHENTICATE, ...ledger.filter((name) => !['ledger-write', 'results-give'].includes(name))],
    async () => client.attach(attached, 'person')],
  ['checking an attachment',
    [AUTHENTICATE, SNAPSHOT, 'ledger-read-client', 'ledger-read-results', 'ledger-read-users', 'commit'],
    async () => client.check(attached, 'person')],
  ['registering a user', [AUTHENTICATE, ...ledger.filter((name) => !['ledger-lock-results', 'results-give'].includes(name))], async () => client.register(randomUUID())],
  ['issuing an access token', [AUTHENTICATE, 'access-token-insert'], async () => tokenOf(client)],
  ['saving with a token', ['access-token-of-client', BEGIN, 'access-token-use', 'result-insert', 'commit'], () => save(SAVED, {}, tokens[0])],
  ['repeating that save', ['access-token-of-client', 'result-of-repeat'], () => save(SAVED, {}, tokens[0])],
  ['saving with a token answers that do not fit', ['access-token-of-client'],
    () => save('... on Problem { code }', { answers: [] }, tokens[1])],
  ['saving with a token that is bound to a user',
    ['access-token-of-client', ...ledgerAfterSaving], () => save(SAVED, {}, tokens[2])],
  ['repeating that one', ['access-token-of-client', 'result-of-repeat'], () => save(SAVED, {}, tokens[2])],
  ['listing keys', [AUTHENTICATE, 'client-keys-living'], () => good(client.graphql('{ viewer { keys { hint current } } }'))],
  ['replacing a key', [AUTHENTICATE, ...keyChange, 'client-key-end', 'client-key-insert', 'audit-insert', 'commit'],
    async () => rotate(server.url, client.key)],
  ['a page of the audit log', [AUTHENTICATE, 'audit-of-client'],
    () => good(client.graphql('{ viewer { auditLog(first: 100) { nodes { id at actor keyHint action details } pageInfo { hasNextPage } } } }'))],
  ['the length of the audit log with it', [AUTHENTICATE, 'audit-of-client', 'audit-count'],
    () => good(client.graphql('{ viewer { auditLog { totalCount nodes { id } } } }'))],
  ['erasing a user', [AUTHENTICATE, BEGIN, 'client-lock', 'user-by-external-id', 'erasure-write', 'erasure-empty-result', 'audit-insert', 'commit'],
    () => good(client.graphql('mutation { eraseUser(input: { userId: "erased" }) { ... on EraseUserSuccess { results } } }'))],
  ['erasing nobody', [AUTHENTICATE, BEGIN, 'client-lock', 'users-by-key', 'commit'],
    () => good(client.graphql('mutation ($key: UUID!) { eraseUser(input: { key: $key }) { __typename } }', { key: randomUUID() }))],
];
/** Operations that send statements at the same time, in whichever order. */
const parallel: readonly Row[] = [
  ['users with their last results and statistics', [AUTHENTICATE, 'users-of-client', 'user-statistics', 'user-results-of-client'],
    () => viewer(`users(first: 20) { nodes { externalId
      results(first: 3) { nodes { key test { name } user { externalId } reportAvailability } }
      statistics { resultCount remainingTests byTest { test { name } latest { key } } availableTests { nodes { slug } totalCount } } } }`)],
  ['a page of results with their users and reports', [AUTHENTICATE, 'results-of-client', 'results-by-key', 'users-by-key'],
    () => viewer('results { nodes { user { externalId } report { sum } } }')],
];

describe('the statements of', () => {
  it.each(parallel)('%s are, in some order, %j', async (_operation, statements, run) => {
    expect((await statementsOf(run)).sort()).toEqual([...statements].sort());
  });

  it.each(table)('%s are %j', async (_operation, statements, run) => {
    expect(await statementsOf(run)).toEqual(statements);
  });

  it('many results in one request are as many as of one', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => server.save('paid')));
    await Promise.all(keys.slice(0, 10).map((key, index) => client.attach(key, `reader ${index}`)));
    const fields = keys.map((key, index) => `r${index}: result(key: "${key}") { report { sum } user { externalId } }`);
    const sent = await statementsOf(() => good(client.graphql(`{ ${fields.join(' ')} }`)));
    expect(sent).toEqual([AUTHENTICATE, 'results-by-key', 'users-by-key']);
  });

  it('the invoices of the licenses of many users are as many as of one', async () => {
    const users = await Promise.all(Array.from({ length: 20 }, async (_, index) => (await postpaid.register(`payer ${index}`)).user.id));
    await createInvoice(postpaid, { period: LATELY });
    const fields = users.map((id, index) => `u${index}: node(id: "${id}") { ... on User { license { invoice { number } } } }`);
    const sent = await statementsOf(() => good(postpaid.graphql(`{ ${fields.join(' ')} }`)));
    expect(sent).toEqual([AUTHENTICATE, 'users-by-key', 'invoices-of-licenses']);
  });

  it('a dashboard are six: usage, twenty users with their last results and statistics, open invoices', async () => {
    const DASHBOARD = [AUTHENTICATE, 'invoices-of-client-status', 'license-usage', 'user-results-of-client', 'user-statistics', 'users-of-client'];
    const busy = await server.client({ ...billingDetails, licenseLimit: 20 });
    await createInvoice(busy, { licenses: 30 });
    const dashboard = async (first: number): Promise<string[]> => (await statementsOf(() => good(busy.graphql(`{ viewer {
      licenseUsage { issued limit remaining exhaustedAt issuedInPeriod series { start issued } }
      invoices(status: ISSUED) { nodes { number total { amount } dueAt url } }
      users(first: ${first}) { nodes { externalId
        results(first: 3) { nodes { key attachedAt test { name } user { externalId } } }
        statistics { resultCount firstResultAt lastResultAt remainingTests byTest { test { name } results latest { key savedAt } } } } } } }`)))).sort();
    await busy.attach(await server.save('free'), 'user 0');
    expect(await dashboard(1)).toEqual(DASHBOARD);
    for (let user = 1; user < 20; user += 1) {
      for (const test of ['free', 'paid']) await busy.attach(await server.save(test), `user ${user}`);
    }
    expect(await dashboard(20)).toEqual(DASHBOARD);
  });

  it('fifty attachments of one client at the same time are those of a few', async () => {
    const keys = await Promise.all(Array.from({ length: 50 }, () => server.save('free')));
    // Somebody holds the client, as another server would, until all fifty are there.
    const holder = new pg.Client({ connectionString: server.databaseUrl });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select 1 from client where id = $1 for update', [client.id]);
    let outcomes: Json[] = [];
    const sent = await statementsOf(async (seen) => {
      const attachments = keys.map((key, index) => client.attach(key, `one of fifty ${index}`));
      await until('all fifty are there', async () => /^testodrom_http_requests_under_way 50$/m.test(await server.app.services.metrics.text()));
      // Whose key it is they ask together.
      await until('all are known to the server', () => seen.filter((statement) => statement === AUTHENTICATE).length >= 2);
      await holder.end();
      outcomes = await Promise.all(attachments);
    });
    expect(outcomes.map(({ __typename }) => __typename)).toEqual(keys.map(() => 'AttachResultSuccess'));
    const batches = sent.filter((statement) => statement === BEGIN).length;
    expect(batches).toBeGreaterThan(1);
    expect(batches).toBeLessThanOrEqual(5);
    expect(sent.filter((statement) => statement !== AUTHENTICATE).length).toBeLessThanOrEqual(batches * ledger.length);
  });
});
