import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findUserByKey } from '../../src/clients/index.js';
import { daysAfter, dayIn } from '../../src/kernel/period.js';
import { billingDetails, createInvoice } from '../setup/billing.js';
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
  // An exempt seller, whose periods may go over any change of VAT.
  server = await startTestServer({ SELLER_VAT: 'none' });
  client = await server.client({ payment: 'postpaid', ...billingDetails });
  await addManyUsers(server, client.id, LARGE);
  for (let others = 1; others < 20; others += 1) {
    await addManyUsers(server, (await server.client({ payment: 'postpaid' })).id, SMALL);
  }
  await addHistory();
  // As autovacuum would: the planner knows the tables, and what of them an index alone can tell.
  await server.sql('vacuum analyze');
});
afterAll(() => server.close());

/** Gives every client invoices, licenses that they charge for, but half of those of the large one, and an audit log. */
async function addHistory(): Promise<void> {
  await server.sql(`
    insert into invoice (client_id, id, year, sequence, document_key, status, payment_policy, licenses, unit_price, total,
                         issued_at, due_at, paid_at, period_from, period_to, seller, buyer)
    select c.id, gen_random_uuid(), 2000, row_number() over (), gen_random_uuid(),
           case when n <= 20 then 'ISSUED' else 'PAID' end, 'POSTPAID', 1, 1, 1, paid.at, paid.at, case when n > 20 then paid.at end,
           '2026-01-01', '2026-01-01', jsonb_build_object('name', repeat('seller ', 20)), jsonb_build_object('name', repeat('buyer ', 20))
      from client c
     cross join generate_series(1, 200) as n
     cross join lateral (select timestamptz '2026-01-01' + n * interval '1 hour' as at) as paid`);
  await server.sql(`
    insert into invoice_license (client_id, user_id, invoice_id)
    select l.client_id, l.user_id, i.id
      from (select *, row_number() over (partition by client_id order by user_id) as place from license) as l
      join (select *, row_number() over (partition by client_id order by id) as place from invoice) as i
        on i.client_id = l.client_id and i.place = 1 + l.place % 200
     where l.client_id <> $1 or l.place % 2 = 0`, [client.id]);
  await server.sql(`
    insert into audit_entry (client_id, id, at, actor, action, details)
    select c.id, gen_random_uuid(), timestamptz '2026-01-01' + n * interval '1 hour', 'PLATFORM', 'CLIENT_CHANGED', '{"name": {"from": "a", "to": "b"}}'
      from client c
     cross join generate_series(1, 1000) as n`);
}

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
const histories = [
  ...PAGES.flatMap((page) => [
    [`invoices, ${page}`, `invoices(${page}) { nodes { number } }`],
    [`invoices by status, ${page}`, `invoices(${page}, status: ISSUED) { nodes { number } }`],
    [`the audit log, ${page}`, `auditLog(${page}) { nodes { at details } }`],
  ]),
  ['the number of invoices', 'invoices(first: 1) { totalCount }'],
  ['the number of invoices by status', 'invoices(first: 1, status: ISSUED) { totalCount }'],
  ['the length of the audit log', 'auditLog(first: 1) { totalCount }'],
  ['the invoices of licenses', 'users(first: 100) { nodes { license { invoice { number } } } }'],
];

describe('the plan', () => {
  it.each([...lists, ...counts, ...statistics, ...histories])('of %s reads no large table from end to end', async (_what, query) => {
    const tables = await tablesReadByIndex(async () => {
      expect((await client.graphql(`{ viewer { ${query} } }`)).errors).toBeUndefined();
    });
    expect(tables.some((table) => ['client_user', 'attachment', 'invoice', 'audit_entry'].includes(table))).toBe(true);
  });

  it('of a user by USER_KEY alone reads no large table from end to end, and goes through no client after another', async () => {
    const [user] = await server.sql<{ key: string }>('select id as key from client_user where client_id = $1 limit 1', [client.id]);
    const find = async (): Promise<void> => {
      expect(await findUserByKey(server.app.services.database, user!.key)).toMatchObject({ clientId: client.id });
    };
    expect((await tablesReadByIndex(find)).sort()).toEqual(['client_user', 'license']);
    // The primary key, which begins with the client, would be skipped through client by client.
    const [sent] = await namedQueriesOf(find);
    expect(JSON.stringify(await server.sql(`explain ${sent!.text}`, sent!.values))).toContain('using client_user_key on client_user');
  });

  // Changes what the others read, so it is the last.
  it.each([2, 400])('of the order of a period of %i days reads no large table from end to end', async (days) => {
    const to = dayIn('Europe/Moscow', new Date());
    const tables = await tablesReadByIndex(async () => {
      const order = { period: { from: daysAfter(to, 1 - days), to } };
      expect(await createInvoice(client, order)).toMatchObject({ __typename: 'CreateInvoiceSuccess' });
    });
    expect(tables).toEqual(expect.arrayContaining(['license', 'invoice', 'invoice_license']));
  });
});

/** The tables that the statements of some work read; none that is large is read from end to end. */
async function tablesReadByIndex(work: () => Promise<void>): Promise<string[]> {
  const tables = new Set<string>();
  for (const sent of (await namedQueriesOf(work)).filter(({ name }) => name !== 'clients-by-key')) {
    expect(sent.name.length).toBeLessThanOrEqual(NAME_LENGTH);
    for (const [kind, scans] of Object.entries(await scansOf(server.databaseUrl, sent))) {
      Object.keys(scans).forEach((table) => tables.add(table));
      const sequential = Object.keys(scans).filter((table) => !SMALL_TABLES.includes(table) && scans[table]!.includes('Seq Scan'));
      expect({ statement: sent.name, kind, sequential }).toEqual({ statement: sent.name, kind, sequential: [] });
    }
  }
  return [...tables];
}
