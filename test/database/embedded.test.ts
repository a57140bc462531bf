import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createLibraryLinks } from '../../src/database/embedded/binaries.js';
import {
  EmbeddedDatabaseError,
  openEmbeddedDatabase,
  type EmbeddedDatabase,
  type EmbeddedRole,
} from '../../src/database/embedded/index.js';

const COMPILED = pathToFileURL(resolve('dist/database/embedded/index.js')).href;

/** A stopped database with one row; a test that leaves it so may use it in place of a copy. */
let templateFolder: string;
let folder: string;
let dataDir: string;
let opened: EmbeddedDatabase[];
let children: ChildProcess[];

beforeAll(async () => {
  templateFolder = await mkdtemp(join(tmpdir(), 'testodrom-embedded-'));
  const template = await openEmbeddedDatabase({ dataDir: templateFolder, role: 'server', durable: false });
  await query(template, 'create table answer as select 42 as value');
  await template.stop();
});

afterAll(async () => {
  await rm(templateFolder, { recursive: true, force: true });
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'testodrom-embedded-'));
  dataDir = join(folder, 'data');
  opened = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const database of opened) await database.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
});

async function open(role: EmbeddedRole, onUnexpectedExit?: (message: string) => void): Promise<EmbeddedDatabase> {
  const database = await openEmbeddedDatabase({
    dataDir,
    role,
    durable: false,
    ...(onUnexpectedExit && { onUnexpectedExit }),
  });
  opened.push(database);
  return database;
}

async function query(database: Pick<EmbeddedDatabase, 'connection'>, sql: string): Promise<unknown[][]> {
  const client = new pg.Client({ ...database.connection, ssl: false });
  try {
    await client.connect();
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

/** Puts a copy of the template into DATA_DIR. */
async function makeDatabase(): Promise<void> {
  await promisify(execFile)('cp', ['--archive', templateFolder, dataDir]);
}

/** Another process that opens DATA_DIR durably, as in production. */
function spawnOther(role: EmbeddedRole): { child: ChildProcess; ready: Promise<EmbeddedDatabase['connection']> } {
  const script = `
    import { openEmbeddedDatabase } from ${JSON.stringify(COMPILED)};
    const { connection } = await openEmbeddedDatabase(${JSON.stringify({ dataDir, role })});
    console.log(JSON.stringify(connection));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const ready = once(child.stdout, 'data').then(([line]) => JSON.parse(String(line)) as EmbeddedDatabase['connection']);
  return { child, ready };
}

async function kill9(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function postmasterPid(): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(5);
}

/** A process that has ended may stay as a zombie, which has no command line. */
async function isRunning(pid: number): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return commandLine !== '';
}

/** Every file below a folder with its size and the time it was changed. */
async function fingerprint(root: string): Promise<string[]> {
  const names = await readdir(root, { recursive: true });
  const stats = await Promise.all(
    names.sort().map(async (name) => {
      const found = await lstat(join(root, name));
      return found.isDirectory() ? name : `${name} ${found.size} ${found.mtimeMs}`;
    }),
  );
  return stats;
}

async function failure(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(EmbeddedDatabaseError);
  const { message } = error as Error;
  expect(message).not.toContain('\n');
  return message;
}

describe('starting and stopping', () => {
  it('makes a private database at the first start and keeps its data', async () => {
    const first = await open('server');
    expect(first.connection).toMatchObject({
      host: join(dataDir, 'socket'),
      port: 5432,
      user: 'testodrom',
      database: 'testodrom',
    });
    for (const name of ['.', 'postgres', 'socket']) {
      expect((await stat(join(dataDir, name))).mode & 0o777).toBe(0o700);
    }
    expect((await stat(join(dataDir, 'postgres.log'))).mode & 0o777).toBe(0o600);
    expect(await query(first, 'show listen_addresses')).toEqual([['']]);
    await query(first, 'create table answer as select 42 as value');
    await first.stop();

    const second = await open('server');
    expect(await query(second, 'select value from answer')).toEqual([[42]]);
    expect(await query(second, `select lower('ЁЖ'), current_setting('timezone')`)).toEqual([['ёж', 'UTC']]);
  });

  it('ends PostgreSQL with stop(), which may be called twice', async () => {
    dataDir = templateFolder;
    const database = await open('command');
    const pid = await postmasterPid();
    await Promise.all([database.stop(), database.stop()]);
    expect(await isRunning(pid)).toBe(false);
    await expect(query(database, 'select 1')).rejects.toThrow('ENOENT');
  });

  it('tells when PostgreSQL ends though nobody stopped it', async () => {
    await makeDatabase();
    const message = new Promise<string>((resolve) => {
      void open('server', resolve).then(async () => process.kill(await postmasterPid(), 'SIGKILL'));
    });
    expect(await message).toBe(
      `The embedded PostgreSQL ended unexpectedly (signal SIGKILL). See ${join(dataDir, 'postgres.log')}.`,
    );
  });

  it('uses another folder for the socket when the path of DATA_DIR is long', async () => {
    dataDir = join(folder, 'long-'.repeat(30), 'data');
    const database = await open('server');
    expect(database.connection.host.startsWith(join(tmpdir(), 'testodrom-'))).toBe(true);
    expect((await stat(database.connection.host)).mode & 0o777).toBe(0o700);
    const command = await open('command');
    expect(await query(command, 'select 1')).toEqual([[1]]);
  });

  it('sets a big log aside', async () => {
    await makeDatabase();
    await writeFile(join(dataDir, 'postgres.log'), Buffer.alloc(11 * 1024 * 1024));
    await open('server');
    expect((await stat(join(dataDir, 'postgres.log.1'))).size).toBe(11 * 1024 * 1024);
    expect((await stat(join(dataDir, 'postgres.log'))).size).toBeLessThan(10_000);
  });
});

describe('a server and commands on one DATA_DIR', () => {
  it('refuses a second server', async () => {
    dataDir = templateFolder;
    const server = await open('server');
    expect(await failure(open('server'))).toBe(
      `Another server is running on DATA_DIR ${dataDir}. Stop it, or set another DATA_DIR.`,
    );
    expect(await query(server, 'select 1')).toEqual([[1]]);
  });

  it('lets a command share the PostgreSQL of a server in another process', async () => {
    await makeDatabase();
    await spawnOther('server').ready;
    const command = await open('command');
    expect(await query(command, 'select 1')).toEqual([[1]]);
    await command.stop();
    expect(await query(command, 'select 1')).toEqual([[1]]);
    expect(await failure(open('server'))).toContain('Another server is running');
  });

  it('lets commands take turns', async () => {
    dataDir = templateFolder;
    const first = await open('command');
    let firstEnded = false;
    const second = open('command').then((database) => {
      expect(firstEnded).toBe(true);
      return database;
    });
    await sleep(200);
    firstEnded = true;
    await first.stop();
    expect(await query(await second, 'select 1')).toEqual([[1]]);
  });

  it('does not let a command share what another command is about to stop', async () => {
    dataDir = templateFolder;
    const first = await open('command');
    let firstEnded = false;
    // Holds the server lock while it waits for the first command to end.
    const server = open('server');
    const second = open('command').then(async (command) => {
      expect(firstEnded).toBe(true);
      await command.stop();
    });
    await sleep(200);
    firstEnded = true;
    await first.stop();
    await second;
    expect(await query(await server, 'select 1')).toEqual([[1]]);
  });
});

describe('after a crash', () => {
  it('shuts PostgreSQL down when its owner is killed, and loses nothing', async () => {
    await makeDatabase();
    const { child, ready } = spawnOther('server');
    await query({ connection: await ready }, 'insert into answer values (43)');
    const pid = await postmasterPid();
    await kill9(child);

    const next = await open('server');
    await until(async () => !(await isRunning(pid)));
    expect(await query(next, 'select value from answer order by 1')).toEqual([[42], [43]]);
  });

  it('recovers when PostgreSQL itself was killed', async () => {
    await makeDatabase();
    const { child, ready } = spawnOther('server');
    await query({ connection: await ready }, 'insert into answer values (43)');
    process.kill(await postmasterPid(), 'SIGKILL');
    await kill9(child);

    const next = await open('server');
    expect(await query(next, 'select value from answer order by 1')).toEqual([[42], [43]]);
  });

  it('starts over when the very first start was killed', async () => {
    const { child } = spawnOther('server');
    await until(async () => (await readdir(dataDir).catch(() => [])).some((name) => name.startsWith('postgres.new')));
    await kill9(child);

    await open('server');
  });

  it('removes what an interrupted first start left behind', async () => {
    await mkdir(join(dataDir, 'postgres.new', 'base'), { recursive: true });
    await writeFile(join(dataDir, 'postgres.new', 'PG_VERSION'), '18\n');

    await open('server');
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log', 'socket']);
  });

  it('is not misled by a process id that now belongs to another program', async () => {
    await makeDatabase();
    const stale = `${process.pid}\n${join(dataDir, 'postgres')}\n1\n5432\n${join(dataDir, 'socket')}\n\n\nready\n`;
    await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), stale);
    await writeFile(join(dataDir, 'socket', '.s.PGSQL.5432.lock'), stale);

    expect(await query(await open('server'), 'select value from answer')).toEqual([[42]]);
  });

  it('accepts a backup that was restored with a plain copy, also by root', async () => {
    await cp(templateFolder, dataDir, { recursive: true });

    expect(await query(await open('server'), 'select value from answer')).toEqual([[42]]);
  });
});

describe('a DATA_DIR that cannot be used', () => {
  it('refuses a foreign folder and leaves it as it was', async () => {
    await mkdir(join(dataDir, 'postgres'), { recursive: true });
    await writeFile(join(dataDir, 'holiday.jpg'), 'beach');
    const before = await fingerprint(folder);
    expect(await failure(open('server'))).toBe(
      `DATA_DIR ${dataDir} is not empty and holds no Testodrom database; set DATA_DIR to an empty or new folder.`,
    );
    expect(await fingerprint(folder)).toEqual(before);
  });

  it('refuses a file', async () => {
    await writeFile(dataDir, '');
    expect(await failure(open('server'))).toBe(
      `DATA_DIR ${dataDir} is not a folder; set DATA_DIR to an empty or new folder.`,
    );
  });

  it('refuses a place where no folder can be made', async () => {
    dataDir = '/proc/testodrom/data';
    expect(await failure(open('server'))).toMatch(/^DATA_DIR \/proc\/testodrom\/data cannot be used: /);
  });

  it.each([
    ['another version', 'PG_VERSION', '17\n', 'was made by PostgreSQL 17, but this program has PostgreSQL 18'],
    ['a senseless version', 'PG_VERSION', '\0\0', 'is damaged: the file postgres/PG_VERSION holds no version'],
    ['no version', 'PG_VERSION', undefined, 'is damaged: the file postgres/PG_VERSION is missing'],
    ['no control file', 'global/pg_control', undefined, 'is damaged: the file postgres/global/pg_control is missing'],
  ])('refuses a database with %s and leaves it as it was', async (_, file, content, message) => {
    await mkdir(join(dataDir, 'postgres', 'global'), { recursive: true });
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '18\n');
    await writeFile(join(dataDir, 'postgres', 'global', 'pg_control'), 'control');
    if (content === undefined) await rm(join(dataDir, 'postgres', file));
    else await writeFile(join(dataDir, 'postgres', file), content);
    const before = await fingerprint(folder);

    expect(await failure(open('server'))).toContain(`The database in DATA_DIR ${dataDir} ${message}`);
    expect(await fingerprint(folder)).toEqual(before);
  });

  it('reports a damaged control file in the words of PostgreSQL, and lets go of DATA_DIR', async () => {
    await makeDatabase();
    const control = join(dataDir, 'postgres', 'global', 'pg_control');
    const intact = await readFile(control);
    const damaged = Buffer.from(intact);
    damaged.fill(7, 64, 128);
    await writeFile(control, damaged);
    const before = await fingerprint(join(dataDir, 'postgres'));

    const message = await failure(open('server'));
    expect(message).toContain('The embedded PostgreSQL did not start: incorrect checksum in control file.');
    expect(message).toContain(
      `See ${join(dataDir, 'postgres.log')}. Restore DATA_DIR from a backup, or set another DATA_DIR.`,
    );
    expect(await fingerprint(join(dataDir, 'postgres'))).toEqual(before);

    await writeFile(control, intact);
    expect(await query(await open('server'), 'select value from answer')).toEqual([[42]]);
  });
});

describe('the installed binaries', () => {
  it('get their missing library links, also from two processes at once', async () => {
    const native = join(folder, 'native');
    await mkdir(join(native, 'lib'), { recursive: true });
    const links = [
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' },
      { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
    ];
    await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify(links));

    await Promise.all([createLibraryLinks(folder), createLibraryLinks(folder)]);
    expect(await readlink(join(native, 'lib', 'libpq.so'))).toBe('libpq.so.5.18');
    expect(await readlink(join(native, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
  });
});
