import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tokenOf } from '../setup/access-tokens.js';
import { type RawAnswer, sendRaw } from '../setup/raw-request.js';
import { rejections } from '../setup/rejections.js';
import { smallAnswers } from '../setup/small-tests.js';
import { startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

const SITE = 'https://school.ru';
const SANDBOX = 'https://studio.apollographql.com';
const ELSEWHERE = 'https://evil.example';

let server: TestServer;
/** Registered `SITE`. */
let school: TestClient;
/** Registered an origin of its own. */
let college: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  school = await server.client({ origins: [SITE] });
  college = await server.client({ origins: ['https://college.ru'] });
});
afterAll(() => server.close());

interface Asked {
  readonly origin?: string;
  readonly secret?: string;
  readonly variables?: object;
  readonly to?: string;
}

function ask(query: string, { origin, secret, variables = {}, to = server.url }: Asked): Promise<RawAnswer> {
  return sendRaw(to, {
    method: 'POST', path: '/graphql', body: JSON.stringify({ query, variables }),
    headers: {
      'content-type': 'application/json', ...(origin !== undefined && { origin }), ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
    },
  });
}

const REGISTER = 'mutation { registerUser(input: { userId: "person" }) { __typename } }';
const PUBLIC = '{ test(slug: "free") { length } }';

describe('a client key in GraphQL', () => {
  it.each<[string, () => string | undefined]>([
    ['programs, which name no origin', () => undefined],
    ['pages of the server itself', () => new URL(server.url).origin],
    ['pages of an origin that the client registered', () => SITE],
    ['Apollo Sandbox, in development', () => SANDBOX],
  ])('is taken from %s', async (_who, origin) => {
    const asked = { secret: school.key, ...(origin() !== undefined && { origin: origin()! }) };
    const { status, text } = await ask('{ viewer { slug } }', asked);
    expect([status, JSON.parse(text)]).toMatchObject([200, { data: { viewer: { slug: school.slug } } }]);
  });

  it.each([
    ELSEWHERE, 'null', '', 'https://college.ru', 'http://school.ru', 'https://school.ru:8443', 'https://www.school.ru', `${SITE}/`, '*',
    'https://sandbox.apollographql.com',
  ])('is refused to pages from elsewhere, for whatever they ask, and nothing is run: %s', async (origin) => {
    const before = [await server.holdings(school), await rejections(server, 'origin')] as const;
    for (const query of [REGISTER, PUBLIC, '{ unknown }']) {
      const { status, headers, text } = await ask(query, { origin, secret: school.key });
      expect([status, headers['access-control-allow-origin']]).toEqual([403, '*']);
      expect(JSON.parse(text)).toEqual({ errors: [{
        message: expect.stringMatching(/keep the key on your server.*have the origin registered.*access token/),
        extensions: { code: 'FORBIDDEN', requestId: headers['x-request-id'] },
      }] });
    }
    expect(await server.holdings(school)).toEqual(before[0]);
    expect(await rejections(server, 'origin')).toBe(before[1] + 3);
  });

  it('that is no good is told so to pages too, and public fields are answered', async () => {
    for (const origin of [ELSEWHERE, SITE]) {
      const wrong = { origin, secret: 'tdk_wrong' };
      expect(JSON.parse((await ask(REGISTER, wrong)).text).errors[0].extensions.code).toBe('UNAUTHENTICATED');
      expect(JSON.parse((await ask(PUBLIC, wrong)).text)).toMatchObject({ data: { test: { length: 3 } } });
    }
  });
});

describe('pages of every site', () => {
  it('may ask without a key, and save with an access token', async () => {
    expect((await ask(PUBLIC, { origin: ELSEWHERE })).status).toBe(200);
    const { text } = await ask('mutation ($input: SaveProgressInput!) { saveProgress(input: $input) { __typename } }', {
      origin: ELSEWHERE, secret: await tokenOf(college), variables: { input: { test: 'free', answers: smallAnswers } },
    });
    expect(JSON.parse(text)).toMatchObject({ data: { saveProgress: { __typename: 'SaveProgressSuccess' } } });
  });
});

describe('in production', () => {
  let production: TestServer;
  let client: TestClient;
  beforeAll(async () => {
    production = await startTestServer({ NODE_ENV: 'production', GRAPHQL_ORIGINS: 'https://tools.example.org' });
    client = await production.client();
  });
  afterAll(() => production.close());

  it.each([['https://tools.example.org', 200], [SANDBOX, 403]])('only what GRAPHQL_ORIGINS says may use all keys: %s', async (origin, status) => {
    expect((await ask('{ viewer { slug } }', { origin, secret: client.key, to: production.url })).status).toBe(status);
  });

  it.each([['https://tools.example.org', 200, 'https://tools.example.org'], [SANDBOX, 403, undefined]])(
    'the same holds for REST: %s', async (origin, status, allowed) => {
      const call = { path: '/partner/api/v3/client/authenticate-by-token', headers: { 'content-type': 'application/json', origin } };
      const answer = await sendRaw(production.url, { ...call, method: 'POST', body: JSON.stringify({ token: client.key }) });
      expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([status, allowed]);
      const asked = await sendRaw(production.url, { ...call, method: 'OPTIONS' });
      expect(asked.headers['access-control-allow-origin']).toBe(allowed);
    });
});
