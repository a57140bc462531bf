import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { chown, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, cleanUp, newFolder, until } from '../setup/processes.js';
import { type Built, build } from './dockerfile.js';

const NOBODY = 65_534;
const SECRET = 'secret-of-the-one-who-builds';
/** What the image takes besides its base, in bytes; half of it is what the explorer's packages come with. */
const SIZE_LIMIT = 400 * 1_048_576;
const SAVE = 'mutation ($input: SaveProgressInput!) { saveProgress(input: $input) { ... on SaveProgressSuccess { resultKey } } }';

let database: string;
let built: Built;
let environment: Record<string, string>;
let container: ChildProcess | null = null;

beforeAll(async () => {
  database = await newFolder();
  await chown(database, NOBODY, NOBODY);
  const port = 20_000 + process.pid % 20_000;
  asNobody(`initdb --pgdata=data --username=testodrom --auth=trust --encoding=UTF8 --no-sync
    pg_ctl --pgdata=data --log=log --wait --options="-p ${port} -k ${database} -c listen_addresses=127.0.0.1" start
    createdb --host=${database} --port=${port} --username=testodrom testodrom`);

  // The programs of the base image: its Node, and its npm.
  const programs = await newFolder();
  await symlink(process.execPath, join(programs, 'node'));
  execFileSync('chmod', ['755', programs]);
  const path = [programs, process.env['PATH']].join(delimiter);
  const context = await newFolder();
  execFileSync('sh', ['-ec', `git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t ${context}`]);
  for (const folder of ['.git', '.data', 'node_modules/old', 'src/.git']) await mkdir(join(context, folder), { recursive: true });
  for (const file of ['.env', '.git/config', '.data/postgres.log', 'node_modules/old/index.js']) await writeFile(join(context, file), SECRET);
  const target = await newFolder();
  execFileSync('chmod', ['755', target]);
  built = build(context, target, path);
  environment = { PATH: path, ...built.env, PORT: String(port + 1), DATABASE_URL: `postgres://testodrom@127.0.0.1:${port}/testodrom` };
}, 400_000);
afterAll(async () => {
  container?.kill('SIGKILL');
  asNobody('pg_ctl --pgdata=data --mode=immediate stop');
  await cleanUp();
});

/** Runs PostgreSQL's programs, which do not run as root. */
function asNobody(script: string): void {
  const [newest] = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a));
  execFileSync('bash', ['-euc', script], {
    cwd: database, uid: NOBODY, gid: NOBODY, stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: [join('/usr/lib/postgresql', newest!, 'bin'), process.env['PATH']].join(delimiter) },
  });
}

/** The words that run a program as the image's user, with no right, where nothing can be written anywhere. */
function contained(words: readonly string[]): [string, string[]] {
  const cwd = join(built.root, built.workdir);
  const script = `mount -o remount,bind,ro /; for point in $(findmnt --noheadings --list --output TARGET --types ext4,xfs,overlay,tmpfs); do mount -o remount,bind,ro "$point" || true; done
    cd ${cwd}; if touch x 2>/dev/null || touch /tmp/x 2>/dev/null; then exit 99; fi
    exec setpriv --reuid=${built.user} --regid=${built.user} --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all "$@"`;
  return ['unshare', ['--mount', 'bash', '-euc', script, 'bash', ...words]];
}

async function run(words: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const [program, args] = contained(words);
  const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (said.stderr += text));
  const [code] = await once(child, 'close') as [number | null];
  return { code, ...said };
}

describe('the image', () => {
  it('holds what runs and nothing else', async () => {
    const files = (await readdir(built.root, { recursive: true })).map((path) => `/${path}`);
    const { packages } = JSON.parse(await readFile('package-lock.json', 'utf8')) as { packages: Record<string, { dev?: boolean; optional?: boolean; peer?: boolean }> };
    const unwanted = Object.entries(packages).filter(([folder, { dev, optional }]) => folder !== '' && (dev ?? optional ?? false)).map(([folder]) => `/app/${folder}`);
    expect(unwanted.length).toBeGreaterThan(200);
    const present = new Set(files);
    expect(unwanted.filter((folder) => present.has(folder))).toEqual([]);
    expect(files.filter((path) => /^\/app\/[^/]+$/.test(path)).sort()).toEqual(['/app/dist', '/app/node_modules', '/app/package.json']);
    expect(files.filter((path) => path.startsWith('/app/dist/') && /\.(ts|tsbuildinfo)$|\/test\//.test(path))).toEqual([]);
    expect(files.filter((path) => /\/\.(git|env|npmrc)(\/|$)/.test(path))).toEqual([]);
    expect(() => execFileSync('grep', ['-rlF', SECRET, built.root])).toThrow();
    expect(Number(execFileSync('du', ['-sb', built.root], { encoding: 'utf8' }).split('\t')[0])).toBeLessThan(SIZE_LIMIT);
  });

  it('runs as a user without rights who can write nothing, is healthy, and ends on SIGTERM', async () => {
    expect((await run(built.healthcheck)).code).toBe(1);
    const [program, args] = contained(built.command);
    const child = spawn(program, args, { env: environment, stdio: ['ignore', 'inherit', 'inherit'] });
    container = child;
    await until(async () => (await run(built.healthcheck)).code === 0 || undefined);

    const created = await run(['node', 'dist/cli/main.js', 'client', 'create', '--name', 'School', '--slug', 'school', '--payment', 'postpaid', '--license-policy', 'unlimited', '--json']);
    expect({ code: created.code, stderr: created.stderr }).toEqual({ code: 0, stderr: '' });
    const { key } = JSON.parse(created.stdout) as { key: string };
    const url = `http://127.0.0.1:${environment['PORT']}/graphql`;
    const answers = Array.from({ length: 16 }, (_, place) => ({ questionId: String(place + 1), values: ['4'] }));
    const { data: { saveProgress: { resultKey } } } = await ask(url, SAVE, { input: { test: 'work-values', answers } });
    const attach = 'mutation ($input: AttachResultInput!) { attachResult(input: $input) { __typename } }';
    expect((await ask(url, attach, { input: { resultKey, userId: 'anna' } }, key)).data.attachResult.__typename).toBe('AttachResultSuccess');
    const pdf = Buffer.from(await (await fetch(new URL(`/results/${resultKey}.pdf?locale=ru`, url))).arrayBuffer());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const explorer = await (await fetch(new URL('/explorer', url))).text();
    const script = /"([^"]+)ruru\.js"/.exec(explorer)![1]!;
    expect((await fetch(new URL(`${script}ruru.js`, url))).status).toBe(200);

    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    container = null;
    expect((await run(built.healthcheck)).code).toBe(1);
  });

  it('says what it needs when it is started alone', async () => {
    const { DATABASE_URL: _, ...alone } = environment;
    environment = alone;
    const { code, stderr } = await run(built.command);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/Set DATABASE_URL to a PostgreSQL 14 or newer\.\n$/) });
  });
});
