import { once } from 'node:events';
import { lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type EmbeddedDatabase, openEmbeddedDatabase } from '../../src/database/embedded/index.js';
import { freshDatabase } from '../setup/fresh-database.js';
import {
  ask, cleanUp, type Environment, killAll, newFolder, runCli, runServer, startServer,
} from '../setup/processes.js';

let folder: string;
let dataDir: string;
beforeEach(async () => {
  folder = await newFolder();
  dataDir = join(folder, 'data');
});
afterEach(killAll);
afterAll(cleanUp);

/** Starts a server that is to end with exactly one line, which is returned. */
async function refusal(environment: Environment): Promise<string> {
  const { code, stdout, stderr } = await runServer({ DATA_DIR: dataDir, ...environment });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^[^\n]+\.\n$/);
  expect(stderr).not.toContain('hidden');
  return stderr.trimEnd();
}

/** Every file below a folder with its size and the time it was changed. */
async function fingerprint(root: string): Promise<string[]> {
  const names = await readdir(root, { recursive: true });
  return Promise.all(names.sort().map(async (name) => {
    const { size, mtimeMs } = await lstat(join(root, name));
    return `${name} ${size} ${mtimeMs}`;
  }));
}

describe('an older Node', () => {
  it('is told which one is there', async () => {
    const older = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.23.1' } })";
    expect(await refusal({ NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(older)}` }))
      .toBe('The server needs Node 24, and this is 22.23.1: start node_modules/.bin/node dist/main.js instead.');
  });
});

describe('a wrong variable', () => {
  afterEach(async () => {
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['PORT', 'abc', 'PORT must be a whole number from 0 to 65535'],
    ['PORT', '70000', 'PORT must be a whole number from 0 to 65535'],
    ['METRICS_KEY', 'hidden', 'METRICS_KEY must be 16 to 200 visible ASCII characters without spaces'],
    ['TRUSTED_PROXIES', '10.0.0.0/8,hidden', 'TRUSTED_PROXIES must be addresses or networks such as 10.0.0.0/8, separated by commas'],
    ['DATABASE_URL', 'hidden', 'DATABASE_URL must be a URL such as postgres://user:password@host:5432/name'],
    ['DATABASE_URL', 'postgres://user:50%hidden@host/name', 'DATABASE_URL must be a URL such as postgres://user:password@host:5432/name'],
    ['DATABASE_URL', 'mysql://user:hidden@host/name', 'DATABASE_URL must be a URL such as postgres://user:password@host:5432/name'],
  ])('stops the start and is named: %s=%s', async (name, value, problem) => {
    expect(await refusal({ [name]: value })).toContain(`The environment is wrong: ${problem}`);
  });

  it('is named together with all others', async () => {
    expect(await refusal({ PORT: 'abc', LOG_LEVEL: 'loud', BODY_LIMIT: '1' }))
      .toMatch(/^The environment is wrong: PORT must .*; BODY_LIMIT must .*; LOG_LEVEL must /);
  });
});

describe('a DATABASE_URL that leads nowhere', () => {
  afterEach(async () => {
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['an unknown host', 'no-such-host.invalid/name', 'getaddrinfo'],
    ['a port where nothing listens', '127.0.0.1:1/name', 'connect ECONNREFUSED 127.0.0.1:1'],
    ['a port of a name with several addresses', 'localhost:1/name', 'connect ECONNREFUSED'],
  ])('stops the start and is told without the password: %s', async (_, where, reason) => {
    expect(await refusal({ DATABASE_URL: `postgres://user:hidden@${where}` }))
      .toMatch(new RegExp(`^Cannot use the database of DATABASE_URL \\(${where}\\): ${reason}`));
  });
});

describe('a DATABASE_URL of somebody who may not come in', () => {
  let server: EmbeddedDatabase;
  let administrator: pg.Client;
  beforeAll(async () => {
    const serverDir = await newFolder();
    server = await openEmbeddedDatabase({ dataDir: serverDir, role: 'server', durable: false });
    administrator = new pg.Client({ ...server.connection, ssl: false });
    await administrator.connect();
    await administrator.query(`create role partner login password 'right'`);
    await writeFile(join(serverDir, 'postgres', 'pg_hba.conf'), 'local all testodrom trust\nlocal all all scram-sha-256\n');
    await administrator.query('select pg_reload_conf()');
  });
  afterAll(async () => {
    await administrator.end();
    await server.stop();
  });

  function url(user: string, name = 'testodrom'): string {
    return `postgres://${user}@${encodeURIComponent(server.connection.host)}/${name}`;
  }

  it.each([
    ['a wrong password', 'partner:hidden', 'password authentication failed for user "partner"'],
    ['an unknown role', 'stranger:hidden', 'password authentication failed for user "stranger"'],
  ])('stops the start: %s', async (_, user, reason) => {
    expect(await refusal({ DATABASE_URL: url(user) })).toMatch(new RegExp(`^Cannot use the database of DATABASE_URL .*: ${reason}\\.$`));
  });

  it('stops the start for a database that is not there, and does not make it', async () => {
    expect(await refusal({ DATABASE_URL: url('testodrom', 'slip') })).toContain('database "slip" does not exist');
    expect((await administrator.query(`select from pg_database where datname = 'slip'`)).rowCount).toBe(0);
  });

  it('stops the start for a role that may not make tables', async () => {
    expect(await refusal({ DATABASE_URL: url('partner:right') })).toMatch(/permission denied for schema public/);
  });
});

describe('a DATABASE_URL of a database of something else', () => {
  it('stops the start and leaves its tables as they are', async () => {
    const database = await freshDatabase({ empty: true });
    try {
      await database.sql(`create table client as select 'theirs' as name`);
      expect(await refusal({ DATABASE_URL: database.url })).toBe(
        'The database has a table "client" that is not Testodrom\'s. Use a database of Testodrom\'s own.',
      );
      expect(await database.sql('select * from client')).toEqual([{ name: 'theirs' }]);
      expect(await database.sql(`select tablename from pg_tables where schemaname = 'public'`))
        .toEqual([{ tablename: 'client' }]);
    } finally {
      await database.drop();
    }
  });
});

describe('an address that cannot be had', () => {
  it('stops the very first start, and the demo key is not lost: the next start prints it', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    try {
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      expect(await refusal({ PORT: String(port) }))
        .toBe(`Port ${port} of 127.0.0.1 is taken: stop what listens there, or set another PORT.`);
    } finally {
      other.close();
    }
    for (const host of ['203.0.113.1', 'no-such-host.invalid']) {
      expect(await refusal({ HOST: host })).toBe(`HOST ${host} is no address of this machine: set another HOST.`);
    }

    const { url, demoKey } = await startServer({ DATA_DIR: dataDir });
    expect((await ask(url, '{ viewer { slug } }', {}, demoKey ?? 'none')).data).toEqual({ viewer: { slug: 'demo' } });
  });
});

describe('a DATA_DIR that cannot be used', () => {
  it('stops the start when it is a file', async () => {
    await writeFile(dataDir, 'a file');
    expect(await refusal({})).toBe(`DATA_DIR ${dataDir} is not a folder; set DATA_DIR to an empty or new folder.`);
    expect(await readFile(dataDir, 'utf8')).toBe('a file');
  });

  it('stops the start when it holds something else, which stays as it was', async () => {
    await mkdir(join(dataDir, 'photos'), { recursive: true });
    await writeFile(join(dataDir, 'photos', 'beach.jpg'), 'beach');
    const before = await fingerprint(folder);
    expect(await refusal({}))
      .toBe(`DATA_DIR ${dataDir} is not empty and holds no Testodrom database; set DATA_DIR to an empty or new folder.`);
    expect(await fingerprint(folder)).toEqual(before);
  });

  it('stops the start where no folder can be made', async () => {
    expect(await refusal({ DATA_DIR: '/proc/testodrom/data' })).toMatch(/^DATA_DIR \/proc\/testodrom\/data cannot be used: /);
  });
});

describe('a DATA_DIR of ours', () => {
  let ours: string;
  beforeAll(async () => {
    ours = join(await newFolder(), 'data');
    await runCli(['client', 'list'], { DATA_DIR: ours });
  });

  it('stops a second server, and the first goes on', async () => {
    const server = await startServer({ DATA_DIR: ours });
    expect(await refusal({ DATA_DIR: ours }))
      .toBe(`Another server is running on DATA_DIR ${ours}. Stop it, or set another DATA_DIR.`);
    expect((await ask(server.url, '{ tests { totalCount } }')).data).toEqual({ tests: { totalCount: 3 } });
    await server.stop();
  });

  it('stops the start when it is damaged, and keeps what is left of it', async () => {
    const control = join(ours, 'postgres', 'global', 'pg_control');
    await writeFile(control, (await readFile(control)).fill(7, 64, 128));
    const before = await fingerprint(join(ours, 'postgres'));
    expect(await refusal({ DATA_DIR: ours }))
      .toContain('The embedded PostgreSQL did not start: incorrect checksum in control file');
    expect(await fingerprint(join(ours, 'postgres'))).toEqual(before);
  });
});
