import { readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Database } from '../../src/database/index.js';
import { openEmbeddedDatabase } from '../../src/database/embedded/index.js';
import { migrations } from '../../src/database/migrations/index.js';
import { entities } from '../../src/entities.js';
import { byPort, listenerOf } from '../setup/database-proxy.js';
import { AWKWARD_USER, type FilledServer, startFilledServer } from '../setup/filled.js';
import { type FreshDatabase, freshDatabase } from '../setup/fresh-database.js';
import { miscounted } from '../setup/issue-licenses.js';
import { ask, cleanUp, type Environment, newFolder, runCli, startCli, startServer, until } from '../setup/processes.js';
import { callsAt } from '../setup/test-server.js';
import { Way } from '../setup/way.js';

const TABLES = [
  'access_token', 'attachment', 'audit_entry', 'client', 'client_key', 'client_user', 'invoice', 'invoice_counter', 'invoice_license', 'license',
  'license_usage_day', 'question', 'question_option', 'result', 'seed', 'test', 'test_revision',
];
const REPORT = '{ result(key: "RESULT") { reportAvailability report { scales { sum percentage } } } }';
/** Who loads the results of a backup. */
const LOADS = `select from pg_stat_activity where datname = current_database() and query like 'copy "result"%' and wait_event_type = 'Lock'`;
const USAGE = '{ viewer { licenseUsage { issued limit remaining } user(externalId: "USER") { key } } }';

let filled: FilledServer;
let folder: string;
let file: string;
const databases: FreshDatabase[] = [];
beforeAll(async () => {
  filled = await startFilledServer();
  folder = await newFolder();
  file = join(folder, 'backup.gz');
  await backUp(file);
});
afterAll(async () => {
  await filled.server.close();
  await cleanUp();
  for (const database of databases) await database.drop();
});

async function emptyDatabase(): Promise<FreshDatabase> {
  const database = await freshDatabase({ empty: true });
  databases.push(database);
  return database;
}

async function succeed(args: readonly string[], where: Environment): Promise<string> {
  const { code, stdout, stderr } = await runCli(args, where);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** Runs a command that is to fail, and gives the one line that it says. */
async function refusal(args: readonly string[], where: Environment): Promise<string> {
  const { code, stdout, stderr } = await runCli(args, where);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^[^\n]+\n$/);
  return stderr.trimEnd();
}

function backUp(to: string): Promise<string> {
  return succeed(['backup', to], { DATABASE_URL: filled.server.databaseUrl });
}

type Query = (text: string) => Promise<object[]>;

/** Every row of every table that outlasts a crash. */
async function rowsOf(sql: Query): Promise<Record<string, unknown[]>> {
  const all: Record<string, object[]> = {};
  for (const name of TABLES) all[name] = await sql(`select row_to_json(t)::text as row from "${name}" t order by 1`);
  return all;
}

/** Changes the text of the backup, and gives the file with the change. */
async function altered(name: string, change: (text: string) => string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, gzipSync(change(gunzipSync(await readFile(file)).toString('utf8'))));
  return path;
}

/** A server on the database serves as before, to the client as to whoever holds a result. */
async function expectService(environment: Environment): Promise<void> {
  const server = await startServer(environment);
  const { data } = await ask(server.url, REPORT.replace('RESULT', filled.attached));
  expect(data.result).toMatchObject({ reportAvailability: 'AVAILABLE', report: { scales: [{ sum: 1, percentage: 25 }] } });
  const usage = await callsAt(server.url, filled.client.key).graphql(USAGE.replace('"USER"', JSON.stringify(AWKWARD_USER)));
  expect(usage.data.viewer).toEqual({ licenseUsage: { issued: 3, limit: 8, remaining: 5 }, user: { key: expect.any(String) } });
  expect((await callsAt(server.url, filled.client.key).attach(filled.attached, AWKWARD_USER)).replayed).toBe(true);
  expect((await server.stop()).code).toBe(0);
}

describe('backup and restore', () => {
  it('bring back every row of every table into a new database', async () => {
    const before = await rowsOf(filled.server.sql);
    expect(Object.entries(before).filter(([, rows]) => rows.length === 0)).toEqual([]);
    const target = await emptyDatabase();
    const count = Object.values(before).flat().length;
    expect(await succeed(['restore', file], { DATABASE_URL: target.url }))
      .toMatch(new RegExp(`^${file}: restored, of [^,]+Z, tables ${TABLES.length}, rows ${count}.\n$`));
    expect(await rowsOf(target.sql)).toEqual(before);
    expect(await miscounted(target)).toEqual([]);
    await expectService({ DATABASE_URL: target.url });
  });

  it('bring them back into a new DATA_DIR, and from there into a database of one\'s own', async () => {
    const dataDir = join(await newFolder(), 'data');
    await succeed(['restore', file], { DATA_DIR: dataDir });
    const { connection, stop } = await openEmbeddedDatabase({ dataDir, role: 'command' });
    const client = new pg.Client(connection);
    await client.connect();
    expect(await rowsOf(async (text) => (await client.query<object>(text)).rows)).toEqual(await rowsOf(filled.server.sql));
    await client.end();
    await stop();
    const server = await startServer({ DATA_DIR: dataDir });
    const moved = join(folder, 'moved.gz');
    await succeed(['backup', moved], { DATA_DIR: dataDir });
    await server.stop();
    const target = await emptyDatabase();
    await succeed(['restore', moved], { DATABASE_URL: target.url });
    await expectService({ DATABASE_URL: target.url });
    await expectService({ DATA_DIR: dataDir });
  });

  it('see one moment while servers write', async () => {
    const { server, client } = filled;
    let busy = true;
    const load = Promise.all([1, 2, 3, 4].map(async (place) => {
      for (let count = 0; busy; count += 1) await client.attach(await server.save('free'), `user ${place} ${count}`);
    }));
    await server.sql('update client set license_limit = 100000 where id = $1', [client.id]);
    const path = join(folder, 'busy.gz');
    await backUp(path);
    busy = false;
    await load;
    const target = await emptyDatabase();
    await succeed(['restore', path], { DATABASE_URL: target.url });
    expect(await miscounted(target)).toEqual([]);
    const counts = `select licenses_issued, (select count(*)::int from license l where l.client_id = c.id) as licenses,
      (select count(*)::int from client_user u where u.client_id = c.id) as users from client c where slug = 'school'`;
    const [{ licenses_issued: issued, ...rest }] = await target.sql<{ licenses_issued: number }>(counts) as [{ licenses_issued: number }];
    expect(rest).toEqual({ licenses: issued, users: issued });
  });

  it.each(migrations.slice(0, -1).map(({ name }) => name))('take a backup of the state after %s on to the present', async (state) => {
    const [old, target] = [await emptyDatabase(), await emptyDatabase()];
    await succeed(['restore', file], { DATABASE_URL: old.url });
    const database = await Database.open({ url: old.url }, entities, 2);
    await database.orm.migrator.down({ to: state });
    await database.close();
    const path = join(folder, `${state}.gz`);
    await succeed(['backup', path], { DATABASE_URL: old.url });
    expect(await old.sql('select name from schema_migration order by id desc limit 1')).toEqual([{ name: state }]);
    const { migrations: run } = JSON.parse(await succeed(['restore', path, '--json'], { DATABASE_URL: target.url })) as { migrations: string[] };
    expect(run).toEqual(migrations.map(({ name }) => name).slice(migrations.findIndex(({ name }) => name === state) + 1));
    const lasting = ['test_revision', 'question', 'license', 'result'].map((name) => [name, expect.arrayContaining([expect.anything()])]);
    expect(await rowsOf(target.sql)).toMatchObject(Object.fromEntries(lasting));
    expect(await miscounted(target)).toEqual([]);
  });

  /** Begins a restore, and holds it up while it loads. */
  async function heldUp(target: FreshDatabase): Promise<{ restore: ReturnType<typeof startCli>; release: () => Promise<void> }> {
    await succeed(['client', 'list'], { DATABASE_URL: target.url });
    const holder = new pg.Client({ connectionString: target.url });
    await holder.connect();
    await holder.query('begin');
    await holder.query('lock table result in share mode');
    const restore = startCli(['restore', file], { DATABASE_URL: target.url });
    await until(async () => (await target.sql(LOADS)).length > 0 || undefined);
    return { restore, release: () => holder.end() };
  }

  it('let a server that starts meanwhile wait', async () => {
    const target = await emptyDatabase();
    const { restore, release } = await heldUp(target);
    const starting = startServer({ DATABASE_URL: target.url });
    await until(async () => (await target.sql("select from pg_stat_activity where datname = current_database() and query like '%pg_advisory_xact_lock%' and wait_event_type = 'Lock'")).length > 0 || undefined);
    await release();
    expect((await restore.ended).code).toBe(0);
    const server = await starting;
    expect(await target.sql('select slug from test order by slug')).toEqual(await filled.server.sql('select slug from test order by slug'));
    await server.stop();
  });

  it('can be repeated after a restore that was killed', async () => {
    const target = await emptyDatabase();
    const { restore, release } = await heldUp(target);
    restore.kill('SIGKILL');
    expect((await restore.ended).code).toBe(null);
    await release();
    await until(async () => (await target.sql(LOADS)).length === 0 || undefined);
    expect(Object.values(await rowsOf(target.sql)).flat()).toEqual([]);
    await succeed(['restore', file], { DATABASE_URL: target.url });
    expect((await target.sql('select from client')).length).toBe(2);
  });
});

describe('backup', () => {
  it('is readable for its owner alone, and leaves nothing beside it', async () => {
    const path = join(await newFolder(), 'b.gz');
    expect(await backUp(path)).toMatch(new RegExp(`^${path}: tables ${TABLES.length}, rows \\d+.\n$`));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(path, '..'))).toEqual(['b.gz']);
  });

  it('overwrites nothing', async () => {
    const where = { DATABASE_URL: filled.server.databaseUrl };
    const path = join(await newFolder(), 'b.gz');
    await writeFile(path, 'precious');
    expect(await refusal(['backup', path], where)).toBe(`${path} is there already, and is left as it is: name a file that is not there.`);
    await writeFile(`${path}-2.part`, 'precious');
    expect(await refusal(['backup', `${path}-2`], where)).toMatch(/EEXIST.* Another backup is writing it, or one was killed: then remove it\.$/);
    expect(await readFile(path, 'utf8') + await readFile(`${path}-2.part`, 'utf8')).toBe('preciousprecious');
    expect(await refusal(['backup', join(path, 'x')], where)).toMatch(/ENOTDIR/);
  });

  it('leaves nothing when its connection breaks', async () => {
    const source = await emptyDatabase();
    await succeed(['restore', file], { DATABASE_URL: source.url });
    await source.sql(`insert into result (id, test_id, revision_number, answers, calculation, saved_at)
      select gen_random_uuid(), test_id, revision_number, answers, calculation, saved_at from generate_series(1, 100000),
        (select * from result where answers is not null limit 1) r`);
    const path = join(await newFolder(), 'b.gz');
    // Slow enough for the copy to be under way when it is looked for.
    const way = await Way.open(() => listenerOf(source.url));
    await way.become({ kind: 'slow', delayMs: 5 });
    const backup = startCli(['backup', path], { DATABASE_URL: byPort(source.url, way.port) });
    const end = `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'copy "result"%'`;
    await until(async () => (await source.sql(end)).length > 0 || undefined);
    const { code, stdout, stderr } = await backup.ended;
    await way.close();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^The database cannot be backed up: [^\n]+\n$/);
    expect(await readdir(join(path, '..'))).toEqual([]);
  });

  it('is refused where there is nothing to back up, and by a version that does not know what is there', async () => {
    const target = await emptyDatabase();
    const path = join(folder, 'nothing.gz');
    expect(await refusal(['backup', path], { DATABASE_URL: target.url })).toBe('There is nothing to back up: the database holds nothing of Testodrom.');
    await succeed(['client', 'list'], { DATABASE_URL: target.url });
    await target.sql("insert into schema_migration (name) values ('20991231-future')");
    expect(await refusal(['backup', path], { DATABASE_URL: target.url })).toMatch(/of a newer version, which made its "20991231-future": back it up with that version/);
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });
});

describe('restore', () => {
  const newer = (text: string): string => text.replace('"20261125-rate-limits"', '"20261125-rate-limits","20991231-future"').replace('"product":"0.1.0"', '"product":"9.0.0"');
  const isNewer = /was made by Testodrom 9\.0\.0, which is newer than this 0\.1\.0: restore it with that version\.$/;

  it.each<[string, () => Promise<string>, RegExp]>([
    ['cut off', async () => cut(0.5), /is damaged or not whole \(unexpected end of file\): restore another backup\.$/],
    ['cut off by a byte', async () => cut(1), /is damaged or not whole \(unexpected end of file\)/],
    ['cut off before its last line', () => altered('a1', (text) => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1)), /not whole \(it ends too early\)/],
    ['with a wrong bit', () => flipped(), /is damaged or not whole \((incorrect|invalid|its SHA|a line|too many|unknown)/],
    ['with another text', () => altered('a2', (text) => text.replace('Школа', 'Шкала')), /not whole \(its SHA-256 is not that of its content\)/],
    ['with something behind it', () => altered('a3', (text) => `${text}more\n`), /not whole \(something stands behind its end\)/],
    ['of a newer version', () => altered('a4', newer), isNewer],
    ['of a newer format', () => altered('a5', (text) => newer(text).replace('"version":1', '"version":2').replace('"tables"', '"tablets"')), isNewer],
    ['of another program', () => altered('a6', () => '{"format":"other"}\n'), /is not a backup of Testodrom, or its beginning is damaged\.$/],
    ['of zeros', () => altered('a7', () => '0'.repeat(10_000_000)), /is not a backup of Testodrom/],
    ['that is not compressed', () => foreign('precious'), /is not a backup of Testodrom/],
    ['that is empty', () => foreign(''), /is not a backup of Testodrom/],
    ['that is not there', async () => join(folder, 'nowhere'), /nowhere: ENOENT: no such file or directory/],
    ['that is a folder', async () => folder, /EISDIR/],
  ])('refuses a file %s, before there is a database', async (_what, make, reason) => {
    const path = await make();
    const dataDir = join(await newFolder(), 'data');
    expect(await refusal(['restore', path], { DATA_DIR: dataDir })).toMatch(reason);
    await expect(stat(dataDir)).rejects.toThrow('ENOENT');
  });

  async function foreign(text: string): Promise<string> {
    const path = join(await newFolder(), 'foreign');
    await writeFile(path, text);
    return path;
  }

  /** The backup without its last bytes, or half of it. */
  async function cut(off: number): Promise<string> {
    const path = await foreign('');
    await writeFile(path, await readFile(file));
    const { size } = await stat(path);
    await truncate(path, off < 1 ? Math.floor(size * off) : size - off);
    return path;
  }

  async function flipped(): Promise<string> {
    const path = await foreign('');
    const bytes = await readFile(file);
    bytes[bytes.length >> 1]! ^= 0x10;
    await writeFile(path, bytes);
    return path;
  }

  it('takes nothing of a file that miscounts its rows', async () => {
    const target = await emptyDatabase();
    const path = await altered('a8', (text) => text.replace(/"result":\d+/, '"result":99999'));
    expect(await refusal(['restore', path], { DATABASE_URL: target.url })).toMatch(/is damaged: of "result" it has \d+ rows, not 99999\.$/);
    expect(Object.values(await rowsOf(target.sql)).flat()).toEqual([]);
    await succeed(['restore', file], { DATABASE_URL: target.url });
  });

  it('tells that a file is whole without a database', async () => {
    const where = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' };
    expect(await succeed(['restore', file, '--check'], where)).toMatch(/: whole, of [^,]+Z, tables 17, rows \d+\.\n$/);
    expect(await refusal(['restore', await cut(0.5), '--check'], where)).toMatch(/is damaged or not whole/);
  });

  it('leaves a database alone that holds anything', async () => {
    const { databaseUrl: url, sql } = filled.server;
    const before = await rowsOf(sql);
    expect(await refusal(['restore', file], { DATABASE_URL: url }))
      .toMatch(/^The database is in use: its table "\w+" holds data\. Restore into a new DATA_DIR, or a new database \(DATABASE_URL\), before a server is started on it\.$/);
    expect(await rowsOf(sql)).toEqual(before);
  });

  it('leaves alone what is somebody else\'s, or of a newer version', async () => {
    const target = await emptyDatabase();
    await target.sql('create table client (mine text)');
    expect(await refusal(['restore', file], { DATABASE_URL: target.url })).toMatch(/has a table "client" that is not Testodrom's/);
    expect(await target.sql("select tablename from pg_tables where schemaname = 'public'")).toEqual([{ tablename: 'client' }]);
    await target.sql('drop table client');
    await succeed(['client', 'list'], { DATABASE_URL: target.url });
    await target.sql("insert into schema_migration (name) values ('20991231-future')");
    expect(await refusal(['restore', file], { DATABASE_URL: target.url })).toMatch(/^The database is in use: a newer version made its tables\./);
  });
});
