import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { payInvoice } from '../../src/billing/index.js';
import { planDistribution } from '../../src/database/distribution/index.js';
import { layout, type Placement } from '../../src/database/distribution/layout.js';
import { misnoted } from '../setup/attachments.js';
import { billingDetails, createInvoice, invoicesOf } from '../setup/billing.js';
import type { FreshDatabase } from '../setup/fresh-database.js';
import { miscounted } from '../setup/issue-licenses.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';
import { startTestServer } from '../setup/test-server.js';
import { problemsOf } from './distribution-rule.js';

let test: OpenDatabase;
/** One connection, so that what a test breaks can be rolled back. */
let client: pg.Client;
const sql: FreshDatabase['sql'] = async <Row extends object>(text: string, values: readonly unknown[] = []) => (await client.query<Row>(text, [...values])).rows;
beforeAll(async () => {
  test = await openTestDatabase();
  client = new pg.Client({ connectionString: test.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await test.close();
});

const opened: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const one of opened) await one.close();
});

describe('a migrated database', () => {
  it('cannot be spread as it is, and what prepares it mends all of that', async () => {
    const { preparing } = await planDistribution(test.database);
    expect(await problemsOf(sql, layout)).toEqual(expect.arrayContaining([
      'client: client_slug_unique is unique over several machines',
      'client_user: client_user_client_id_id_foreign is put off by "set constraints", which stays on one machine',
      'license: license_client_id_user_id_foreign changes client_id on update',
      'result: result_client_id_user_id_foreign leads to client_user, which lies elsewhere',
      'result: has the trigger result_note_attachment',
    ]));
    for (const statement of preparing) await sql(statement);
    expect(await problemsOf(sql, layout)).toEqual([]);
  });

  it('is spread in an order in which each table finds those that it lies with, and gets its foreign keys back', async () => {
    const unprepared = await openTestDatabase();
    opened.push(unprepared);
    const { spreading } = await planDistribution(unprepared.database);
    const calls = spreading.filter((statement) => statement.startsWith('select '));
    expect(calls.slice(0, 6)).toEqual([
      ...['test', 'test_revision', 'question', 'question_option'].map((table) => `select create_reference_table('${table}')`),
      "select create_distributed_table('client', 'id', colocate_with => 'none')",
      "select create_distributed_table('access_token', 'client_id', colocate_with => 'client')",
    ]);
    expect(calls.at(-1)).toBe("select create_distributed_table('result', 'id', colocate_with => 'none')");
    expect(calls).toHaveLength(Object.values<Placement>(layout).filter((place) => place !== 'ONE_MACHINE').length);
    const keysIn = (part: readonly string[], word: string) => part.flatMap((statement) => new RegExp(`^alter table (\\S+ ${word} constraint \\S+)`).exec(statement)?.[1] ?? []);
    const [dropped, added] = [keysIn(spreading, 'drop'), keysIn(spreading, 'add')];
    expect(added.map((key) => key.replace(' add ', ' drop '))).toEqual(dropped);
    expect(dropped).toHaveLength((await sql("select from pg_constraint where contype = 'f'")).length);
    expect(spreading.filter((statement) => statement.startsWith('CREATE TRIGGER')).map((statement) => statement.split(' ')[2]))
      .toEqual(['audit_entry_is_not_emptied', 'audit_entry_only_grows']);
  });
});

describe('the rule', () => {
  async function problemsAfter(statements: readonly string[], places: Readonly<Record<string, Placement>> = layout): Promise<string[]> {
    await sql('begin');
    try {
      for (const statement of statements) await sql(statement);
      return await problemsOf(sql, places);
    } finally {
      await sql('rollback');
    }
  }

  it.each([
    ['a unique constraint without the column', ['alter table invoice add constraint i unique (due_at)'], 'invoice: i is unique over several machines'],
    ['a unique index that only carries it', ['create unique index i on license (user_id) include (client_id)'], 'license: i is unique over several machines'],
    ['a unique index of an expression', ['create unique index i on client (lower(id::text))'], 'client: i is unique over several machines'],
    ['a primary key without it', ['alter table audit_entry drop constraint audit_entry_pkey, add primary key (id)'], 'audit_entry: audit_entry_pkey is unique over several machines'],
    ['a column that may be null', ['alter table attachment drop constraint attachment_pkey', 'alter table attachment alter client_id drop not null'], 'attachment: client_id may be null'],
    ['a column that is not there', ['alter table license_usage_day drop client_id'], 'license_usage_day: has no column client_id'],
    ['a column that is calculated', ['alter table audit_entry drop client_id', 'alter table audit_entry add client_id uuid not null generated always as (id) stored'], 'audit_entry: client_id is generated'],
    ['a column of another type than where it lies with', [
      'alter table audit_entry drop constraint audit_entry_client_id_foreign', 'alter table audit_entry alter client_id type text',
    ], 'audit_entry: client_id is text, but uuid in client'],
    ['a foreign key to where the row does not lie', ['alter table attachment add constraint f foreign key (result_id) references result (id)'], 'attachment: f leads to result, which lies elsewhere'],
    ['a foreign key without the column', [
      'create unique index u on invoice (id, client_id)', 'alter table access_token add constraint f foreign key (id, test_id) references invoice (id, client_id)',
    ], 'access_token: f leads to invoice without client_id'],
    ['a foreign key with the column at another place', [
      'create unique index u on license (user_id, client_id)', 'alter table attachment add constraint f foreign key (client_id, user_id) references license (user_id, client_id)',
    ], 'attachment: f leads to license without client_id'],
    ['a foreign key from everywhere', ['alter table test add constraint f foreign key (id) references result (id) not valid'], 'test: f leads from where EVERYWHERE lies to result'],
    ['a foreign key from one machine', ['alter table rate_limit add client uuid references client (id)'], 'rate_limit: rate_limit_client_fkey leads from where ONE_MACHINE lies to client'],
    ['on update cascade', ['alter table access_token add constraint f foreign key (client_id) references client (id) on update cascade'], 'access_token: f changes client_id on update'],
    ['on delete set null', ['alter table access_token add constraint f foreign key (client_id) references client (id) on delete set null'], 'access_token: f changes client_id on delete'],
    ['a check that is put off at will', ['alter table access_token add constraint f foreign key (client_id) references client (id) deferrable'], 'access_token: f is put off by "set constraints", which stays on one machine'],
    ['a trigger', ['create trigger t before insert on question for each row execute function suppress_redundant_updates_trigger()'], 'question: has the trigger t'],
    ['a table without a place', ['create table extra (id uuid primary key)'], 'extra: has no place'],
  ])('reports %s', async (_, statements, problem) => {
    expect(await problemsAfter(statements)).toContain(problem);
  });

  it('reports a place without a table', async () => {
    expect(await problemsAfter([], { ...layout, extra: 'EVERYWHERE' })).toEqual(['extra: is no table']);
  });

  it.each([
    [['alter table invoice add constraint i unique (due_at, client_id)']],
    [['alter table invoice add constraint f foreign key (client_id, id) references invoice (client_id, id) deferrable initially deferred']],
    [['alter table result add constraint f foreign key (test_id) references test (id) on update cascade on delete set null']],
    [['create trigger t before update on rate_limit for each row execute function suppress_redundant_updates_trigger()', 'create unique index i on rate_limit (points)']],
  ])('allows %j', async (statements) => {
    expect(await problemsAfter(statements)).toEqual([]);
  });
});

describe('a prepared database', () => {
  it('serves as before', async () => {
    const server = await startTestServer();
    opened.push(server);
    const { preparing } = await planDistribution(server.app.services.database);
    const school = await server.client(billingDetails);
    const results = [await server.save('free'), await server.save('paid')];
    for (const statement of preparing) await server.sql(statement);
    const { url } = await server.another();

    const calls = school.at(url);
    const [attached, replayed] = [await calls.attach(results[0]!, 'anna'), await calls.attach(results[0]!, 'anna')];
    expect([attached, replayed]).toMatchObject([{ licenseIssued: true, replayed: false }, { replayed: true }]);
    expect(await calls.attach(results[1]!, 'boris')).toMatchObject({ __typename: 'AttachResultSuccess', licenseIssued: true });
    const { data } = await calls.graphql('{ viewer { licenseUsage { issued } results(first: 5) { totalCount nodes { key } } users(first: 5) { totalCount } } }');
    expect(data.viewer).toMatchObject({ licenseUsage: { issued: 2 }, results: { totalCount: 2 }, users: { totalCount: 2 } });
    const erased = await calls.graphql('mutation { eraseUser(input: { userId: "boris" }) { __typename } }');
    expect(erased.data.eraseUser).toEqual({ __typename: 'EraseUserSuccess' });
    expect(await miscounted(server)).toEqual([]);
    expect(await misnoted(server)).toEqual([]);
    const { invoice } = await createInvoice(calls, { licenses: 3 });
    await payInvoice({ database: server.app.services.database, now: () => new Date() }, invoice.number);
    expect(await invoicesOf(calls)).toMatchObject([{ number: invoice.number, status: 'PAID' }]);
    expect(await calls.register('vera')).toMatchObject({ __typename: 'RegisterUserSuccess', licenseUsage: { issued: 3, limit: 13 } });
  });
});
