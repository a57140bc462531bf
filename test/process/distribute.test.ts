import { afterAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { advisoryLock } from '../../src/database/index.js';
import { migrations } from '../../src/database/migrations/index.js';
import { type FreshDatabase, freshDatabase } from '../setup/fresh-database.js';
import { cleanUp, newFolder, runCli, runServer, startServer, until } from '../setup/processes.js';
import { placesIn, standInForCitus } from '../setup/stand-in-for-citus.js';

const opened: FreshDatabase[] = [];
afterAll(async () => {
  await cleanUp();
  for (const database of opened) await database.drop();
});

async function newDatabase(options?: { empty: boolean }): Promise<FreshDatabase> {
  const database = await freshDatabase(options);
  opened.push(database);
  return database;
}

async function withCitus(): Promise<FreshDatabase> {
  const database = await newDatabase();
  await standInForCitus(database);
  return database;
}

async function distribute({ url }: FreshDatabase, ...options: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(['distribute', ...options], { DATABASE_URL: url });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** What it says when it refuses, in one line. */
async function refusal({ url }: FreshDatabase, ...options: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(['distribute', ...options], { DATABASE_URL: url });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^[^\n]+\n$/);
  return stderr.trimEnd();
}

/** Everything that the command could change. */
async function shapeOf({ sql }: FreshDatabase): Promise<string[]> {
  const rows = await sql<{ line: string }>(`
    select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) as line from pg_constraint where connamespace = 'public'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union all select oid::regprocedure::text from pg_proc where pronamespace = 'public'::regnamespace order by 1`);
  return rows.map(({ line }) => line);
}

const DISTRIBUTED = 'The database is distributed: start the servers.\n';

describe('distribute', () => {
  it('spreads every table as it is laid out, once, while no server is connected', async () => {
    const database = await withCitus();
    const before = await shapeOf(database);
    const server = await startServer({ DATABASE_URL: database.url });
    expect(await refusal(database)).toBe('A server is connected to the database: stop all servers, and start them again afterwards.');
    expect((await server.stop()).code).toBe(0);
    expect(await shapeOf(database)).toEqual(before);

    expect(await distribute(database)).toBe(DISTRIBUTED);
    expect(await placesIn(database)).toEqual({
      client: 'id', access_token: 'client_id with client', attachment: 'client_id with client', audit_entry: 'client_id with client',
      client_key: 'client_id with client', client_user: 'client_id with client', invoice: 'client_id with client', invoice_license: 'client_id with client',
      license: 'client_id with client', license_usage_day: 'client_id with client', result: 'id',
      test: 'everywhere', test_revision: 'everywhere', question: 'everywhere', question_option: 'everywhere',
    });
    await expect(database.sql('delete from audit_entry')).rejects.toThrow('The audit log only grows');
    const foreign = (lines: readonly string[]) => lines.filter((line) => line.includes(' FOREIGN KEY '));
    expect(foreign(await shapeOf(database))).toHaveLength(foreign(before).length - 1);

    for (const options of [[], ['--print']]) expect(await refusal(database, ...options)).toMatch(/^The database is distributed already: Citus has its table "\w+"\.$/);
    expect((await (await startServer({ DATABASE_URL: database.url })).stop()).code).toBe(0);
  });

  it('prints SQL that does the same, without Citus and without a change', async () => {
    const [plain, target, other] = [await newDatabase(), await withCitus(), await withCitus()];
    const before = await shapeOf(plain);
    const printed = await distribute(plain, '--print');
    expect(printed).toMatch(/^begin; set local lock_timeout = '5s';\n-- On any PostgreSQL\. [^\n]+\n[^]+;\n-- With Citus\.\n[^]+;\ncommit;\nanalyze;\n$/);
    expect(await shapeOf(plain)).toEqual(before);
    await target.sql(printed);
    await distribute(other);
    expect(await shapeOf(target)).toEqual(await shapeOf(other));
    expect(await placesIn(target)).toEqual(await placesIn(other));
  });

  it('prints the same for the embedded database', async () => {
    const embedded = { DATA_DIR: await newFolder() };
    await (await startServer(embedded)).stop();
    const { code, stdout } = await runCli(['distribute', '--print'], embedded);
    expect({ code, stdout }).toEqual({ code: 0, stdout: await distribute(await newDatabase(), '--print') });
  });

  it('leaves everything as it was when it fails, and does it all the next time', async () => {
    const database = await withCitus();
    const before = await shapeOf(database);
    await database.sql('create table trap (at text primary key)');
    await database.sql("create or replace function create_reference_table(name text) returns void language sql as $$ insert into trap values ('the same') $$");
    expect(await refusal(database)).toBe('The database cannot be distributed: duplicate key value violates unique constraint "trap_pkey". Nothing was changed.');
    await database.sql('drop function create_reference_table(text)');
    await database.sql("create function create_reference_table(name text) returns void language sql as $$ select place(name, null, 'none') $$");
    await database.sql('drop table trap');
    expect(await shapeOf(database)).toEqual(before);

    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query('begin; select from result limit 1');
    expect(await refusal(database)).toBe('The database cannot be distributed: canceling statement due to lock timeout. Nothing was changed.');
    await client.end();
    expect(await shapeOf(database)).toEqual(before);
    expect(await distribute(database)).toBe(DISTRIBUTED);
  });

  it('sees a server whatever its connections are called, and keeps out one that starts meanwhile', async () => {
    const database = await withCitus();
    const named = await startServer({ DATABASE_URL: `${database.url}${database.url.includes('?') ? '&' : '?'}application_name=shop` });
    expect(await refusal(database)).toMatch(/^A server is connected to the database/);
    await named.stop();

    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(`select pg_advisory_lock(${advisoryLock.servers})`);
    const starting = startServer({ DATABASE_URL: database.url });
    let isReady = false;
    void starting.then(() => (isReady = true));
    await until(async () => (await database.sql("select from pg_locks where locktype = 'advisory' and mode = 'ShareLock' and not granted")).length > 0 || undefined);
    expect(isReady).toBe(false);
    await client.end();
    expect((await (await starting).stop()).code).toBe(0);
  });

  it('lets whoever else comes meanwhile tell that the database takes too long', async () => {
    const database = await newDatabase();
    const busy = new pg.Client({ connectionString: database.url });
    await busy.connect();
    await busy.query(`select pg_advisory_lock(${advisoryLock.migration})`);
    await busy.query('begin; lock table test in access exclusive mode');
    // Sooner than by the limit of a minute.
    const environment = { DATABASE_URL: database.url, PGOPTIONS: '-c lock_timeout=500' };
    for (const ended of [runCli(['distribute'], environment), runCli(['test', 'list'], environment), runServer(environment)]) {
      expect(await ended).toEqual({
        code: 1, stdout: '',
        stderr: 'The database takes too long to answer. Another process may be at work on it, such as `testodrom distribute`: try again when it has finished.\n',
      });
    }
    await busy.end();
  });

  it('says of tables that are prepared already what is left to do', async () => {
    const database = await withCitus();
    const printed = await distribute(database, '--print');
    await database.sql(`${printed.split('-- With Citus.')[0]!} commit`);
    for (const options of [[], ['--print']]) {
      expect(await refusal(database, ...options)).toBe('The tables are prepared already, but not distributed: run the part with Citus of what --print wrote before.');
    }
  });

  it('is refused without Citus', async () => {
    const database = await newDatabase();
    const before = await shapeOf(database);
    expect(await refusal(database)).toBe(
      'The database has no extension "citus": run "create extension citus" in it on all machines, and make them known to this one with '
      + 'citus_set_coordinator_host and citus_add_node. With --print the command writes the SQL that it would run.');
    expect(await shapeOf(database)).toEqual(before);
  });

  it.each([[[]], [['--print']]])('is refused with another schema %j', async (options) => {
    const empty = await newDatabase({ empty: true });
    expect(await refusal(empty, ...options)).toBe(`The database lacks "${migrations[0]!.name}": start a server of this version on it once, which brings it up to date.`);
    expect(await shapeOf(empty)).toEqual([]);

    const database = await newDatabase();
    const last = migrations.at(-1)!.name;
    await database.sql('delete from schema_migration where name = $1', [last]);
    expect(await refusal(database, ...options)).toBe(`The database lacks "${last}": start a server of this version on it once, which brings it up to date.`);
    await database.sql("insert into schema_migration (name) values ($1), ('20990101-more')", [last]);
    expect(await refusal(database, ...options)).toBe('The database is of a newer version, which ran "20990101-more": use the command of that version.');
  });
});
