import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { formText, type RawAnswer, type RawRequest, sendRaw } from '../../setup/raw-request.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../../setup/test-server.js';

const SITE = 'https://school.ru';
const ELSEWHERE = 'https://evil.example';
const PROGRESS = { progress: [['11', ['1']], ['3', ['2']], ['7', ['0']]] };

let server: TestServer;
/** Registered `SITE`. */
let school: TestClient;
/** Registered an origin of its own. */
let college: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  school = await server.client({ origins: [SITE], licenseLimit: 1_000 });
  college = await server.client({ origins: ['https://college.ru'] });
});
afterAll(() => server.close());

/** What the headers of an answer let pages of other sites do. */
function allowed({ headers }: RawAnswer): Json {
  expect(headers).not.toHaveProperty('access-control-allow-credentials');
  return { origin: headers['access-control-allow-origin'], exposed: headers['access-control-expose-headers'] };
}

const TO_ALL = { origin: '*', exposed: '*' };
const TO_NOBODY = { origin: undefined, exposed: undefined };

function send(request: RawRequest, origin: string | null, url = server.url): Promise<RawAnswer> {
  return sendRaw(url, { ...request, headers: { ...request.headers, ...(origin === null ? {} : { origin }) } });
}

function posted(path: string, parameters: object): RawRequest {
  return { method: 'POST', path, headers: { 'content-type': 'application/json' }, body: JSON.stringify(parameters) };
}

const preflight = (path: string, origin: string): Promise<RawAnswer> => send({
  method: 'OPTIONS', path, headers: { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type, x-of-partner' },
}, origin);

/** Without a key. */
const open = [
  ...['info/free', 'first/free', 'next/free', 'prev/free', 'save/free', 'result/1'].map((path) => `/tests/api/v1/${path}/`),
  ...['v2/progress/save', 'v2/result/attach', 'v2/result/get', 'v3/progress/save', 'v3/result/get'].map((path) => `/partner/api/${path}`),
];

describe('an address without a key', () => {
  it.each<[string, RawRequest, number]>([
    ['a test', { path: '/tests/api/v1/info/free/?questions=true' }, 200],
    ['a question', { path: '/en/tests/api/v1/next/free?q=11' }, 200],
    ['the head of a test', { method: 'HEAD', path: '/tests/api/v1/info/free/' }, 200],
    ['a save', posted('/tests/api/v1/save/free/', PROGRESS), 200],
    ['a save in v3', posted('/partner/api/v3/progress/save/', { test: 'free', ...PROGRESS }), 200],
    ['a test that is not there', { path: '/tests/api/v1/info/unknown/' }, 404],
    ['a result that is not there', { path: '/partner/api/v3/result/get?result_key=x&format=json' }, 404],
    ['a missing parameter', { path: '/partner/api/v2/result/get' }, 400],
    ['a broken parameter', { path: '/tests/api/v1/info/free/?questions=%ff' }, 400],
    ['a broken body', { ...posted('/tests/api/v1/save/free/', {}), body: '{' }, 400],
    ['an unreadable type', { ...posted('/partner/api/v3/progress/save', {}), headers: { 'content-type': 'x' } }, 415],
    ['wrong answers', posted('/tests/api/v1/save/free/', { progress: { 11: ['x'] } }), 412],
    ['a method that it does not take', { method: 'DELETE', path: '/tests/api/v1/info/free/' }, 405],
    ['a POST where GET is taken', posted('/en/tests/api/v1/first/free', {}), 405],
    ['a GET where POST is taken', { path: '/partner/api/v3/progress/save' }, 405],
  ])('lets every page read the answer: %s', async (_what, request, status) => {
    for (const origin of [ELSEWHERE, SITE, 'null', null]) {
      const answer = await send(request, origin);
      expect([answer.status, allowed(answer)]).toEqual([status, TO_ALL]);
    }
  });

  it('lets every page read a report, and that there is none to read', async () => {
    const paths = (key: string) => ['v2/result/get', 'v3/result/get'].map((path) => `/partner/api/${path}?result_key=${key}&format=json`);
    for (const [test, status] of [['free', 200], ['paid', 403]] as const) {
      for (const path of paths(await server.save(test))) {
        const answer = await send({ path }, ELSEWHERE);
        expect([answer.status, allowed(answer)]).toEqual([status, TO_ALL]);
      }
    }
  });

  it.each(open)('lets pages of every site send what they want: %s', async (path) => {
    for (const prefix of ['', '/en']) {
      const answer = await preflight(prefix + path, ELSEWHERE);
      expect([answer.status, allowed(answer)]).toEqual([204, TO_ALL]);
      expect(answer.headers).toMatchObject({
        'access-control-allow-methods': 'GET, POST, PUT',
        'access-control-allow-headers': 'content-type, x-of-partner',
        'access-control-max-age': '3600',
      });
    }
  });
});

/** A call with the key of a client, which changes something if it can. */
interface KeyedCall {
  readonly path: string;
  readonly key: 'client' | 'client_key' | 'token';
  /** Whether it names a result. */
  readonly ofResult: boolean;
}

const keyed: readonly KeyedCall[] = [
  { path: '/partner/api/v2/user/register', key: 'client', ofResult: false },
  { path: '/partner/api/v3/result/attach', key: 'client_key', ofResult: true },
  { path: '/partner/api/v3/answers/get', key: 'client_key', ofResult: true },
  { path: '/partner/api/v3/client/authenticate-by-token', key: 'token', ofResult: false },
];

let people = 0;

/** The call for a new person and, for `answers/get`, a result that the client has. */
async function callOf({ path, key, ofResult }: KeyedCall, client: TestClient): Promise<RawRequest> {
  people += 1;
  const result = ofResult ? await server.save('paid') : null;
  if (path.endsWith('answers/get')) await client.attach(result!, 'earlier person');
  return posted(path, { [key]: client.key, user_id: `person ${people}`, ...(result === null ? {} : { result_key: result }) });
}

describe.each(keyed)('$path, which takes a key,', (call) => {
  it('answers pages of an origin that the client registered, and lets them read the answer', async () => {
    const answer = await send(await callOf(call, school), SITE);
    expect([answer.status, allowed(answer), answer.headers.vary]).toEqual([200, { origin: SITE, exposed: '*' }, 'Origin']);
  });

  it('answers programs, which send no origin, and pages of its own', async () => {
    for (const client of [school, college]) {
      const answer = await send(await callOf(call, client), null);
      expect([answer.status, allowed(answer), answer.headers.vary]).toEqual([200, TO_NOBODY, 'Origin']);
      expect(await send(await callOf(call, client), new URL(server.url).origin)).toMatchObject({ status: 200 });
    }
  });

  it.each([
    ELSEWHERE, 'null', '', 'https://college.ru', 'http://school.ru', 'https://school.ru:8443', 'https://www.school.ru',
    'https://school.ru.evil.example', 'https://school.ru/', 'HTTPS://SCHOOL.RU', `${SITE}, ${ELSEWHERE}`, '*',
  ])('does nothing for pages from elsewhere: %s', async (origin) => {
    const request = await callOf(call, school);
    const before = [await server.holdings(school), await server.sql('select id, user_id from result order by id')];
    const requests = [request, { ...request, path: `/en${request.path}/` }, asForm(request)];
    for (const answer of await Promise.all(requests.map((each) => send(each, origin)))) {
      expect([answer.status, allowed(answer), answer.headers.vary]).toEqual([403, TO_NOBODY, 'Origin']);
      expect(JSON.parse(answer.text)).toEqual({ error: { code: 403, message: expect.stringMatching(/origin.*registered/) } });
    }
    expect([await server.holdings(school), await server.sql('select id, user_id from result order by id')]).toEqual(before);
  });

  it.each(['cross-site', 'same-site'])('does nothing for a page that loads it without naming an origin: %s', async (site) => {
    const request = await callOf(call, school);
    const before = await server.holdings(school);
    const answer = await sendRaw(server.url, { ...request, headers: { ...request.headers, 'sec-fetch-site': site } });
    expect([answer.status, allowed(answer)]).toEqual([403, TO_NOBODY]);
    expect(await server.holdings(school)).toEqual(before);
  });

  it.each(['none', 'same-origin'])('answers who types the address or is on the server: %s', async (site) => {
    const request = await callOf(call, school);
    const answer = await sendRaw(server.url, { ...request, headers: { ...request.headers, 'sec-fetch-site': site } });
    expect(answer.status).toBe(200);
  });

  it('lets a page of any registered origin ask, and refuses the call with the key of another client', async () => {
    const asked = await preflight(call.path, 'https://college.ru');
    expect([asked.status, allowed(asked), asked.headers.vary]).toEqual([204, { origin: 'https://college.ru', exposed: '*' }, 'Origin']);
    expect(await send(await callOf(call, school), 'https://college.ru')).toMatchObject({ status: 403 });
  });

  it.each([ELSEWHERE, 'null', 'http://school.ru'])('does not let a page ask from where nobody registered: %s', async (origin) => {
    const answer = await preflight(call.path, origin);
    expect([answer.status, allowed(answer), answer.headers.vary]).toEqual([204, TO_NOBODY, 'Origin']);
  });

  it.each<[string, (request: RawRequest) => RawRequest, number]>([
    ['without a key', (request) => ({ ...request, body: '{}' }), 400],
    ['with a wrong key', (request) => ({ ...request, body: request.body!.toString().replaceAll('tdk_', 'tdx_') }),
      call.key === 'token' ? 401 : 404],
    ['by a method that it does not take', (request) => ({ ...request, method: 'DELETE' }), 405],
  ])('tells pages nothing %s', async (_what, changed, status) => {
    const answer = await send(changed(await callOf(call, school)), SITE);
    expect([answer.status, allowed(answer)]).toEqual([status, TO_NOBODY]);
  });
});

/** The parameters of a request of JSON in a form. */
function asForm(request: RawRequest): RawRequest {
  const body = formText(JSON.parse(request.body!.toString()));
  return { ...request, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body };
}

describe('an address that is not there', () => {
  it.each(['/partner/api/v3/unknown', '/en/tests/api/v1/result/x/', '/partner'])('lets nobody ask: %s', async (path) => {
    for (const answer of [await preflight(path, SITE), await send({ method: 'OPTIONS', path }, null)]) {
      expect([answer.status, allowed(answer)]).toEqual([404, TO_NOBODY]);
      expect(JSON.parse(answer.text)).toEqual({ error: { code: 404, message: expect.stringMatching(/^Nothing is here/) } });
    }
  });
});

describe('a server with a public address', () => {
  it('knows its own pages by it', async () => {
    const named = await startTestServer({ PUBLIC_URL: 'https://api.example.org/testodrom/' });
    try {
      const client = await named.client();
      const request = posted('/partner/api/v3/client/authenticate-by-token', { token: client.key });
      expect(await send(request, 'https://api.example.org', named.url)).toMatchObject({ status: 200 });
      for (const origin of ['http://api.example.org', new URL(named.url).origin]) {
        expect(await send(request, origin, named.url)).toMatchObject({ status: 403 });
      }
    } finally {
      await named.close();
    }
  });
});

describe('GraphQL', () => {
  it('is open to pages of every site as ever, registered or not', async () => {
    for (const origin of [SITE, ELSEWHERE, 'null']) {
      const answer = await send(posted('/graphql', { query: '{ __typename }' }), origin);
      expect([answer.status, allowed(answer)]).toEqual([200, { origin: '*', exposed: 'x-request-id, ratelimit, ratelimit-policy, retry-after' }]);
      const asked = await preflight('/graphql', origin);
      expect([asked.status, allowed(asked).origin, asked.headers['access-control-allow-methods']]).toEqual([204, '*', 'GET, POST']);
    }
  });
});
