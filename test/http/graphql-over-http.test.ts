import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditServer, type AuditResult } from 'graphql-http';
import { type Json, startTestServer, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const AUDITS = 61;
const JSON_TYPE = 'application/json';
const NEWER_TYPE = 'application/graphql-response+json';
const SLUG = '{ test(slug: "free") { slug } }';

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly json: Json;
}

async function read(answer: Response): Promise<Answer> {
  const [type = ''] = (answer.headers.get('content-type') ?? '').split(';');
  return { status: answer.status, type, json: await answer.json() };
}

const post = async (body: object, accept: string): Promise<Answer> =>
  read(await fetch(server.url, { method: 'POST', headers: { 'content-type': 'application/json', accept }, body: JSON.stringify(body) }));
const get = async (search: Record<string, string>): Promise<Answer> =>
  read(await fetch(`${server.url}?${new URLSearchParams(search)}`));

/** What an audit found, in a line. */
const told = (result: AuditResult): string => `${result.status} ${result.name}${result.status === 'ok' ? '' : `: ${result.reason}`}`;

describe('GraphQL over HTTP', () => {
  it('is served as the whole audit suite of graphql-http asks for', async () => {
    const results = await auditServer({ url: server.url });
    const count = (status: AuditResult['status']): number => results.filter((result) => result.status === status).length;
    console.log(`graphql-http audits: ${count('ok')} ok, ${count('warn')} warnings, ${count('notice')} notices, ${count('error')} errors`);
    expect(results.filter(({ status }) => status !== 'ok').map(told)).toEqual([]);
    expect(results).toHaveLength(AUDITS);
  });

  it.each([
    [`${NEWER_TYPE}, ${JSON_TYPE};q=0.9`, NEWER_TYPE], [`${JSON_TYPE}, ${NEWER_TYPE};q=0.9`, JSON_TYPE],
    [`${JSON_TYPE};q=0.5, ${NEWER_TYPE}`, NEWER_TYPE], [`${NEWER_TYPE}, */*;q=0.1`, NEWER_TYPE], [`${NEWER_TYPE};q=0, */*`, JSON_TYPE],
    ['*/*', JSON_TYPE], ['application/*', JSON_TYPE], ['text/html, */*;q=0.1', JSON_TYPE],
  ])('is answered in the media type that the client likes best: "%s"', async (accept, type) => {
    expect(await post({ query: SLUG }, accept)).toMatchObject({ status: 200, type, json: { data: { test: { slug: 'free' } } } });
    // The status follows the type.
    expect(await post({ query: '{' }, accept)).toMatchObject({ status: type === JSON_TYPE ? 200 : 400, type });
  });
});

describe('an answer without data', () => {
  it.each([
    ['a syntax error', 'GRAPHQL_PARSE_FAILED', { query: '{' }],
    ['an unknown field', 'GRAPHQL_VALIDATION_FAILED', { query: '{ nothing }' }],
    ['a variable that is missing', 'BAD_USER_INPUT', { query: 'query ($slug: String!) { test(slug: $slug) { slug } }' }],
    ['a variable of another type', 'BAD_USER_INPUT', { query: 'query ($slug: String!) { test(slug: $slug) { slug } }', variables: { slug: 5 } }],
    ['an unknown operation', 'BAD_USER_INPUT', { query: `query a ${SLUG}`, operationName: 'b' }],
    ['a persisted query of another hash', 'BAD_USER_INPUT', { query: SLUG, extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }],
  ])('has the status of its media type, for %s', async (_what, code, body) => {
    const errors = [expect.objectContaining({ extensions: { code, requestId: expect.any(String) } })];
    expect(await post(body, JSON_TYPE)).toEqual({ status: 200, type: JSON_TYPE, json: { errors } });
    expect(await post(body, NEWER_TYPE)).toEqual({ status: 400, type: NEWER_TYPE, json: { errors } });
  });

  it('has the status 400 in both where a limit refuses the operation', async () => {
    const query = '{ tests(first: 100) { nodes { questions { options { value text } } } } }';
    for (const accept of [JSON_TYPE, NEWER_TYPE]) {
      expect(await post({ query }, accept)).toMatchObject({ status: 400, type: accept, json: { errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }] } });
    }
  });

  it.each([
    ['no query', 400, {}], ['a query that is no text', 400, { query: 5 }], ['a list', 400, [{ query: SLUG }]],
    ['variables that are no object', 400, { query: SLUG, variables: 'x' }],
  ])('has the same status in both where the request is none: %s', async (_what, status, body) => {
    for (const accept of [JSON_TYPE, NEWER_TYPE]) expect(await post(body, accept)).toMatchObject({ status, json: { errors: [{}] } });
  });
});

describe('an answer with data', () => {
  it.each([JSON_TYPE, NEWER_TYPE])('has the status 200 also where a field failed: %s', async (accept) => {
    expect(await post({ query: '{ test(slug: "free") { slug } result(key: "01a20009-2301-7249-bf36-38d630896ba0") { key } }' }, accept))
      .toMatchObject({ status: 200, type: accept, json: { data: { test: { slug: 'free' }, result: null } } });
    expect(await post({ query: '{ viewer { id } }' }, accept)).toMatchObject({ status: 200, json: { data: null, errors: [{ path: ['viewer'] }] } });
  });
});

describe('a query by GET', () => {
  const query = 'query one($slug: String!) { test(slug: $slug) { slug } } query two { tests { totalCount } }';

  it('may have variables, a name and extensions, and needs no header', async () => {
    const asked = { query, variables: '{"slug":"free"}', operationName: 'one', extensions: '{"of":"mine"}' };
    expect(await get(asked)).toMatchObject({ status: 200, type: JSON_TYPE, json: { data: { test: { slug: 'free' } } } });
  });

  it('may ask for the schema', async () => {
    expect(await get({ query: '{ __schema { queryType { name } } }' })).toMatchObject({ json: { data: { __schema: { queryType: { name: 'Query' } } } } });
  });
});
