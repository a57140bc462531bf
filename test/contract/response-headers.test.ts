import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { type RawAnswer, type RawRequest, sendRaw } from '../setup/raw-request.js';
import { startTestServer, type TestServer } from '../setup/test-server.js';

const METRICS_KEY = 'metrics-key-for-tests';
const HTML = { accept: 'text/html' };
const JSON_TYPE = { 'content-type': 'application/json' };

interface Route {
  readonly method: string;
  readonly url: string;
}

let server: TestServer;
const routes: Route[] = [];
/** Addresses of documents: a report and an invoice. */
let documents: string[];

beforeAll(async () => {
  const watch = (message: unknown): void => {
    (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) routes.push({ method: each, url });
    });
  };
  subscribe('fastify.initialization', watch);
  server = await startTestServer({ METRICS_KEY });
  unsubscribe('fastify.initialization', watch);
  const client = await server.client({ price: '10.00', buyerName: 'Buyer', buyerInn: '0098765437', buyerKpp: '009801001', buyerAddress: 'Here' });
  const { data } = await client.graphql('mutation { createInvoice(input: { licenses: 1 }) { ... on CreateInvoiceSuccess { invoice { url(format: HTML) } } } }');
  documents = [`/results/${await server.save()}.html`, new URL(data.createInvoice.invoice.url).pathname];
});
afterAll(() => server.close());

/** The sources that a policy names for something; null for none. */
function sources(policy: string, directive: string): string | null {
  return policy.split(';').map((part) => part.trim()).find((part) => part.startsWith(`${directive} `))?.slice(directive.length + 1) ?? null;
}

/** What is missing or loose in the headers of an answer. */
function faults({ headers }: RawAnswer, tls = false): string[] {
  const policy = String(headers['content-security-policy']);
  const frames = sources(policy, 'frame-ancestors');
  const hsts = headers['strict-transport-security'];
  const wrong: Readonly<Record<string, boolean>> = {
    nosniff: headers['x-content-type-options'] !== 'nosniff',
    frames: !(frames === "'none'" && headers['x-frame-options'] === 'DENY') && !(frames === '*' && headers['x-frame-options'] === undefined),
    policy: sources(policy, 'default-src') !== "'none'",
    eval: policy.includes('unsafe-eval'),
    'inline scripts': sources(policy, 'script-src')?.includes('unsafe-inline') === true,
    referrer: !/^(no-referrer|strict-origin-when-cross-origin)$/.test(String(headers['referrer-policy'])),
    opener: !String(headers['cross-origin-opener-policy']).startsWith('same-origin'),
    resource: headers['cross-origin-resource-policy'] !== 'cross-origin',
    permissions: !/camera=\(\).*microphone=\(\)/.test(String(headers['permissions-policy'])),
    tls: tls ? hsts !== 'max-age=31536000' : hsts !== undefined,
    'who serves': headers.server !== undefined || headers['x-powered-by'] !== undefined,
  };
  return Object.keys(wrong).filter((name) => wrong[name]);
}

/** Each request with what is wrong with its answer; nothing when all are well. */
async function faulty(url: string, requests: readonly RawRequest[], tls = false): Promise<string[]> {
  const found: string[] = [];
  for (const request of requests) {
    const answer = await sendRaw(url, request);
    found.push(...faults(answer, tls).map((fault) => `${request.method ?? 'GET'} ${request.path} ${answer.status}: ${fault}`));
  }
  return found;
}

/** What is answered before a route is found, or instead of it. */
const errors: readonly RawRequest[] = [
  { path: '/nowhere' }, { path: '/%' }, { path: '/', headers: { host: 'no host' } }, { path: `/results/${'x'.repeat(200)}` },
  { method: 'PROPFIND', path: '/graphql' }, { method: 'DELETE', path: '/nowhere' }, { method: 'PUT', path: '/graphql' },
  { method: 'POST', path: '/graphql', headers: JSON_TYPE, body: '{' },
  { method: 'POST', path: '/graphql', headers: JSON_TYPE, body: '{"query":"{"}' },
  { method: 'POST', path: '/graphql', headers: JSON_TYPE, body: '{"query":"{ viewer { name } }"}' },
  { method: 'POST', path: '/graphql', headers: { 'content-type': 'text/csv' }, body: 'x' },
  { method: 'POST', path: '/graphql', headers: JSON_TYPE, body: Buffer.alloc(1_200_000, ' ') },
  { method: 'POST', path: '/partner/api/v3/progress/save', headers: { 'content-type': '/' }, body: 'x' },
  { path: '/docs/rest?x=1' }, { path: '/docs/rest/static/none.js' }, { path: '/results/x.html' },
];

describe('every answer', () => {
  it('has the headers that keep browsers safe, at every address by every method', async () => {
    const requests = routes.map(({ method, url }) => ({ method, path: url.replace(/:\w+|\*/g, 'x') }));
    expect(requests.length).toBeGreaterThan(100);
    expect(requests.map(({ path }) => path)).toEqual(expect.arrayContaining(['/', '/explorer', '/graphql', '/metrics', '/docs/rest/json']));
    expect(await faulty(server.url, requests)).toEqual([]);
  });

  it('has them too when it is an error', async () => {
    expect(await faulty(server.url, errors)).toEqual([]);
  });

  it('has them too when the request could not be read as HTTP', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n');
    const [head = ''] = (await text(socket)).split('\r\n\r\n');
    const headers = Object.fromEntries(head.split('\r\n').slice(1).map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 2)];
    }));
    expect(faults({ status: 400, headers, text: '' })).toEqual([]);
  });

  it('tells browsers to insist on TLS where partners reach the server by it', async () => {
    const secure = await startTestServer({ PUBLIC_URL: 'https://api.example.org', METRICS_KEY });
    try {
      const requests = routes.filter(({ method }) => method === 'GET').map(({ url }) => ({ path: url.replace(/:\w+|\*/g, 'x') }));
      expect(await faulty(secure.url, [...requests, ...errors], true)).toEqual([]);
    } finally {
      await secure.close();
    }
  });
});

describe('every page', () => {
  const pages = (): readonly string[] => ['/graphql', '/explorer', '/docs/rest', ...documents];

  it('is one of those that are known here', async () => {
    const shown: string[] = [];
    for (const { method, url } of routes) {
      if (method !== 'GET') continue;
      const { headers } = await sendRaw(server.url, { path: url, headers: HTML });
      if (headers['content-type']?.startsWith('text/html')) shown.push(url);
    }
    expect(shown.sort()).toEqual(pages().slice(0, 3).toSorted());
  });

  it('runs scripts that are known alone, and none on a document', async () => {
    for (const path of pages()) {
      const { status, headers, text: page } = await sendRaw(server.url, { path, headers: HTML });
      const policy = String(headers['content-security-policy']);
      expect([path, status, headers['content-type']]).toEqual([path, 200, expect.stringMatching(/^text\/html/)]);
      expect([path, sources(policy, 'default-src'), policy.includes('unsafe-eval')]).toEqual([path, "'none'", false]);
      expect(sources(policy, 'script-src') ?? '').not.toMatch(/unsafe|\*|data:|(^| )https?:( |$)/);
      if (documents.includes(path)) expect([page.includes('<script'), sources(policy, 'script-src')]).toEqual([false, null]);
    }
  });

  it('is shown in frames of other sites only when it is a document', async () => {
    for (const path of pages()) {
      const { headers } = await sendRaw(server.url, { path, headers: HTML });
      expect([path, sources(String(headers['content-security-policy']), 'frame-ancestors'), headers['x-frame-options']])
        .toEqual(documents.includes(path) ? [path, '*', undefined] : [path, "'none'", 'DENY']);
    }
  });

  it('loads nothing from other servers, but Sandbox from those of Apollo, the fonts from those of Google', async () => {
    const hosts: Record<string, string[]> = {};
    for (const path of pages().slice(0, 3)) {
      const { headers } = await sendRaw(server.url, { path, headers: HTML });
      hosts[path] = [...new Set(String(headers['content-security-policy']).match(/https?:[^\s;]*/g) ?? [])].sort();
    }
    expect(hosts).toEqual({
      '/graphql': [
        'https://apollo-server-landing-page.cdn.apollographql.com', 'https://embed.apollo.local:3000',
        'https://embeddable-explorer.cdn.apollographql.com', 'https://embeddable-sandbox.cdn.apollographql.com',
        'https://explorer.embed.apollographql.com', 'https://fonts.googleapis.com', 'https://fonts.gstatic.com',
        'https://sandbox.embed.apollographql.com',
      ],
      '/explorer': [], '/docs/rest': [],
    });
  });
});
