import { afterEach, describe, expect, it } from '@jest/globals';
import { loadBundledTests } from '../../src/catalogue/index.js';
import { Database, migrate } from '../../src/database/index.js';
import { migrations } from '../../src/database/migrations/index.js';
import { entities } from '../../src/entities.js';
import { OperatorError } from '../../src/kernel/operator-error.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';
import { smallTest } from '../setup/small-tests.js';

const opened: OpenDatabase[] = [];
afterEach(async () => {
  for (const test of opened.splice(0)) await test.close();
});

async function emptyDatabase(): Promise<OpenDatabase> {
  const test = await openTestDatabase({ empty: true });
  opened.push(test);
  return test;
}

/** Everything that a schema of ours could leave behind: tables with their columns, constraints and indexes, sequences, types. */
async function objects({ sql }: OpenDatabase): Promise<Record<'tables' | 'others' | 'columns' | 'constraints', string[]>> {
  const inPublic = "from pg_catalog.pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public'";
  const one = async (query: string): Promise<string[]> => (await sql<{ name: string }>(query)).map(({ name }) => name);
  return {
    tables: await one(`select c.relname as name ${inPublic} and relkind = 'r' order by 1`),
    others: await one(`select c.relname || ' ' || c.relkind::text as name ${inPublic} and relkind <> 'r' order by 1`),
    columns: await one(`select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable as name
      from information_schema.columns where table_schema = 'public' order by 1`),
    constraints: await one(`select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) as name
      from pg_constraint where connamespace = 'public'::regnamespace order by 1`),
  };
}

const BOOK = 'schema_migration';
const all = migrations.map(({ name }) => name);

describe('the migrations', () => {
  it('make on an empty database exactly what the entities need', async () => {
    const test = await emptyDatabase();
    expect(await migrate(test.database)).toEqual(all);
    expect(await test.database.orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('');
    await loadBundledTests(test.database);
    expect(await test.sql('select count(*)::int as tests from test')).toEqual([{ tests: 3 }]);
  });

  it('leave no sequence but that of their own book, because a restore sets none', async () => {
    const test = await emptyDatabase();
    await migrate(test.database);
    expect(await test.sql('select sequencename as name from pg_sequences')).toEqual([{ name: `${BOOK}_id_seq` }]);
  });

  it('have nothing to do the second time', async () => {
    const test = await emptyDatabase();
    await migrate(test.database);
    const before = await objects(test);
    expect(await migrate(test.database)).toEqual([]);
    expect(await objects(test)).toEqual(before);
  });

  it('can be taken back whole, with data, and run again', async () => {
    const test = await emptyDatabase();
    await migrate(test.database);
    await loadBundledTests(test.database);
    const made = await objects(test);
    await test.database.orm.migrator.down({ to: 0 });
    expect((await objects(test)).tables).toEqual([BOOK]);
    expect((await objects(test)).others.filter((name) => !name.startsWith(BOOK))).toEqual([]);
    expect(await migrate(test.database)).toEqual(all);
    expect(await objects(test)).toEqual(made);
  });

  it('keep who made each edition, forth and back', async () => {
    const test = await openTestDatabase();
    opened.push(test);
    const authors = [{ slug: 'b', name: { ru: 'Б' }, url: null }, { slug: 'a', name: { ru: 'А' }, url: 'https://example.org/' }];
    await test.publish({ ...smallTest('authored', { paid: false }), authors: authors.map(({ url, ...author }) => ({ ...author, ...(url && { url }) })) });
    const editions = () => test.sql('select test_id, number, authors from test_revision order by 1, 2');
    const before = await editions();
    expect(before).toContainEqual(expect.objectContaining({ authors }));
    await test.database.orm.migrator.down({ to: all[0]! });
    expect(await test.sql("select slug, name, url from author where slug in ('a', 'b') order by slug")).toEqual(authors.toReversed());
    expect(await migrate(test.database)).toEqual(all.slice(1));
    expect(await editions()).toEqual(before);
  });

  it('count the licenses that are there already by the days of Moscow', async () => {
    const test = await openTestDatabase();
    opened.push(test);
    const before = all[all.indexOf('20261123-client-view') - 1]!;
    await test.database.orm.migrator.down({ to: before });
    const clients = ['0190cb2e-0000-7000-8000-000000000001', '0190cb2e-0000-7000-8000-000000000002'];
    for (const id of clients) {
      await test.sql(`
        insert into client (id, slug, name, status, payment_policy, overdraft, licenses_issued, created_at)
        values ($1::uuid, right($1::text, 1), 'Client', 'ACTIVE', 'POSTPAID', 0, 3, now())`, [id]);
    }
    await test.sql(`
      with u as (
        insert into client_user (client_id, id, external_id, registered_at)
        select $1, gen_random_uuid(), at, at from unnest($2::timestamptz[]) as at returning *
      )
      insert into license (client_id, user_id, issued_at) select client_id, id, registered_at from u`,
    [clients[0], ['2026-01-01T20:59:59.999Z', '2026-01-01T21:00:00Z', '2026-01-02T20:59:59.999Z']]);
    expect(await migrate(test.database)).toEqual(all.slice(all.indexOf(before) + 1));
    expect(await test.sql('select client_id, day::text, issued from license_usage_day order by day')).toEqual([
      { client_id: clients[0], day: '2026-01-01', issued: 1 }, { client_id: clients[0], day: '2026-01-02', issued: 2 },
    ]);
    expect(await test.sql('select distinct payment_policy from license')).toEqual([{ payment_policy: 'POSTPAID' }]);
    expect(await test.sql('select distinct time_zone from client')).toEqual([{ time_zone: 'Europe/Moscow' }]);
  });

  it('give the clients that are there already no origins', async () => {
    const test = await openTestDatabase();
    opened.push(test);
    const before = all[all.indexOf('20261124-rest') - 1]!;
    await test.database.orm.migrator.down({ to: before });
    await test.sql(`
      insert into client (id, slug, name, status, payment_policy, overdraft, licenses_issued, time_zone, created_at)
      values (gen_random_uuid(), 'old', 'Client', 'ACTIVE', 'POSTPAID', 0, 0, 'Europe/Moscow', now())`);
    expect(await migrate(test.database)).toEqual(all.slice(all.indexOf(before) + 1));
    expect(await test.sql('select slug, origins from client')).toEqual([{ slug: 'old', origins: [] }]);
  });

  it('run once when several servers start together', async () => {
    const test = await emptyDatabase();
    const servers = await Promise.all([1, 2, 3].map(() => Database.open({ url: test.url }, entities, 2)));
    try {
      const runs = await Promise.all(servers.map((server) => migrate(server)));
      expect(runs.toSorted((a, b) => b.length - a.length)).toEqual([all, [], []]);
    } finally {
      await Promise.all(servers.map((server) => server.close()));
    }
  });
});

describe("a database that is somebody else's", () => {
  it.each(['author', 'client', 'result'])('with a table "%s" is refused with advice, and left as it was', async (table) => {
    const test = await emptyDatabase();
    await test.sql(`create table "${table}" (mine text)`);
    await test.sql(`insert into "${table}" values ('precious')`);
    const error = await migrate(test.database).catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(OperatorError);
    expect((error as OperatorError).message).toBe(`The database has a table "${table}" that is not Testodrom's. Use a database of Testodrom's own.`);
    expect((error as OperatorError).message).not.toContain('\n');
    expect((await objects(test)).tables).toEqual([table]);
    expect(await test.sql(`select * from "${table}"`)).toEqual([{ mine: 'precious' }]);
  });

  it('can be used after it was cleared', async () => {
    const test = await emptyDatabase();
    await test.sql('create table result (mine text)');
    await expect(migrate(test.database)).rejects.toThrow(OperatorError);
    await test.sql('drop table result');
    expect(await migrate(test.database)).toEqual(all);
  });
});
