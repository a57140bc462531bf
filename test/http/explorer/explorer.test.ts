import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer, type TestServer } from '../../setup/test-server.js';
import { sendRaw } from '../../setup/raw-request.js';

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', ttf: 'font/ttf',
};
const { version } = JSON.parse(readFileSync('node_modules/ruru/package.json', 'utf8')) as { version: string };
const FILES = `/explorer/${version}/`;

const started: TestServer[] = [];
let server: TestServer;
beforeAll(async () => {
  server = await start();
});
afterAll(async () => {
  for (const each of started) await each.close();
});

async function start(environment?: Record<string, string>): Promise<TestServer> {
  const begun = await startTestServer(environment);
  started.push(begun);
  return begun;
}

function got({ url }: TestServer, path: string, headers?: Record<string, string>): Promise<Response> {
  return fetch(new URL(path, url), { redirect: 'manual', ...(headers && { headers }) });
}

describe('the explorer', () => {
  it('names no other server in its page but in links, and where GraphQL is', async () => {
    const page = await (await got(server, '/explorer')).text();
    expect(page).toContain('"endpoint": "/graphql"');
    expect(page.match(/https?:\/\/[^"\s]+/g)).toBeNull();
  });

  it('lies below the path of PUBLIC_URL with all that it loads', async () => {
    const below = await start({ PUBLIC_URL: 'https://api.example.org/testodrom' });
    const page = await (await got(below, '/explorer')).text();
    expect(page).toContain('"endpoint": "/testodrom/graphql"');
    const loaded = [...page.matchAll(/(?:href|src)="([^"]+)"|from "([^"]+)"/g)].map(([, href, from]) => href ?? from!);
    expect(loaded).toEqual([`/testodrom${FILES}ruru.js`, `/testodrom${FILES}ruru.css`, `/testodrom${FILES}ruru.js`]);
  });

  it.each(['ruru.js', 'ruru.css', 'graphqlWorker.js', 'f6283f7ccaed1249d9eb.ttf'])(
    'serves its files with their types, to be kept: %s', async (name) => {
      const response = await got(server, FILES + name, { 'accept-encoding': 'identity' });
      expect([response.status, response.headers.get('content-type'), response.headers.get('content-encoding')])
        .toEqual([200, TYPES[name.split('.').pop()!], null]);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(Buffer.from(await response.arrayBuffer()).equals(readFileSync(`node_modules/ruru/static/${name}`))).toBe(true);
    });

  it('sends its files compressed to whoever takes that, and says on what that depends', async () => {
    const plain = await sendRaw(server.url, { path: `${FILES}ruru.js` });
    const compressed = await sendRaw(server.url, { path: `${FILES}ruru.js`, headers: { 'accept-encoding': 'gzip, br' } });
    expect([plain.headers['content-encoding'], compressed.headers['content-encoding']]).toEqual([undefined, 'br']);
    expect(compressed.headers.vary).toBe('Accept-Encoding');
    expect(Number(compressed.headers['content-length'])).toBeLessThan(Number(plain.headers['content-length']) / 2);
  });

  it.each([
    `${FILES}ruru.js.map`, `${FILES}none.js`, `${FILES}../package.json`, `${FILES}..%2fpackage.json`, `${FILES}%2fetc%2fpasswd`,
    `${FILES}constructor`, FILES, '/explorer/1.0.0/ruru.js',
  ])('serves nothing else: %s', async (path) => {
    const { status, headers, text } = await sendRaw(server.url, { path });
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([404, 'application/json; charset=utf-8', 'no-store']);
    expect(JSON.parse(text).errors[0].message).toContain('Nothing is here.');
  });

  it('is not there when it is switched off, nor where only trusted documents run', async () => {
    const off = await start({ EXPLORER: 'off' });
    for (const path of ['/explorer', `${FILES}ruru.js`]) expect((await got(off, path)).status).toBe(404);
  });
});

describe('the address of the explorer', () => {
  it('is found with a slash at its end too', async () => {
    const response = await got(await start({ PUBLIC_URL: 'https://x.org/api' }), '/explorer/');
    expect([response.status, response.headers.get('location')]).toEqual([302, '/api/explorer']);
  });
});

describe('the entrance', () => {
  it.each([
    ['GraphQL, where Sandbox is', {}, 302, '/graphql'],
    ['the explorer in production', { NODE_ENV: 'production' }, 302, '/explorer'],
    ['the explorer in production, below the path of PUBLIC_URL', { NODE_ENV: 'production', PUBLIC_URL: 'https://x.org/api' }, 302, '/api/explorer'],
    ['nothing in production without the explorer', { NODE_ENV: 'production', EXPLORER: 'off' }, 404, null],
  ])('leads to %s', async (_where, environment, status, location) => {
    const response = await got(await start(environment), '/');
    expect([response.status, response.headers.get('location')]).toEqual([status, location]);
  });
});
