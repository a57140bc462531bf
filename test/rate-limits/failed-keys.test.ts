import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { saveBy, tokenOf } from '../setup/access-tokens.js';
import { statementsOf } from '../setup/count-statements.js';
import { type RawAnswer, sendRaw } from '../setup/raw-request.js';
import { rejections } from '../setup/rejections.js';
import { smallAnswers } from '../setup/small-tests.js';
import { startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

const METRICS_KEY = 'metrics-key-of-this-test';
const VIEWER = '{ viewer { slug } }';
const SAVE = `mutation ($input: SaveProgressInput!) { saveProgress(input: $input) { __typename ... on Problem { code } } }`;

let server: TestServer;
let client: TestClient;
beforeAll(async () => {
  server = await startTestServer({ RATE_LIMIT_FAILED_KEYS: '3', TRUSTED_PROXIES: '127.0.0.1', METRICS_KEY });
  client = await server.client();
});
afterAll(() => server.close());

let addresses = 0;
const newAddress = (): string => `198.51.100.${(addresses += 1)}`;

type Way = (address: string, secret: string) => Promise<RawAnswer>;

const posted = (path: string, address: string, body: object, headers: Record<string, string> = {}): Promise<RawAnswer> => sendRaw(server.url, {
  method: 'POST', path, headers: { 'content-type': 'application/json', 'x-forwarded-for': address, ...headers }, body: JSON.stringify(body),
});
const graphql: Way = (address, key) => posted('/graphql', address, { query: VIEWER }, { authorization: `Bearer ${key}` });
const token: Way = (address, secret) => posted(
  '/graphql', address, { query: SAVE, variables: { input: { test: 'free', answers: smallAnswers } } }, { authorization: `Bearer ${secret}` },
);
const rest: Way = (address, key) => posted('/partner/api/v3/client/authenticate-by-token', address, { token: key });
const v2: Way = (address, key) => posted('/partner/api/v2/user/register', address, { client: key, user_id: 'person' });
const metrics: Way = (address, key) => sendRaw(server.url, { path: '/metrics', headers: { 'x-forwarded-for': address, authorization: `Bearer ${key}` } });

/** Wrong keys until none is looked at any more. */
async function guess(address: string): Promise<void> {
  for (let guesses = 0; guesses < 3; guesses += 1) await graphql(address, `tdk_wrong${guesses}`);
}

describe.each<[string, Way, string, number]>([
  ['a client key of GraphQL', graphql, 'tdk_wrong', 200],
  ['an access token', token, 'tda_wrong', 200],
  ['a client key of REST v3', rest, 'wrong', 401],
  ['a client key of REST v2', v2, 'wrong', 404],
  ['the key of the metrics', metrics, 'wrong', 401],
])('guessing %s', (_what, way, wrong, status) => {
  it('is answered a few times a minute, then no guess is looked at', async () => {
    const address = newAddress();
    for (let guesses = 0; guesses < 3; guesses += 1) expect((await way(address, `${wrong}${guesses}`)).status).toBe(status);
    const before = await rejections(server, 'failed_keys');
    let refused: RawAnswer | undefined;
    expect(await statementsOf(async () => (refused = await way(address, wrong)))).toEqual([]);
    expect(refused!.status).toBe(429);
    expect(Number(refused!.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(refused!.text).toMatch(/Too many wrong keys came from this address.* Try again in \d+ s\./);
    expect(refused!.headers['ratelimit-policy']).toBe('"failed-keys";q=3;w=60');
    expect(await rejections(server, 'failed_keys')).toBe(before + 1);
  });

  it('from one address leaves others alone', async () => {
    await guess(newAddress());
    expect((await way(newAddress(), wrong)).status).toBe(status);
  });
});

describe('an address that sent too many wrong keys', () => {
  it('is told so by whichever way it tries, also with good keys, which nobody uses then', async () => {
    const address = newAddress();
    await guess(address);
    const good = await tokenOf(client);
    const answers = [
      await graphql(address, client.key), await token(address, good), await rest(address, client.key), await v2(address, client.key),
      await metrics(address, METRICS_KEY),
    ];
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 429, 429, 429]);
    expect(JSON.parse(answers[0]!.text)).toEqual({ errors: [{ message: expect.any(String), extensions: {
      code: 'RATE_LIMITED', retryAfterSeconds: Number(answers[0]!.headers['retry-after']), requestId: answers[0]!.headers['x-request-id'],
    } }] });
    expect(JSON.parse(answers[2]!.text)).toEqual({ error: { code: 429, message: expect.any(String) } });
    expect(await server.holdings(client)).toMatchObject({ users: 0 });
    expect(await saveBy(server.url, good)).toMatchObject({ __typename: 'SaveProgressSuccess', replayed: false });
  });

  it('is served without a key as ever', async () => {
    const address = newAddress();
    await guess(address);
    expect((await posted('/graphql', address, { query: '{ test(slug: "free") { length } }' })).status).toBe(200);
    expect((await sendRaw(server.url, { path: '/tests/api/v1/info/free/', headers: { 'x-forwarded-for': address } })).status).toBe(200);
  });
});

it('keys that are good, and requests that name none, cost nothing of it', async () => {
  const address = newAddress();
  for (let call = 0; call < 5; call += 1) {
    expect((await graphql(address, client.key)).status).toBe(200);
    expect((await rest(address, client.key)).status).toBe(200);
    expect((await metrics(address, METRICS_KEY)).status).toBe(200);
    expect((await posted('/graphql', address, { query: VIEWER })).status).toBe(200);
    expect((await sendRaw(server.url, { path: '/metrics', headers: { 'x-forwarded-for': address } })).status).toBe(401);
  }
  expect((await graphql(address, 'tdk_wrong')).status).toBe(200);
});

it('one wrong key costs once, however often a request asks for it', async () => {
  const address = newAddress();
  const often = Array.from({ length: 20 }, (_, index) => `v${index}: viewer { slug }`).join(' ');
  await posted('/graphql', address, { query: `{ ${often} }` }, { authorization: 'Bearer tdk_wrong' });
  expect((await graphql(address, client.key)).status).toBe(200);
});
