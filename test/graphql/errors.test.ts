import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ErrorCode } from '../../src/graphql/errors.js';
import { smallAnswers } from '../setup/small-tests.js';
import { type Json, startTestServer, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly data: Json;
  readonly errors: { message: string; path?: unknown[]; extensions: { code: string; requestId: string; actual?: number | null } }[];
  readonly requestId: string | null;
}

/** Sends a request as it is; what comes back must be JSON unless it is HTML. */
async function send(init: RequestInit, to: string = server.url): Promise<Reply> {
  const response = await fetch(to, { redirect: 'manual', ...init });
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  const { data = null, errors = [] } = type.includes('json') ? JSON.parse(text) : {};
  return { status: response.status, type, text, data, errors, requestId: response.headers.get('x-request-id') };
}

const json = { 'content-type': 'application/json' };
const post = (body: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
  send({ method: 'POST', headers: { ...json, ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
const get = (search: Record<string, string>, headers: Record<string, string> = json): Promise<Reply> =>
  send({ headers }, `${server.url}?${new URLSearchParams(search)}`);

const PROTOCOL_CODES = ['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED'];

/** What holds for every error: a known code, the id of the request, a short message, and nothing internal. */
function expectGoodErrors({ errors, requestId, text }: Reply): void {
  expect(errors.length).toBeGreaterThan(0);
  expect(requestId).toMatch(/^[\da-f-]{36}$/);
  for (const { message, extensions } of errors) {
    expect([...Object.values<string>(ErrorCode), ...PROTOCOL_CODES]).toContain(extensions.code);
    const refusal = extensions.code === 'QUERY_TOO_COMPLEX'
      ? { reason: expect.stringMatching(/^[a-z_]+$/), limit: expect.any(Number), actual: extensions.actual }
      : {};
    expect(extensions).toEqual({ code: extensions.code, requestId, ...refusal });
    expect(message).toMatch(/\S/);
    expect(message.length).toBeLessThan(1_100);
  }
  expect(text).not.toMatch(/stacktrace|node_modules|\.js:\d|\.ts:\d/);
}

const SLUG = '{ test(slug: "free") { slug } }';
const SAVE = `mutation ($input: SaveProgressInput!) { saveProgress(input: $input) { ... on SaveProgressSuccess { resultKey } } }`;
const sha256 = createHash('sha256').update(SLUG).digest('hex');
const apq = { extensions: { persistedQuery: { version: 1, sha256Hash: sha256 } } };
const long = 'x'.repeat(500_000);

describe('a request that is no good', () => {
  const cases: readonly (readonly [what: string, status: number, code: string, request: () => Promise<Reply>])[] = [
    ['broken JSON', 400, 'BAD_USER_INPUT', () => post('{"query":')],
    ['an empty body', 400, 'BAD_USER_INPUT', () => post('')],
    ['no body', 400, 'BAD_USER_INPUT', () => send({ method: 'POST', headers: json })],
    ['an empty object', 400, 'BAD_USER_INPUT', () => post({})],
    ['null', 400, 'BAD_USER_INPUT', () => post('null')],
    ['a text', 400, 'BAD_USER_INPUT', () => post('"query"')],
    ['a list of operations', 400, 'BAD_USER_INPUT', () => post([{ query: SLUG }])],
    ['a key that poisons prototypes', 400, 'BAD_USER_INPUT', () => post('{"query":"{__typename}","__proto__":{"x":1}}')],
    ['no query', 400, 'BAD_USER_INPUT', () => post({ variables: {} })],
    ['an empty query', 400, 'BAD_USER_INPUT', () => post({ query: '' })],
    ['a query that is a number', 400, 'BAD_USER_INPUT', () => post({ query: 5 })],
    ['variables that are a text', 400, 'BAD_USER_INPUT', () => post({ query: SLUG, variables: '{}' })],
    ['variables that are a list', 400, 'BAD_USER_INPUT', () => post({ query: SLUG, variables: [] })],
    ['an operation that is not in the document', 200, 'BAD_USER_INPUT', () => post({ query: `query a ${SLUG}`, operationName: 'b' })],
    ['several operations and no word on which', 200, 'BAD_USER_INPUT', () => post({ query: `query a ${SLUG} query b ${SLUG}` })],
    ['plain text', 415, 'BAD_USER_INPUT', () => post(SLUG, { 'content-type': 'text/plain' })],
    ['GraphQL as the content type', 415, 'BAD_USER_INPUT', () => post(SLUG, { 'content-type': 'application/graphql' })],
    ['a form', 415, 'BAD_USER_INPUT', () => send({ method: 'POST', body: new URLSearchParams({ query: SLUG }) })],
    ['a form with parts', 415, 'BAD_USER_INPUT', () => {
      const form = new FormData();
      form.set('operations', JSON.stringify({ query: SLUG }));
      return send({ method: 'POST', body: form });
    }],
    ['2 MB', 413, 'BAD_USER_INPUT', () => post({ query: SLUG, variables: { text: 'x'.repeat(2_000_000) } })],
    ['an Accept header that GraphQL cannot serve', 406, 'BAD_USER_INPUT', () => post({ query: SLUG }, { accept: 'image/png' })],
    ['a syntax error', 200, 'GRAPHQL_PARSE_FAILED', () => post({ query: '{ test(' })],
    ['a document that is nested too deeply', 400, 'QUERY_TOO_COMPLEX', () => post({ query: `${'{ a '.repeat(3_300)}${'}'.repeat(3_300)}` })],
    ['a document of too many tokens', 400, 'QUERY_TOO_COMPLEX', () => post({ query: `{ ${'slug '.repeat(10_000)} }` })],
    ['a query of 500 kB that is none', 200, 'GRAPHQL_PARSE_FAILED', () => post({ query: `"${long}` })],
    ['an unknown field', 200, 'GRAPHQL_VALIDATION_FAILED', () => post({ query: '{ users { id } }' })],
    ['an unknown field with a name of 500 kB', 200, 'GRAPHQL_VALIDATION_FAILED', () => post({ query: `{ ${long} }` })],
    ['an unknown argument', 200, 'GRAPHQL_VALIDATION_FAILED', () => post({ query: '{ test(slug: "free", id: 5) { slug } }' })],
    ['a subscription', 200, 'BAD_USER_INPUT', () => post({ query: 'subscription { results { id } }' })],
    ['a missing variable', 200, 'BAD_USER_INPUT', () => post({ query: 'query ($slug: String!) { test(slug: $slug) { slug } }' })],
    ['a variable of the wrong type', 200, 'BAD_USER_INPUT', () => post({ query: SAVE, variables: { input: 5 } })],
    ['a variable of the wrong type and of 500 kB', 200, 'BAD_USER_INPUT', () => post({ query: SAVE, variables: { input: long } })],
    ['a field of the wrong type and of 500 kB in a variable', 200, 'BAD_USER_INPUT',
      () => post({ query: SAVE, variables: { input: { test: 'free', answers: smallAnswers, idempotencyKey: long } } })],
    ['a mutation by GET', 405, 'BAD_USER_INPUT', () => get({ query: 'mutation { registerUser(input: { userId: "x" }) { __typename } }' })],
    ['a GET without a query', 400, 'BAD_USER_INPUT', () => get({})],
    ['a GET with two queries', 400, 'BAD_USER_INPUT', () => send({ headers: json }, `${server.url}?query=a&query=b`)],
    ['a GET with broken variables', 400, 'BAD_USER_INPUT', () => get({ query: SLUG, variables: '{' })],
    ['another method', 405, 'BAD_USER_INPUT', () => send({ method: 'PUT', headers: json, body: '{}' })],
    ['another path', 404, 'BAD_USER_INPUT', () => send({}, new URL('/api', server.url).href)],
    ['a path below', 404, 'BAD_USER_INPUT', () => send({ method: 'POST', headers: json, body: '{}' }, `${server.url}/x`)],
    ['a path that is no text', 400, 'BAD_USER_INPUT', () => send({}, new URL('/%zz', server.url).href)],
    ['a persisted query that is not known', 200, 'PERSISTED_QUERY_NOT_FOUND', () => post(apq)],
  ];
  it.each(cases)('is told so with a code and the request id: %s', async (_what, status, code, request) => {
    const reply = await request();
    expectGoodErrors(reply);
    expect(reply.errors.map(({ extensions }) => extensions.code)).toEqual([code]);
    expect(reply.data).toBeNull();
    expect(reply.status).toBe(status);
  });

  it('is not told what goes on inside', async () => {
    const { errors } = await post({ query: `${'{ a '.repeat(3_300)}${'}'.repeat(3_300)}` });
    expect(errors[0]?.message).toMatch(/ is nested (3300|far too many) levels deep, at most 20 are allowed/);
  });

  it('leaves the server as it was', async () => {
    expect(await post({ query: SLUG })).toMatchObject({ status: 200, errors: [], data: { test: { slug: 'free' } } });
  });
});

describe('a key that is not good', () => {
  it.each([
    ['is missing', undefined, 'needs a client key'],
    ['is empty', '', 'malformed'],
    ['has no scheme', 'tdk_0123456789', 'malformed'],
    ['has another scheme', 'Basic dXNlcjpwYXNz', 'malformed'],
    ['is two', 'Bearer one two', 'malformed'],
    ['is unknown', 'Bearer tdk_0123456789', 'unknown'],
    ['is very long', `Bearer ${'x'.repeat(8_000)}`, 'unknown'],
  ])('is told so: it %s', async (_what, authorization, said) => {
    const reply = await post({ query: '{ viewer { id } }' }, authorization === undefined ? {} : { authorization });
    expectGoodErrors(reply);
    expect(reply).toMatchObject({ data: null, errors: [{ path: ['viewer'], extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(reply.errors[0]!.message).toContain(said);
    if (authorization) expect(reply.text).not.toContain(authorization.split(' ').at(-1));
  });

  it('is good with the scheme in any case and several spaces', async () => {
    const { key, slug } = await server.client();
    for (const scheme of ['Bearer ', 'bearer ', 'BEARER   ']) {
      expect(await post({ query: '{ viewer { slug } }' }, { authorization: scheme + key })).toMatchObject({ data: { viewer: { slug } } });
    }
  });
});

describe('a language', () => {
  it.each([[true], [12], [['en']], [{ en: 1 }], ['no language'], ['']])('has to be a text that names one, not %j', async (locale) => {
    const reply = await post({ query: 'query ($locale: Locale) { test(slug: "free") { name(locale: $locale) } }', variables: { locale } });
    expectGoodErrors(reply);
    expect(reply).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });
});

describe('a failure of the server', () => {
  it('says nothing internal, and is over when its cause is', async () => {
    const key = await server.save();
    const request = { query: 'query ($key: UUID!) { test(slug: "free") { slug } result(key: $key) { key } }', variables: { key } };
    await server.sql('alter table result rename to hidden_result');
    try {
      const reply = await post(request);
      expectGoodErrors(reply);
      expect(reply).toMatchObject({
        data: { test: { slug: 'free' }, result: null }, errors: [{ path: ['result'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
      });
      expect(reply.text).not.toMatch(/relation|does not exist|select|hidden_result|postgres|pg|sql/i);
    } finally {
      await server.sql('alter table hidden_result rename to result');
    }
    expect(await post(request)).toMatchObject({ errors: [], data: { result: { key } } });
  });
});

describe('a good request', () => {
  it('has an id of its own in every answer, whatever the caller sends', async () => {
    const replies = await Promise.all([post({ query: SLUG }), post({ query: SLUG }), post({ query: SLUG }, { 'x-request-id': 'mine' })]);
    expect(new Set(replies.map(({ requestId }) => requestId)).size).toBe(3);
    for (const { requestId } of replies) expect(requestId).toMatch(/^[\da-f-]{36}$/);
  });

  it('may be a query by GET', async () => {
    const query = 'query ($slug: String!) { test(slug: $slug) { slug } }';
    expect(await get({ query, variables: '{"slug":"free"}' })).toMatchObject({ status: 200, errors: [], data: { test: { slug: 'free' } } });
  });

  it('may persist its query under the hash', async () => {
    expect(await post({ query: SLUG, ...apq })).toMatchObject({ errors: [], data: { test: { slug: 'free' } } });
    expect(await post(apq)).toMatchObject({ errors: [], data: { test: { slug: 'free' } } });
    const wrong = await post({ query: '{ __typename }', ...apq });
    expectGoodErrors(wrong);
  });

  it('may name the charset, and ask for the newer media type', async () => {
    const reply = await post({ query: SLUG }, {
      'content-type': 'application/json; charset=utf-8', 'accept': 'application/graphql-response+json',
    });
    expect(reply).toMatchObject({ status: 200, type: expect.stringContaining('application/graphql-response+json'), errors: [] });
  });

  it('may ask for the schema', async () => {
    const { data } = await post({ query: '{ __schema { queryType { name } types { name } } }' });
    expect(data.__schema.queryType.name).toBe('Query');
    expect(data.__schema.types.map(({ name }: Json) => name)).toEqual(expect.arrayContaining(['Test', 'Result', 'Problem']));
  });
});

describe('a browser', () => {
  const browser = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };

  it('is greeted at the address of GraphQL in development, and led there from the root', async () => {
    expect(await send(browser)).toMatchObject({ status: 200, type: expect.stringContaining('text/html'), text: expect.stringContaining('<html') });
    const response = await fetch(new URL('/', server.url), { ...browser, redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/graphql']);
  });

  it('is not greeted in production, where the API answers all the same', async () => {
    const production = await startTestServer({ NODE_ENV: 'production' });
    try {
      const reply = await send(browser, production.url);
      expect(reply.status).toBe(400);
      expect(reply.text).not.toContain('<html');
      expectGoodErrors(reply);
      expect((await production.graphql('{ __schema { queryType { name } } }')).data.__schema.queryType.name).toBe('Query');
    } finally {
      await production.close();
    }
  });
});
