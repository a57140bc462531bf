import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase } from '../setup/fresh-database.js';
import { ask, cleanUp, killAll, newFolder, type ServerProcess, startServer } from '../setup/processes.js';
import type { Json } from '../setup/test-server.js';

const run = promisify(execFile);

let dataDir: string;
let first: ServerProcess;
beforeAll(async () => {
  dataDir = join(await newFolder(), 'data');
  // Settings for other databases, and more connections than PostgreSQL admits by default.
  first = await startServer({
    DATA_DIR: dataDir, DATABASE_POOL_SIZE: '150',
    PGSSLMODE: 'require', PGOPTIONS: '-c statement_timeout=1', PGHOST: 'elsewhere', PGUSER: 'nobody', PGDATABASE: 'none',
  });
});
afterAll(cleanUp);

const BUNDLED = ['career-interests', 'ipip-neo-120', 'work-values'];

function curlLine({ stdout }: ServerProcess): string {
  return /^curl .*$/m.exec(stdout())?.[0] ?? '';
}

/** Does what the line says: through the shell, or by hand on a machine without curl. */
async function follow(line: string): Promise<Json> {
  const hasCurl = await run('sh', ['-c', 'command -v curl']).then(() => true, () => false);
  return JSON.parse(hasCurl ? (await run('sh', ['-c', line])).stdout : await fetchAsCurl(line));
}

async function fetchAsCurl(line: string): Promise<string> {
  // The shell itself takes the line apart, so that its quotes are tried as well.
  const { stdout } = await run('sh', ['-c', `printf '%s\\n' ${line.replace(/^curl -s /, '')}`]);
  const [url = '', ...options] = stdout.trimEnd().split('\n');
  const values = (option: string): string[] => options.filter((_, index) => options[index - 1] === option);
  const headers = values('-H').map((header) => header.split(': ', 2) as [string, string]);
  const [body = ''] = values('-d');
  return (await fetch(url, { method: 'POST', headers, body })).text();
}

/** What is printed, with the parts that differ each time left out. */
function withoutSecrets({ stdout, url, demoKey }: ServerProcess): string {
  return stdout().replaceAll(url, '<URL>').replaceAll(new URL('/docs/rest', url).href, '<REST>')
    .replaceAll(new URL('/explorer', url).href, '<EXPLORER>').replaceAll(demoKey ?? '<none>', '<KEY>');
}

function slugs(answer: Json): string[] {
  return answer.data.tests.nodes.map(({ slug }: { slug: string }) => slug).sort();
}

describe('the first start', () => {
  it('tells where GraphQL, REST and the explorer are, the key of the demo client and how to try it, and nothing else', () => {
    expect(withoutSecrets(first)).toBe([
      'Testodrom API is ready.',
      '',
      'GraphQL      <URL>',
      'REST         <REST>',
      'Explorer     <EXPLORER>',
      'Demo client  <KEY>',
      '             (its CLIENT_KEY, shown this once)',
      '',
      'Try it:',
      '',
      "curl -s <URL> -H 'content-type: application/json' -H 'authorization: Bearer <KEY>' -d '{\"query\":\"" +
        '{ viewer { name licenseUsage { remaining } } tests { nodes { slug name(locale: \\"en\\") length paid } } }"}\'',
      '', '',
    ].join('\n'));
    expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/graphql$/);
    expect(first.demoKey).toMatch(/^tdk_[0-9a-f]{72}$/);
    expect(first.stderr()).toBe('');
  });

  it('prints a curl line that works as it is, also without curl', async () => {
    for (const answer of [await follow(curlLine(first)), JSON.parse(await fetchAsCurl(curlLine(first)))]) {
      expect(answer.errors).toBeUndefined();
      expect(answer.data.viewer).toEqual({ name: 'Demo', licenseUsage: { remaining: 100 } });
      expect(slugs(answer)).toEqual(BUNDLED);
    }
  });
});

describe('the embedded database', () => {
  it('admits as many connections as the server may open', async () => {
    const answers = await Promise.all(Array.from({ length: 300 }, () => ask(first.url, '{ viewer { slug } }', {}, first.demoKey ?? '')));
    expect(new Set(answers.map(({ data }) => data?.viewer.slug))).toEqual(new Set(['demo']));
  });
});

describe('the second start', () => {
  let second: ServerProcess;
  beforeAll(async () => {
    expect(await first.stop()).toEqual({ code: 0, stdout: first.stdout(), stderr: '' });
    second = await startServer({ DATA_DIR: dataDir });
  });

  it('tells where GraphQL, REST and the explorer are, and how to try it, but no key', () => {
    expect(withoutSecrets(second)).toBe([
      'Testodrom API is ready.',
      '',
      'GraphQL      <URL>',
      'REST         <REST>',
      'Explorer     <EXPLORER>',
      '',
      'Try it:',
      '',
      "curl -s <URL> -H 'content-type: application/json' -d '{\"query\":\"" +
        '{ tests { nodes { slug name(locale: \\"en\\") length paid } } }"}\'',
      '', '',
    ].join('\n'));
    expect(second.stderr()).toBe('');
  });

  it('prints a curl line that works as it is', async () => {
    expect(slugs(await follow(curlLine(second)))).toEqual(BUNDLED);
  });

  it('still knows the key of the first start', async () => {
    const { data } = await ask(second.url, '{ viewer { slug } }', {}, first.demoKey ?? '');
    expect(data).toEqual({ viewer: { slug: 'demo' } });
  });
});

describe('the first start with DATABASE_URL', () => {
  it('prints no key, makes no client and no DATA_DIR, and ends well', async () => {
    const database = await freshDatabase({ empty: true });
    const unused = join(await newFolder(), 'data');
    try {
      const server = await startServer({ DATABASE_URL: database.url, DATA_DIR: unused });
      expect(server.demoKey).toBeNull();
      expect(slugs(await follow(curlLine(server)))).toEqual(BUNDLED);
      expect(await database.sql('select slug from client')).toEqual([]);
      expect(existsSync(unused)).toBe(false);
      expect(await server.stop()).toEqual({ code: 0, stdout: server.stdout(), stderr: '' });
    } finally {
      await killAll();
      await database.drop();
    }
  });
});

describe('a start in production', () => {
  it('that is told to stop is ended first, and then everything in its order', async () => {
    const server = await startServer({ DATA_DIR: join(await newFolder(), 'data'), NODE_ENV: 'production' }, /The embedded database is made/);
    expect(await server.stop()).toMatchObject({ code: 0, stderr: '' });
    expect(server.stdout()).toMatch(/is ready at .*\n.*is stopping/);
  });

  it('is told by the log alone, makes no client that anybody could use, and warns of the embedded database', async () => {
    const server = await startServer({ DATA_DIR: join(await newFolder(), 'data'), NODE_ENV: 'production' });
    await server.stop();
    const lines = server.stdout().trimEnd().split('\n').map((line) => JSON.parse(line) as { level: string; msg: string });
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
      ['warn', 'The embedded database is made for trying things out: set DATABASE_URL.'],
      ['info', expect.stringMatching(/^Testodrom API is ready at http:/)],
      ['info', 'Testodrom API is stopping.'],
    ]);
    expect(server.stderr()).toBe('');
  });
});
