import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { formText, type RawAnswer, type RawRequest, sendRaw } from '../../setup/raw-request.js';
import { userOf } from '../../setup/registered-user.js';
import { startTestServer, type TestClient, type TestServer } from '../../setup/test-server.js';
import { until } from '../../setup/until.js';

const KEY = 'metrics-key-of-this-test';
const PROGRESS = [['11', ['1']], ['3', ['2']], ['7', ['0']]];

let server: TestServer;
let client: TestClient;
/** Of a free test, for everybody. */
let free: string;
/** Of a paid test, attached to a user of the client. */
let paid: string;
/** USER_KEY. */
let user: string;
beforeAll(async () => {
  server = await startTestServer({ METRICS_KEY: KEY, BODY_LIMIT: '10000' });
  client = await server.client();
  [free, paid] = [await server.save('free'), await server.save('paid')];
  await client.attach(paid, 'person');
  user = (await userOf(server, client)).id;
});
afterAll(() => server.close());

const send = (request: RawRequest): Promise<RawAnswer> => sendRaw(server.url, request);

/** A request with its parameters in the query or, unless it is a GET, in a form. */
function asked(method: string, path: string, parameters: Readonly<Record<string, unknown>> = {}): RawRequest {
  if (method === 'GET' || method === 'HEAD') return { method, path: `${path}?${formText(parameters)}` };
  return { method, path, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: formText(parameters) };
}

type Case = readonly [what: string, request: () => RawRequest, status: number];

const v1: readonly Case[] = [
  ['a test', () => asked('GET', '/tests/api/v1/info/free/'), 200],
  ['a question', () => asked('GET', '/en/tests/api/v1/first/free'), 200],
  ['a save', () => asked('POST', '/tests/api/v1/save/free/', { progress: PROGRESS }), 200],
  ['a report', () => asked('GET', '/tests/api/v1/result/1/', { key: free }), 200],
  ['an unknown test', () => asked('GET', '/tests/api/v1/info/unknown/'), 404],
  ['a method that it does not take', () => asked('DELETE', '/tests/api/v1/info/free/'), 405],
  ['wrong answers', () => asked('POST', '/tests/api/v1/save/free/', { progress: [['11', ['1']]] }), 412],
  ['too much', () => asked('POST', '/tests/api/v1/save/free/', { progress: 'x'.repeat(10_001) }), 413],
];
const v2: readonly Case[] = [
  ['a registration', () => asked('GET', '/partner/api/v2/user/register', { client: client.key, user_id: 'person' }), 200],
  ['a save for a user', () => asked('PUT', '/partner/api/v2/progress/save/', { test: 'free', user_key: user, progress: PROGRESS }), 200],
  ['the head of a report', () => asked('HEAD', '/partner/api/v2/result/get', { result_key: paid, format: 'json' }), 200],
  ['a report that is known', () => ({
    ...asked('GET', '/en/partner/api/v2/result/get', { result_key: paid, format: 'json' }), headers: { 'if-none-match': '*' },
  }), 304],
  ['a missing parameter', () => asked('GET', '/partner/api/v2/result/attach'), 400],
  ['a parameter in another encoding', () => ({ path: '/partner/api/v2/result/get?result_key=%ff' }), 400],
  ['an unknown client', () => asked('POST', '/partner/api/v2/user/register', { client: 'x', user_id: 'x' }), 404],
  ['no media type', () => ({ ...asked('POST', '/partner/api/v2/progress/save'), headers: { 'content-type': 'x' } }), 415],
];
const v3: readonly Case[] = [
  ['a save in v3', () => asked('POST', '/partner/api/v3/progress/save', { test: 'free', progress: PROGRESS }), 200],
  ['a report in v3', () => asked('GET', '/partner/api/v3/result/get', { result_key: paid, format: 'json' }), 200],
  ['an unknown result in v3', () => asked('GET', '/en/partner/api/v3/result/get/', { result_key: 'x', format: 'json' }), 404],
  ['a method that v3 does not take', () => asked('GET', '/partner/api/v3/result/attach'), 405],
];
const outside: readonly Case[] = [
  ['an address that is not there', () => ({ path: '/partner/api/v2/unknown' }), 404],
  ['an address that cannot be read', () => ({ path: '/tests/api/v1/info/%ff/' }), 400],
  ['an address that is too long', () => ({ path: `/tests/api/v1/info/${'x'.repeat(5_000)}/` }), 414],
];

describe('the answer to', () => {
  it.each([...v1, ...v2])('%s says since when its version is deprecated, and where there is more', async (_what, request, status) => {
    const answer = await send(request());
    expect(answer.status).toBe(status);
    // RFC 9745: seconds since 1970, as a date of structured fields.
    expect(answer.headers['deprecation']).toMatch(/^@\d+$/);
    expect(new Date(Number(String(answer.headers['deprecation']).slice(1)) * 1_000).toISOString()).toBe('2026-11-22T00:00:00.000Z');
    const { origin } = new URL(server.url);
    expect(answer.headers['link'])
      .toBe(`<${origin}/docs/rest>; rel="deprecation"; type="text/html", <${origin}/graphql>; rel="successor-version"`);
  });

  it.each(v3)('%s is of a version that stays', async (_what, request, status) => {
    const { headers, ...answer } = await send(request());
    expect(answer.status).toBe(status);
    expect([headers['deprecation'], headers['link'], headers['sunset']]).toEqual([undefined, undefined, undefined]);
  });

  it.each([...v1, ...v2, ...v3, ...outside])('%s has an id of its own', async (_what, request, status) => {
    const answers = [await send(request()), await send(request())];
    expect(answers.map((answer) => answer.status)).toEqual([status, status]);
    const ids = answers.map(({ headers }) => headers['x-request-id']);
    expect(ids).toEqual([expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/), expect.anything()]);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it.each([...v1, ...v2, ...v3])('%s is kept by no cache, a report by its reader alone', async (what, request) => {
    const { headers, status } = await send(request());
    const isReport = what.includes('report') && status < 400;
    const expected = isReport ? ['private, no-cache', expect.stringMatching(/^".+"$/)] : ['no-store', undefined];
    expect([headers['cache-control'], headers['etag']]).toEqual(expected);
  });

  const refusals = [...v1, ...v2, ...v3, ...outside].filter(([, , status]) => status >= 400);
  it.each(refusals)('%s is an error in the shape of the documents', async (_what, request, status) => {
    const { headers, text } = await send(request());
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    const { error, ...more } = JSON.parse(text) as { error: { message: string } };
    expect([error, more]).toEqual([{ code: status, message: expect.stringMatching(/^.{5,200}$/) }, {}]);
  });
});

describe('the metrics', () => {
  it('tell which client used what of which version, and how it was answered', async () => {
    const counted = await startTestServer({ METRICS_KEY: KEY, BODY_LIMIT: '10000' });
    try {
      const [school, college] = [await counted.client({ slug: 'school' }), await counted.client({ slug: 'college' })];
      const schools = await counted.save('paid');
      await school.attach(schools, 'pupil');
      const pupil = (await userOf(counted, school, 'pupil')).id;
      const [unattached, another] = [await counted.save('paid'), await counted.save('paid')];

      // What is asked for, and what is counted of it: the client of the key, of USER_KEY, or of the result that was read.
      const json = { format: 'json' };
      const student = { client_key: college.key, user_id: 'student' };
      const sequence: readonly (readonly [line: string | null, method: string, path: string, parameters?: object])[] = [
        ['v1 info - 200', 'GET', '/tests/api/v1/info/free/'],
        ['v1 info - 200', 'GET', '/en/tests/api/v1/info/paid'],
        ['v1 info - 200', 'HEAD', '/tests/api/v1/info/paid/'],
        ['v1 info - 404', 'GET', '/tests/api/v1/info/unknown/'],
        ['v1 info - 405', 'POST', '/tests/api/v1/info/free/'],
        ['v1 next - 404', 'GET', '/tests/api/v1/next/free/', { q: '7' }],
        ['v1 save - 200', 'POST', '/tests/api/v1/save/free/', { progress: PROGRESS }],
        ['v1 save - 413', 'POST', '/tests/api/v1/save/free/', { progress: 'x'.repeat(10_001) }],
        ['v1 result school 200', 'GET', '/tests/api/v1/result/1/', { key: schools }],
        ['v2 user/register college 200', 'GET', '/partner/api/v2/user/register', { client: college.key, user_id: 'student' }],
        ['v2 user/register college 400', 'GET', '/partner/api/v2/user/register', { client: college.key }],
        ['v2 user/register - 400', 'GET', '/partner/api/v2/user/register'],
        ['v2 user/register - 404', 'POST', '/partner/api/v2/user/register', { client: 'x' }],
        ['v2 progress/save school 200', 'GET', '/partner/api/v2/progress/save', { test: 'free', user_key: pupil, progress: PROGRESS }],
        ['v2 progress/save school 412', 'PUT', '/partner/api/v2/progress/save', { test: 'free', user_key: pupil, progress: [['11', []]] }],
        ['v2 progress/save - 404', 'POST', '/partner/api/v2/progress/save', { test: 'free', user_key: free, progress: PROGRESS }],
        ['v2 result/attach school 200', 'GET', '/partner/api/v2/result/attach', { result_key: another, user_key: pupil }],
        ['v2 result/attach - 404', 'GET', '/partner/api/v2/result/attach', { result_key: schools, user_key: free }],
        ['v2 result/get school 200', 'GET', '/partner/api/v2/result/get', { result_key: schools, ...json }],
        ['v2 result/get school 400', 'GET', '/partner/api/v2/result/get', { result_key: schools, format: 'html' }],
        ['v2 result/get - 403', 'GET', '/partner/api/v2/result/get', { result_key: unattached, ...json }],
        ['v3 progress/save - 200', 'POST', '/partner/api/v3/progress/save', { test: 'free', progress: PROGRESS }],
        ['v3 result/attach college 400', 'POST', '/partner/api/v3/result/attach', { client_key: college.key, result_key: schools }],
        ['v3 result/attach college 412', 'POST', '/partner/api/v3/result/attach', { ...student, result_key: schools }],
        ['v3 result/attach college 200', 'POST', '/partner/api/v3/result/attach', { ...student, result_key: unattached }],
        ['v3 result/attach - 405', 'GET', '/partner/api/v3/result/attach', { client_key: college.key }],
        ['v3 result/get college 200', 'GET', '/en/partner/api/v3/result/get/', { result_key: unattached, ...json }],
        ['v3 result/get college 200', 'HEAD', '/partner/api/v3/result/get', { result_key: unattached, ...json }],
        ['v3 result/get - 404', 'GET', '/partner/api/v3/result/get', { result_key: 'x', ...json }],
        ['v3 answers/get college 200', 'GET', '/partner/api/v3/answers/get', { client_key: college.key, result_key: unattached }],
        ['v3 answers/get college 404', 'GET', '/partner/api/v3/answers/get', { client_key: college.key, result_key: schools }],
        ['v3 client/authenticate-by-token college 200', 'POST', '/partner/api/v3/client/authenticate-by-token', { token: college.key }],
        ['v3 client/authenticate-by-token - 401', 'POST', '/partner/api/v3/client/authenticate-by-token', { token: 'x' }],
        [null, 'OPTIONS', '/partner/api/v3/result/attach'],
        [null, 'GET', '/partner/api/v3/unknown'],
        [null, 'GET', '/tests/api/v1/info/%ff/'],
      ];
      for (const [line, method, path, parameters] of sequence) {
        const { status } = await sendRaw(counted.url, asked(method, path, { ...parameters }));
        if (line !== null) expect(line).toMatch(new RegExp(` ${status}$`));
      }

      const expected = new Map<string, number>();
      for (const [line] of sequence) if (line !== null) expected.set(line, (expected.get(line) ?? 0) + 1);
      // A request is counted after it is answered.
      const all = (lines: ReadonlyMap<string, number>): number => [...lines.values()].reduce((sum, count) => sum + count, 0);
      await until('all requests are counted', async () => all(await linesOf(counted)) >= all(expected));
      expect([...(await linesOf(counted))].sort()).toEqual([...expected].sort());
    } finally {
      await counted.close();
    }
  });
});

const LINE = /^testodrom_rest_requests_total\{version="(.*)",endpoint="(.*)",client="(.*)",status="(.*)"\} (\d+)$/gm;

/** How often what was counted, such as 2 of `v1 info - 200`; `-` stands for no client. */
async function linesOf({ url }: TestServer): Promise<Map<string, number>> {
  const { text } = await sendRaw(url, { path: '/metrics', headers: { authorization: `Bearer ${KEY}` } });
  return new Map([...text.matchAll(LINE)].map(([, version, endpoint, slug, status, count]) =>
    [[version, endpoint, slug === '' ? '-' : slug, status].join(' '), Number(count)]));
}
