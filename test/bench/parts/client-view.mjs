// Measures what a client sees of its own when it is large: one client of 100,000 users and 300,000 results among twenty.
// Every query is asked of it and of a client with 1,000 users in turn, so that only their ratio counts. The number of
// statements and the absence of sequential scans are checked; times are printed with what they should stay under.
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '../../../dist/app.js';
import { createClient, rebuildLicenseUsage } from '../../../dist/clients/index.js';
import { loadConfig } from '../../../dist/config.js';
import { PLAN_ONCE } from '../../../dist/database/planned-once-client.js';

/** The one of the server: in this folder the name means that of the contenders. */
const pg = createRequire(new URL('../../../dist/app.js', import.meta.url))('pg');

const CLIENTS = 20;
const USERS = { large: 100_000, small: 1_000 };
const RESULTS_OF_A_USER = 3;
/** What was noted and invoiced of the large client long ago. */
const OLD_AUDIT_LINES = 2_000;
const OLD_INVOICES = 1_000;
const DAYS = 365;
const ROUNDS = 60;
/** A table of fewer rows is read whole by right. */
const SMALL_TABLE = 1_000;

const period = `period: { from: "${daysAgo(DAYS - 1)}", to: "${daysAgo(0)}" }`;
const person = 'externalId registeredAt';
const users = `users(first: 20) { nodes { ${person} results(first: 3) { nodes { key attachedAt test { slug } } }
  statistics { resultCount lastResultAt remainingTests byTest { test { slug } results lastAt latest { key } } } } }`;
/** What is asked, with the most statements that it may take and the most times that a large client may wait longer. */
const queries = {
  'license usage of a year by months': [`licenseUsage(${period}) { issued issuedInPeriod exhaustedAt series { start issued } }`, 2, 1.3],
  'license usage of a year by days': [`licenseUsage(${period}, interval: DAY) { series { start issued } }`, 2, 1.3],
  'a page of users': [`users(first: 20) { nodes { ${person} } }`, 2, 1.3],
  'a page of users with results': [users, 4, 1.3],
  'a later page of users, backwards': [`users(last: 20) { nodes { ${person} } }`, 2, 1.3],
  'a page of results': ['results(first: 20) { nodes { key attachedAt user { externalId } } }', 3, 1.3],
  'results of one test': ['results(first: 20, filter: { test: "work-values" }) { nodes { key attachedAt } }', 2, 1.3],
  'users by prefix': ['users(first: 20, filter: { externalIdPrefix: "person-77" }) { nodes { externalId } }', 2, null],
  'users who completed a test': ['users(first: 20, filter: { completed: ["work-values"] }) { nodes { externalId } }', 2, null],
  'users who did not': ['users(first: 20, filter: { notCompleted: ["work-values"] }) { nodes { externalId } }', 2, null],
  'one user with statistics': [`user(externalId: "person-500") { ${person} statistics { resultCount } results { nodes { key } } }`, 4, 1.3],
  'number of users': ['users(first: 1) { totalCount }', 3, 1.3],
  'number of results': ['results(first: 1) { totalCount }', 3, null],
  'usage of tests in a year': [`testUsage(${period}) { test { slug } results users }`, 2, null],
  'a page of invoices': ['invoices(first: 20) { nodes { number status total { amount } } }', 2, 1.3],
  'a page of the audit log': ['auditLog(first: 20) { nodes { at action } }', 2, 1.3],
  'a dashboard': [`licenseUsage { issued remaining series { start issued } } ${users} invoices(status: ISSUED) { nodes { number dueAt } }`, 6, 1.3],
};

/** Those that were made, the large one first, then one like all the others. */
const clients = [];

function daysAgo(days) {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

async function measure() {
  const { database } = app.services;
  const seconds = await timeOf(() => seed(database));
  console.log(`seeded in ${(seconds / 1000).toFixed(0)} s: ${CLIENTS} clients, the first with ${USERS.large} users\n`);
  const [large, small] = clients;
  const rows = [['what', 'statements', 'large', 'small', 'ratio', 'should be under']];
  const plans = new Map();
  const failures = [];
  for (const [what, [fields, statements, limit]] of Object.entries(queries)) {
    const sent = await statementsOf(() => ask(large, fields));
    for (const one of sent) plans.set(one.name ?? one.text, one);
    if (sent.length === 0 || sent.length > statements) failures.push(`${what}: ${sent.length} statements, from 1 to ${statements} are allowed`);
    const times = { large: [], small: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      times.large.push(await timeOf(() => ask(large, fields)));
      times.small.push(await timeOf(() => ask(small, fields)));
    }
    const [slow, fast] = [median(times.large), median(times.small)];
    rows.push([what, String(sent.length), `${slow.toFixed(1)} ms`, `${fast.toFixed(1)} ms`, (slow / fast).toFixed(2), limit === null ? '' : `${limit}${slow / fast > limit ? '  over' : ''}`]);
  }
  for (const row of rows) console.log(row.map((cell, column) => cell.padEnd([36, 12, 11, 11, 8, 0][column])).join('').trimEnd());
  await onConnection(database, async (connection) => {
    const { rows: tables } = await connection.query('select relname, reltuples from pg_class');
    const sizes = new Map(tables.map(({ relname, reltuples }) => [relname, reltuples]));
    await connection.query('set plan_cache_mode = force_generic_plan');
    for (const one of plans.values()) failures.push(...(await scansOf(connection, sizes, one)));
  });
  console.log(`\n${plans.size} statements explained`);
  if (failures.length > 0) throw new Error(failures.join('\n'));
}

/** Makes clients with keys, and their users with licenses and results by SQL: each user has a result of each bundled test. */
async function seed(database) {
  await onConnection(database, (connection) => seedThrough(database, (text, values) => connection.query(text, values)));
}

async function seedThrough(database, run) {
  for (let index = 0; index < CLIENTS; index += 1) {
    const { client, key } = await createClient(database, {
      name: `Client ${index}`, slug: `client-${index}`, payment: 'postpaid', licensePolicy: 'unlimited',
      price: '1500', buyerName: 'Buyer', buyerInn: '500100732259', buyerKpp: '',
    });
    clients.push({ id: client.id, key });
    await run(SEED_USERS, [client.id, index === 0 ? USERS.large : USERS.small, DAYS]);
    await run(SEED_RESULTS, [client.id, RESULTS_OF_A_USER]);
    await run('update client set licenses_issued = (select count(*) from license where client_id = $1) where id = $1', [client.id]);
    await rebuildLicenseUsage(database, `client-${index}`);
    for (let month = 11; month > 0; month -= 1) {
      await ask({ key }, `createInvoice(input: { period: { from: "${daysAgo(month * 30 + 29)}", to: "${daysAgo(month * 30)}" } }) { __typename }`, 'mutation');
    }
  }
  await run(SEED_AUDIT, [clients[0].id, OLD_AUDIT_LINES, DAYS]);
  await run(SEED_INVOICES, [clients[0].id, OLD_INVOICES, DAYS]);
  await run('vacuum analyze');
}

const SEED_USERS = `
  with person as (
    select uuidv7(at - now()) as id, 'person-' || number as name, date_trunc('milliseconds', at) as at
      from (select number, now() - (number::float8 / $2::int) * $3::int * interval '1 day' as at from generate_series(1, $2::int) as number) as day
  ), new_user as (
    insert into client_user (client_id, id, external_id, registered_at) select $1::uuid, id, name, at from person
  )
  insert into license (client_id, user_id, issued_at, payment_policy) select $1::uuid, id, at, 'POSTPAID' from person`;

const SEED_RESULTS = `
  insert into result (id, test_id, revision_number, answers, calculation, saved_at, client_id, user_id, attached_at)
  select uuidv7(u.registered_at - now()), t.id, 1, '[["1",["4"]]]', json_build_object('filler', repeat('x', 1500)),
         u.registered_at, u.client_id, u.id, u.registered_at
    from client_user u
    cross join (select id from test order by slug limit $2::int) t
   where u.client_id = $1`;

const SEED_AUDIT = `
  insert into audit_entry (client_id, id, at, actor, action, details)
  select $1::uuid, uuidv7(at - now()), at, 'COMMAND_LINE', 'CLIENT_CHANGED', '{}'
    from (select date_trunc('milliseconds', now() - ($3::int + number) * interval '1 day') as at from generate_series(1, $2::int) as number) as day`;

/** Copies of one invoice, as if it had been cancelled again and again. */
const SEED_INVOICES = `
  insert into invoice (client_id, id, year, sequence, document_key, status, payment_policy, licenses, unit_price, total, vat, vat_rate,
                       issued_at, due_at, cancelled_at, period_from, period_to, seller, buyer)
  select client_id, uuidv7(issued_at - now() - number * interval '1 day'), 2000, number, gen_random_uuid(), 'CANCELLED', payment_policy, licenses,
         unit_price, total, vat, vat_rate, issued_at - ($3::int + number) * interval '1 day', due_at, due_at, period_from, period_to, seller, buyer
    from (select * from invoice where client_id = $1 limit 1) as i cross join generate_series(1, $2::int) as number`;

async function ask({ key }, fields, kind = 'query') {
  const response = await fetch(app.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: kind === 'query' ? `{ viewer { ${fields} } }` : `mutation { ${fields} }` }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors[0].message);
  return data;
}

async function onConnection({ connection }, work) {
  const client = new pg.Client('url' in connection ? { connectionString: connection.url } : connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function timeOf(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(times) {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
}

/** What was sent to PostgreSQL while the work was done. */
async function statementsOf(work) {
  const sent = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function counted(...args) {
    // Whoever happens to need a new connection.
    if (args[0] !== PLAN_ONCE) sent.push(typeof args[0] === 'string' ? { text: args[0], values: [] } : args[0]);
    return query.apply(this, args);
  };
  await work().finally(() => { pg.Client.prototype.query = query; });
  return sent;
}

/** The sequential scans of large tables in the plan of a statement for any values, which is the one that requests get. */
async function scansOf(explainer, sizes, { name, text, values }) {
  if (name === undefined) return [];
  await explainer.query(`prepare ${explainer.escapeIdentifier(name)} as ${text}`);
  const nothing = values.length === 0 ? '' : `(${values.map(() => 'null').join(', ')})`;
  const { rows } = await explainer.query(`explain (format json) execute ${explainer.escapeIdentifier(name)}${nothing}`);
  return scannedIn(rows[0]['QUERY PLAN'][0].Plan).filter((table) => sizes.get(table) > SMALL_TABLE).map((table) => `${name} scans ${table}`);
}

function scannedIn(plan) {
  const here = plan['Node Type'] === 'Seq Scan' ? [plan['Relation Name']] : [];
  return [...here, ...(plan.Plans ?? []).flatMap(scannedIn)];
}

const dataDir = await mkdtemp(join(tmpdir(), 'testodrom-bench-'));
// An exempt seller, whose periods may go over any change of VAT.
const app = await startApp(loadConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error', SELLER_VAT: 'none' }));
try {
  await measure();
} finally {
  await app.close();
  await rm(dataDir, { recursive: true, force: true });
}
