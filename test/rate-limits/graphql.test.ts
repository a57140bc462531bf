import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tokenOf } from '../setup/access-tokens.js';
import { statementsOf } from '../setup/count-statements.js';
import { rawSocket } from '../setup/raw-socket.js';
import { rejections } from '../setup/rejections.js';
import { type Json, startTestServer, type TestServer } from '../setup/test-server.js';
import { until } from '../setup/until.js';

/** Costs 2 points, and is charged 50. */
const CHEAP = '{ test(slug: "free") { length } }';
const VIEWER = '{ viewer { slug } }';
/** Costs more than an address has. */
const DEAR = `{ ${Array.from({ length: 16 }, (_, index) => `a${index}: tests(first: 100) { nodes { slug } }`).join(' ')} }`;
const TESTS = '{ tests(first: 100) { nodes { slug } } }';
const PROXY = { TRUSTED_PROXIES: '127.0.0.1' };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ RATE_LIMIT_CLIENT: '5000', RATE_LIMIT_ADDRESS: '3000', ...PROXY });
  // A document costs more the first time.
  for (const query of [CHEAP, VIEWER, TESTS]) await ask(newAddress(), query);
});
afterAll(() => server.close());

interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

let addresses = 0;
/** An address from which nothing came before. */
const newAddress = (): string => `198.51.100.${(addresses += 1)}`;

async function ask(address: string, query: unknown, { key, headers = {} }: { key?: string; headers?: Record<string, string> } = {}): Promise<Asked> {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json', 'x-forwarded-for': address, ...headers, ...(key !== undefined && { authorization: `Bearer ${key}` }),
    },
    body: typeof query === 'string' && query.startsWith('raw:') ? query.slice(4) : JSON.stringify({ query }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const left = ({ headers }: Asked): string | null => headers.get('ratelimit');

describe('an operation', () => {
  it('without a key is paid by the address, and headers tell what is left', async () => {
    const address = newAddress();
    const { status, headers } = await ask(address, CHEAP);
    expect([status, headers.get('ratelimit-policy'), headers.get('ratelimit')])
      .toEqual([200, '"address";q=3000;w=60', expect.stringMatching(/^"address";r=2950;t=(60|5\d)$/)]);
    expect(left(await ask(newAddress(), CHEAP))).toMatch(/^"address";r=2950;/);
  });

  it('costs what its fields cost', async () => {
    const address = newAddress();
    expect(left(await ask(address, TESTS))).toMatch(/r=2799;/);
  });

  it('with a good key is paid by the client, wherever it comes from, and by nobody else', async () => {
    const [client, other] = [await server.client(), await server.client()];
    const address = newAddress();
    expect(left(await ask(address, VIEWER, { key: client.key }))).toMatch(/^"client";r=4950;/);
    expect(left(await ask(newAddress(), VIEWER, { key: client.key }))).toMatch(/^"client";r=4900;/);
    expect(left(await ask(address, VIEWER, { key: other.key }))).toMatch(/^"client";r=4950;/);
    expect(left(await ask(address, CHEAP))).toMatch(/^"address";r=2950;/);
  });

  it('with an access token or a key that is no good is paid by the address, and public fields are answered', async () => {
    const token = await tokenOf(await server.client());
    const address = newAddress();
    for (const [index, key] of [token, 'tdk_wrong', 'tda_wrong'].entries()) {
      const answer = await ask(address, CHEAP, { key });
      expect([answer.body, left(answer)]).toEqual([
        { data: { test: { length: 3 } }, extensions: { cost: 2 } }, expect.stringMatching(new RegExp(`^"address";r=${2_950 - 50 * index};`)),
      ]);
    }
    expect((await ask(address, VIEWER, { key: 'tdk_wrong' })).body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
  });

  it('that nothing is left for is not run, and is told when to try again', async () => {
    const client = await server.client();
    const address = newAddress();
    for (let call = 0; call < 100; call += 1) expect((await ask(address, VIEWER, { key: client.key })).status).toBe(200);
    const before = await rejections(server, 'client_rate');
    const { status, headers, body } = await ask(address, 'mutation { registerUser(input: { userId: "late" }) { __typename } }', { key: client.key });
    expect(status).toBe(429);
    const seconds = Number(headers.get('retry-after'));
    expect(body).toEqual({ errors: [{
      message: `This client has spent its 5000 points of cost a minute: ask for less, or less often. Try again in ${seconds} s.`,
      extensions: { code: 'RATE_LIMITED', retryAfterSeconds: seconds, requestId: headers.get('x-request-id') },
    }] });
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
    expect([headers.get('ratelimit-policy'), headers.get('ratelimit')]).toEqual(['"client";q=5000;w=60', `"client";r=0;t=${seconds}`]);
    expect(await server.holdings(client)).toMatchObject({ users: 0, counter: 0 });
    expect(await rejections(server, 'client_rate')).toBe(before + 1);
    expect((await ask(address, VIEWER, { key: client.key })).status).toBe(429);
    expect(left(await ask(address, CHEAP))).toMatch(/^"address";r=2950;/);
  });

  it('that costs more than is left is refused whole', async () => {
    const address = newAddress();
    const { status, body, headers } = await ask(address, DEAR);
    expect([status, body.data, body.errors]).toEqual([429, undefined, [expect.objectContaining({
      message: expect.stringContaining('sign with a client key'), extensions: expect.objectContaining({ code: 'RATE_LIMITED' }),
    })]]);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('refused to a page of another site can be read there, with its headers', async () => {
    const address = newAddress();
    await ask(address, DEAR);
    const { status, headers } = await ask(address, CHEAP, { headers: { origin: 'https://elsewhere.example' } });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([429, '*']);
    expect(headers.get('access-control-expose-headers')?.split(', ')).toEqual(expect.arrayContaining(['ratelimit', 'ratelimit-policy', 'retry-after']));
  });
});

describe('a document', () => {
  it('that the server has not kept costs a hundred points more, and one for every four characters, whatever is run of it', async () => {
    const address = newAddress();
    const padding = Array.from({ length: 40 }, (_, index) => `query Q${index} { tests { nodes { slug name } } }`).join(' ');
    const text = `query A { __typename } ${padding}`;
    const body = `raw:${JSON.stringify({ query: text, operationName: 'A' })}`;
    const first = 3_000 - 101 - Math.floor(text.length / 4);
    expect(left(await ask(address, body))).toMatch(new RegExp(`r=${first};`));
    // Then its length counts.
    expect(left(await ask(address, body))).toMatch(new RegExp(`r=${first - Math.floor((body.length - 4) / 20)};`));
  });

  it('in an address costs as much', async () => {
    const address = newAddress();
    const text = `query A { __typename } ${Array.from({ length: 40 }, (_, index) => `query G${index} { tests { nodes { slug name } } }`).join(' ')}`;
    const response = await fetch(`${server.url}?operationName=A&query=${encodeURIComponent(text)}`, { headers: { 'x-forwarded-for': address } });
    expect([response.status, response.headers.get('ratelimit')])
      .toEqual([200, expect.stringMatching(new RegExp(`r=${3_000 - 101 - Math.floor(text.length / 4)};`))]);
  });

  it('of which something fails when it is run costs fifty points more', async () => {
    const address = newAddress();
    const points = (answer: Asked): number => Number(/r=(\d+);/.exec(left(answer) ?? '')?.[1]);
    const failed = await ask(address, '{ tests(first: 0) { totalCount } }');
    expect(failed.body.errors).toHaveLength(1);
    expect(points(await ask(address, CHEAP))).toBe(points(failed) - 50 - 50);
  });
});

describe('what is no operation', () => {
  it.each([
    ['that is no GraphQL', '{ test('],
    ['that asks for unknown fields', '{ unknown }'],
    ['that costs too much', '{ tests(first: 100) { nodes { questions { options { value } next { question { options { value } } } } } } }'],
    ['without a document', ''],
    ['of broken JSON', 'raw:{'],
    ['of several operations', `raw:[${JSON.stringify({ query: CHEAP })}]`],
  ])('costs the address a thousand points each beside its document: a request %s', async (_what, query) => {
    const address = newAddress();
    const price = 1_000 + (query === '' || query.startsWith('raw:') ? 0 : 100 + Math.floor(query.length / 4));
    for (let call = 0; call < 2; call += 1) {
      const { body, headers } = await ask(address, query);
      expect([body.errors.length, body.data, headers.get('ratelimit')]).toEqual([1, undefined, null]);
    }
    expect(left(await ask(address, CHEAP))).toMatch(new RegExp(`^"address";r=${2_950 - 2 * price};`));
  });

  it('is refused once nothing is left, without being read', async () => {
    const address = newAddress();
    for (let call = 0; call < 3; call += 1) await ask(address, '{ unknown }');
    for (const query of ['{ unknown }', 'raw:{']) {
      const { status, body, headers } = await ask(address, query);
      expect([status, body.errors[0].extensions]).toEqual([429, {
        code: 'RATE_LIMITED', retryAfterSeconds: Number(headers.get('retry-after')), requestId: headers.get('x-request-id'),
      }]);
    }
  });

  it('is paid by the client that signed it', async () => {
    const client = await server.client();
    const address = newAddress();
    await ask(address, 'raw:{', { key: client.key });
    await ask(address, '{ unknown }', { key: client.key });
    expect(left(await ask(address, VIEWER, { key: client.key }))).toMatch(/^"client";r=2848;/);
    expect(left(await ask(address, CHEAP))).toMatch(/^"address";r=2950;/);
  });
});

describe('a request whose caller hangs up', () => {
  it.each([
    ['to GraphQL', '/graphql', 1_950], ['to REST, with a key that was not read', '/partner/api/v3/client/authenticate-by-token', 2_900],
  ])('is paid by the address: one %s', async (_what, path, points) => {
    const address = newAddress();
    const underWay = (count: number) => until(`${count} under way`, async () =>
      (await server.app.services.metrics.text()).includes(`testodrom_http_requests_under_way ${count}\n`));
    const { socket, send } = await rawSocket(server.url);
    send(`POST ${path} HTTP/1.1\r\nHost: here\r\nX-Forwarded-For: ${address}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`);
    await underWay(1);
    socket.destroy();
    await underWay(0);
    expect(left(await ask(address, CHEAP))).toMatch(new RegExp(`^"address";r=${points};`));
  });
});

it('a request without a key costs no query', async () => {
  const address = newAddress();
  expect(await statementsOf(() => ask(address, CHEAP))).toEqual([]);
});

it('a server without limits tells nothing of them', async () => {
  const unlimited = await startTestServer();
  try {
    const { headers } = await unlimited.graphql(CHEAP);
    expect([headers.get('ratelimit'), headers.get('ratelimit-policy')]).toEqual([null, null]);
  } finally {
    await unlimited.close();
  }
});
