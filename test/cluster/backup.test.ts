import { execFileSync } from 'node:child_process';
import { chown, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ask, cleanUp, newFolder, runCli, type ServerProcess, startServer, until } from '../setup/processes.js';
import { smallAnswers, smallTest } from '../setup/small-tests.js';
import { callsAt } from '../setup/test-server.js';

/** Whom PostgreSQL runs as, because it does not as root. */
const NOBODY = 65_534;
const isRoot = process.geteuid?.() === 0;
const SAVE = 'mutation ($input: SaveProgressInput!) { saveProgress(input: $input) { ... on SaveProgressSuccess { resultKey } } }';
const ATTACHED = 'select id from result where client_id is not null order by attached_at';
/** In the pages and here: where backups are, and the moment to which one goes back. */
const [BACKUP, MOMENT] = ['/backup', '2026-11-22 09:59:00+00'];

let folder: string;
let programs: string;
let shell: (script: string, variables?: Record<string, string>) => string;
let server: ServerProcess;
let key: string;
/** The blocks of the page that say how PostgreSQL's own tools are used. */
let blocks: { readonly kind: string; readonly text: string }[];

const url = (database = 'testodrom'): string => `postgres://postgres@${encodeURIComponent(folder)}/${database}`;

beforeAll(async () => {
  const versions = (await readdir('/usr/lib/postgresql')).sort((a, b) => Number(b) - Number(a));
  programs = join('/usr/lib/postgresql', versions[0]!, 'bin');
  folder = await newFolder();
  for (const name of ['backup', 'backup/wal', 'data']) await mkdir(join(folder, name));
  if (isRoot) for (const name of ['', 'backup', 'backup/wal', 'data']) await chown(join(folder, name), NOBODY, NOBODY);
  shell = (script, variables = {}) => execFileSync('bash', ['-euc', script.replaceAll(BACKUP, join(folder, 'backup'))], {
    env: { PATH: `${programs}:${process.env['PATH'] ?? ''}`, PGHOST: folder, PGUSER: 'postgres', DATABASE_URL: url(), ...variables },
    cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  const page = await readFile('docs/operations.md', 'utf8');
  const section = page.slice(page.indexOf('### With PostgreSQL\'s own tools'), page.indexOf('### After a restore'));
  blocks = [...section.matchAll(/```(sh|ini)\n([^]*?)```/g)].map(([, kind, text]) => ({ kind: kind!, text: text! }));
  shell(`initdb --pgdata=data --username=postgres --auth=trust --encoding=UTF8 --no-sync`);
  await configure(`listen_addresses = ''\nunix_socket_directories = '${folder}'\n${blocks.find(({ kind }) => kind === 'ini')!.text}`);
  shell('pg_ctl --pgdata=data --log=log --wait start; createdb testodrom');
  await use();
});
afterAll(async () => {
  shell('for data in data recovered; do pg_ctl --pgdata=$data --mode=immediate stop || true; done');
  await cleanUp();
});

async function configure(text: string): Promise<void> {
  const path = join(folder, 'data/postgresql.conf');
  await writeFile(path, `${await readFile(path, 'utf8')}\n${text.replaceAll(BACKUP, join(folder, 'backup'))}`);
}

async function sql<Row extends object>(text: string, database?: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url(database) });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Starts a server, and lets a client use it. */
async function use(): Promise<void> {
  const definition = join(folder, 'free.json');
  await writeFile(definition, JSON.stringify(smallTest('free', { paid: false })));
  await command(['test', 'import', definition]);
  const create = ['client', 'create', '--name', 'School', '--slug', 'school', '--payment', 'prepaid', '--license-limit', '50', '--license-policy', 'unlimited'];
  ({ key } = JSON.parse(await command([...create, '--json'])));
  server = await startServer({ DATABASE_URL: url() });
  await attach('anna');
}

async function command(args: readonly string[], database?: string): Promise<string> {
  const { code, stdout, stderr } = await runCli(args, { DATABASE_URL: url(database) });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

async function attach(user: string): Promise<void> {
  const { data } = await ask(server.url, SAVE, { input: { test: 'free', answers: smallAnswers } });
  expect(await callsAt(server.url, key).attach(data.saveProgress.resultKey, user)).toMatchObject({ __typename: 'AttachResultSuccess' });
}

/** Every row, and the state of the schema, as text. */
async function everything(database?: string): Promise<object> {
  const tables = await sql<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'rate_limit' order by 1", database);
  const rows = tables.map(async ({ name }) => [name, await sql(`select t::text as row from "${name}" t order by 1`, database)]);
  return Object.fromEntries(await Promise.all(rows) as [string, object[]][]);
}

/** Servers start on the database and give the reports that there are, and another license. */
async function expectService(results: readonly { id: string }[], database?: string): Promise<void> {
  server = await startServer({ DATABASE_URL: url(database) });
  for (const { id } of results) {
    const { data } = await ask(server.url, `{ result(key: "${id}") { report { scales { percentage } } } }`);
    expect(data.result.report.scales).toEqual([{ percentage: 25 }]);
  }
  await attach('somebody new');
  await server.stop();
}

const block = (word: string): string => blocks.find(({ kind, text }) => kind === 'sh' && text.includes(word))!.text;

describe('a backup by PostgreSQL\'s own tools, as the page says', () => {
  it('is restored into another database', async () => {
    const before = await everything();
    shell(block('pg_dump'));
    shell('createdb target');
    shell(block('pg_restore'), { TARGET: url('target') });
    expect(await everything('target')).toEqual(before);
    const results = await sql<{ id: string }>(ATTACHED, 'target');
    expect(results).toHaveLength(1);
    await server.stop();
    await expectService(results, 'target');
    server = await startServer({ DATABASE_URL: url() });
  });

  it('goes back to the moment before a mistake, over what came after the copy', async () => {
    shell(block('pg_basebackup'));
    await attach('boris');
    const before = await everything();
    const results = await sql<{ id: string }>(ATTACHED);
    expect(results).toHaveLength(2);
    const [{ moment }] = await sql<{ moment: string }>('select clock_timestamp()::text as moment') as [{ moment: string }];
    await attach('after that moment');
    await sql('update result set client_id = null, user_id = null, attached_at = null');
    await server.stop();
    const [{ last }] = await sql<{ last: string }>('select pg_walfile_name(pg_switch_wal()) as last') as [{ last: string }];
    await until(async () => (await readdir(join(folder, 'backup/wal'))).includes(last) || undefined);
    // The machine is lost, all at once.
    shell('pg_ctl --pgdata=data --mode=immediate stop');

    const recovery = block('recovery.signal');
    expect(recovery).toContain(MOMENT);
    shell(`mkdir "$PGDATA"; ${recovery.replace(MOMENT, moment)}`, { PGDATA: join(folder, 'recovered') });
    shell('pg_ctl --pgdata=recovered --log=log --wait start');
    await until(async () => (await sql<{ is: boolean }>('select pg_is_in_recovery() as is'))[0]?.is === false || undefined);
    expect(await everything()).toEqual(before);
    await expectService(results);
  });
});
