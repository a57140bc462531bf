import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Database, migrate } from '../../src/database/index.js';
import { migrations } from '../../src/database/migrations/index.js';
import { LongMigration, Migration } from '../../src/database/migrations/migration.js';
import { entities } from '../../src/entities.js';
import { OperatorError } from '../../src/kernel/operator-error.js';
import { misnoted } from '../setup/attachments.js';
import { miscounted } from '../setup/issue-licenses.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';
import { ask, cleanUp, runServer, startServer } from '../setup/processes.js';
import { callsAt, startTestServer, type TestServer } from '../setup/test-server.js';
import { insertOldRows, OLD_ATTACHED, OLD_CLIENT, OLD_FREE, OLD_KEY, storedRows } from './old-rows.js';

const all = migrations.map(({ name }) => name);
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});
afterAll(cleanUp);

function toClose<T extends { close(): Promise<void> }>(one: T): T {
  opened.push(one);
  return one;
}

/** A database of a state of the schema, with rows in all its tables. */
async function databaseAt(state: string): Promise<OpenDatabase> {
  const test = toClose(await openTestDatabase({ empty: true }));
  await test.database.orm.migrator.up({ to: state });
  await insertOldRows(test);
  return test;
}

const REPORT = 'query ($key: ID!) { result(key: $key) { reportAvailability report { scales { sum percentage } } } }'.replace('ID!', 'UUID!');

/** Today's code serves to those who were there before. */
async function expectService(url: string): Promise<void> {
  const report = async (key: string) => (await ask(url, REPORT, { key })).data.result;
  const available = { reportAvailability: 'AVAILABLE', report: { scales: [{ sum: 1, percentage: 25 }] } };
  expect(await report(OLD_ATTACHED)).toEqual(available);
  const client = callsAt(url, OLD_KEY);
  expect(await client.attach(OLD_FREE, 'anna')).toMatchObject({ __typename: 'AttachResultSuccess', licenseIssued: false });
  expect(await report(OLD_FREE)).toEqual(available);
  expect(await client.register('new')).toMatchObject({ __typename: 'RegisterUserSuccess', licenseUsage: { issued: 3 } });
}

describe.each(all.slice(0, -1))('a database of the state after %s', (state) => {
  it('keeps all that it holds, and serves', async () => {
    const test = await databaseAt(state);
    const before = await storedRows(test);
    expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([]);
    expect(await migrate(test.database)).toEqual(all.slice(all.indexOf(state) + 1));

    const after = await storedRows(test);
    const kept = Object.entries(before).filter(([table]) => table in after);
    expect(after).toMatchObject(Object.fromEntries(kept.map(([table, rows]) => [table, expect.arrayContaining(rows.map((row) => expect.objectContaining(row)))])));
    for (const [table, rows] of kept) expect([table, after[table]!.length]).toEqual([table, rows.length]);
    expect(after['test_revision']).toMatchObject([{ authors: [{ slug: 'anna', name: { ru: 'Анна' }, url: null }] }]);
    expect(after['license']!.map((row) => 'payment_policy' in row && row.payment_policy)).toEqual(['POSTPAID', 'POSTPAID']);
    expect(after['license_usage_day']).toHaveLength(2);
    expect(await miscounted(test)).toEqual([]);
    expect([after['attachment']!.length, await misnoted(test)]).toEqual([1, []]);

    expect(await test.database.orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('');
    expect(await test.sql('select conname from pg_constraint where not convalidated')).toEqual([]);
    expect(await test.sql('select external_id from client_user order by external_id')).toEqual([{ external_id: 'anna' }, { external_id: 'Анна' }]);
    await expect(test.sql('delete from license')).rejects.toThrow('foreign key');
    await expect(test.sql('update result set user_id = null where user_id is not null')).rejects.toThrow('result_attached_whole');

    const server = await startServer({ DATABASE_URL: test.url });
    await expectService(server.url);
    expect((await server.stop()).code).toBe(0);
    expect(await miscounted(test)).toEqual([]);
    expect(await misnoted(test)).toEqual([]);
  });
});

const [previous, present] = all.slice(-2) as [string, string];

describe('servers', () => {
  it('that start together on the database of the version before all serve, and one brings it up to date', async () => {
    const test = await databaseAt(previous);
    const servers = await Promise.all([1, 2, 3].map(() => startServer({ DATABASE_URL: test.url })));
    expect(await test.sql('select name from schema_migration order by id')).toEqual(all.map((name) => ({ name })));
    await expectService(servers[0]!.url);
    for (const { url } of servers) {
      expect(await callsAt(url, OLD_KEY).attach(OLD_FREE, 'anna')).toMatchObject({ __typename: 'AttachResultSuccess', replayed: true });
    }
    for (const server of servers) expect((await server.stop()).code).toBe(0);
  });

  it('of the version before attach and erase without a note, and the present ones list what they did', async () => {
    const test = await databaseAt(present);
    const erased = ', answers = null, calculation = null, idempotency_key = null, request_digest = null';
    await test.sql(`update result set (client_id, user_id, attached_at) =
      (select client_id, user_id, attached_at from result where id = $1) where id = $2`, [OLD_ATTACHED, OLD_FREE]);
    expect(await misnoted(test)).toEqual([]);
    await test.sql(`update result set saved_at = saved_at ${erased} where id = $1`, [OLD_FREE]);
    expect(await misnoted(test)).toEqual([]);
    expect(await test.sql('select result_id as key, erased from attachment order by key')).toEqual([{ key: OLD_ATTACHED, erased: false }, { key: OLD_FREE, erased: true }]);
    // One that the move of the old rows had not come to yet.
    await test.sql('delete from attachment');
    await test.sql(`update result set saved_at = saved_at ${erased} where id = $1`, [OLD_ATTACHED]);
    expect(await test.sql('select erased from attachment where result_id = $1', [OLD_ATTACHED])).toEqual([{ erased: true }]);
    await test.sql('delete from schema_migration where name = $1', ['20261128-fill-attachments']);
    expect(await migrate(test.database)).toEqual(['20261128-fill-attachments']);
    expect(await misnoted(test)).toEqual([]);
  });

  it('serve on the database of a newer version, until that takes away what they need', async () => {
    const test = await databaseAt(present);
    await test.sql("insert into schema_migration (name) values ('20990101-more'), ('20990201-contract-20261125-rate-limits')");
    const server = await startServer({ DATABASE_URL: test.url });
    await expectService(server.url);
    await server.stop();
    await test.sql("insert into schema_migration (name) values ('20990301-contract-20990101-more')");
    const { code, stderr } = await runServer({ DATABASE_URL: test.url });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'The database is of a newer version, whose "20990301-contract-20990101-more" took away what this one needs: start a version that knows "20990101-more".\n',
    });
  });
});

class Note extends Migration {
  override up(): void {
    this.addSql('alter table "result" add "note" text null, add constraint "result_note_short" check (length(note) < 100) not valid');
    // It locks the other table too, which requests take first.
    this.addSql('alter table "result" add constraint "result_of_a_client" foreign key ("client_id") references "client" ("id") not valid');
  }
}

class NoteOfAll extends LongMigration {
  statements(): readonly string[] {
    return [
      `update "result" set "note" = 'old' where id in (select id from "result" where "note" is null and saved_at < now() - interval '1 day' limit 2)`,
      'drop index concurrently if exists "result_note"',
      'create index concurrently "result_note" on "result" ("note")',
      'alter table "result" validate constraint "result_note_short"',
      'alter table "result" validate constraint "result_of_a_client"',
    ];
  }
}

const samples = [{ name: '20990101-note', class: Note }, { name: '20990102-note-of-all', class: NoteOfAll }];

/** The next version, as far as its migrations go. */
async function nextVersion(url: string, list: readonly { name: string; class: typeof samples[number]['class'] }[] = samples): Promise<Database> {
  const database = toClose(await Database.open({ url }, entities, 3));
  database.orm.config.get('migrations').migrationsList!.push(...list);
  return database;
}

/** Saves and attaches until it is told to stop, and gives how long the slowest took; any failure is one of the test. */
function underLoad(server: TestServer): { stop(): Promise<number> } {
  let busy = true;
  let slowest = 0;
  const done = Promise.all([1, 2, 3, 4].map(async (place) => {
    const client = await server.client({ payment: 'postpaid' });
    for (let count = 0; busy; count += 1) {
      const start = performance.now();
      expect(await client.attach(await server.save('free'), `user ${place} ${count}`)).toMatchObject({ __typename: 'AttachResultSuccess' });
      slowest = Math.max(slowest, performance.now() - start);
    }
  }));
  return {
    async stop() {
      busy = false;
      await done;
      return slowest;
    },
  };
}

/** A transaction that has read a table and stands still, as a backup or a forgotten session does. */
async function standStill(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('begin');
  await client.query('select from result limit 1');
  return () => client.end();
}

describe('a migration', () => {
  it('is made while the version before serves, and lets its requests pass where it has to wait', async () => {
    const server = toClose(await startTestServer());
    const load = underLoad(server);
    const release = await standStill(server.databaseUrl);
    const next = await nextVersion(server.databaseUrl);
    await server.sql(`insert into result select gen_random_uuid(), r.test_id, r.revision_number, '[]', '{}', now() - interval '2 days'
      from (select test_id, number as revision_number from test_revision limit 1) r, generate_series(1, 5)`);
    const migrating = migrate(next);
    await sleep(4_000);
    expect(await server.sql("select from information_schema.columns where table_name = 'result' and column_name = 'note'")).toEqual([]);
    await release();
    expect(await migrating).toEqual(samples.map(({ name }) => name));
    const slowest = await load.stop();
    // One wait for a lock, and what the machine takes besides; not the four seconds that somebody stood still.
    expect(slowest).toBeLessThan(3_000);
    expect(await server.sql("select count(*)::int as old from result where note = 'old'")).toEqual([{ old: 5 }]);
    expect(await server.sql("select indisvalid as valid from pg_index where indexrelid = 'result_note'::regclass")).toEqual([{ valid: true }]);
    expect(await server.sql('select conname from pg_constraint where not convalidated')).toEqual([]);
    expect(await miscounted(server)).toEqual([]);
  });

  it('is given up after a while with advice, and leaves nothing half made', async () => {
    const server = toClose(await startTestServer());
    const release = await standStill(server.databaseUrl);
    const next = await nextVersion(server.databaseUrl);
    const failure = await migrate(next, 1_500).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OperatorError);
    expect((failure as Error).message).toMatch(/^The database cannot be brought up to date: others hold its tables all the time\. End the long transaction or the backup/);
    expect(await server.sql("select from schema_migration where name like '2099%'")).toEqual([]);
    await release();
    expect(await migrate(next)).toEqual(samples.map(({ name }) => name));
  });

  it('is waited for by a server that needs it, and by no other', async () => {
    const server = toClose(await startTestServer());
    const release = await standStill(server.databaseUrl);
    const [first, second] = [await nextVersion(server.databaseUrl), await nextVersion(server.databaseUrl)];
    const migrating = migrate(first);
    await sleep(500);
    await expect(migrate(second, 100)).rejects.toThrow('Another process has been bringing the database up to date for 0.1 seconds: start again when it has finished.');
    expect(await migrate(server.app.services.database)).toEqual([]);
    const waiting = migrate(second);
    await release();
    expect(await migrating).toEqual(samples.map(({ name }) => name));
    expect(await waiting).toEqual([]);
  });

  it('that takes long is begun again after it failed, whatever it left', async () => {
    class Unique extends LongMigration {
      statements(): readonly string[] {
        return ['drop index concurrently if exists "client_name"', 'create unique index concurrently "client_name" on "client" ("name")'];
      }
    }
    const test = await databaseAt(present);
    await test.sql("insert into client (id, slug, name, status, payment_policy, overdraft, licenses_issued, created_at, time_zone, origins) select gen_random_uuid(), 'other', name, status, payment_policy, 0, 0, now(), time_zone, origins from client");
    const next = await nextVersion(test.url, [{ name: '20990103-unique', class: Unique }]);
    const valid = () => test.sql("select indisvalid as valid from pg_index where indexrelid = to_regclass('client_name')");
    await expect(migrate(next)).rejects.toThrow('could not create unique index "client_name"');
    expect(await valid()).toEqual([{ valid: false }]);
    await test.sql('update client set name = slug where id <> $1', [OLD_CLIENT]);
    expect(await migrate(next)).toEqual(['20990103-unique']);
    expect(await valid()).toEqual([{ valid: true }]);
  });
});
