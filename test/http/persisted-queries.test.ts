import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Json, startTestServer, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** How much text of persisted queries is kept. */
const KEPT_BYTES = 30 * 1_048_576;
const TEST = { test: { slug: 'free' } };

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const named = (sha256Hash: string, version = 1) => ({ extensions: { persistedQuery: { version, sha256Hash } } });

async function post(body: object, accept = 'application/json'): Promise<Json> {
  const answer = await fetch(server.url, { method: 'POST', headers: { 'content-type': 'application/json', accept }, body: JSON.stringify(body) });
  return { status: answer.status, ...await answer.json() };
}

async function get(search: Record<string, string>): Promise<Json> {
  const answer = await fetch(`${server.url}?${new URLSearchParams(search)}`);
  return { status: answer.status, ...await answer.json() };
}

/** A query that no other test has persisted. */
let count = 0;
const newQuery = (): string => `query q${count++} { test(slug: "free") { slug } }`;
const unknown = { status: 200, errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] };

describe('a persisted query', () => {
  it.each([
    'application/json', 'application/graphql-response+json',
  ])('is asked for when it is not known, with the status that its protocol wants: %s', async (accept) => {
    expect(await post(named(hashOf(newQuery())), accept)).toMatchObject(unknown);
  });

  it('is registered with its text and runs by its hash alone, by POST and GET', async () => {
    const query = newQuery();
    const hash = named(hashOf(query));
    expect(await post({ query, ...hash })).toMatchObject({ status: 200, data: TEST });
    expect(await post(hash)).toMatchObject({ status: 200, data: TEST });
    expect(await get({ extensions: JSON.stringify(hash.extensions) })).toMatchObject({ status: 200, data: TEST });
  });

  it('is registered by GET too, and takes variables', async () => {
    const query = `query q${count++}($slug: String!) { test(slug: $slug) { slug } }`;
    const extensions = JSON.stringify(named(hashOf(query)).extensions);
    const variables = '{"slug":"free"}';
    expect(await get({ extensions, variables })).toMatchObject(unknown);
    expect(await get({ query, extensions, variables })).toMatchObject({ data: TEST });
    expect(await get({ extensions, variables: '{"slug":"nothing"}' })).toMatchObject({ data: { test: null } });
  });

  it('is never registered under the hash of another, so that nobody runs what they did not mean', async () => {
    const [query, other] = [newQuery(), newQuery()];
    expect(await post({ query: other, ...named(hashOf(query)) })).toMatchObject({ errors: [{ message: expect.stringContaining('sha does not match') }] });
    expect(await post(named(hashOf(query)))).toMatchObject(unknown);
  });

  it.each([
    ['does not parse', '{', 'GRAPHQL_PARSE_FAILED'], ['is not valid', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['costs too much', '{ tests(first: 100) { nodes { questions { options { value text } } } } }', 'QUERY_TOO_COMPLEX'],
  ])('is not registered when it %s', async (_what, query, code) => {
    expect(await post({ query, ...named(hashOf(query)) })).toMatchObject({ errors: [{ extensions: { code } }] });
    expect(await post(named(hashOf(query)))).toMatchObject(unknown);
  });

  it.each([
    ['another version', { version: 2, sha256Hash: 'x' }], ['no version', { sha256Hash: 'x' }], ['no hash', { version: 1 }],
    ['a hash that is a number', { version: 1, sha256Hash: 5 }], ['a hash that is a list', { version: 1, sha256Hash: ['x'] }],
    ['a hash of 500 kB', { version: 1, sha256Hash: 'x'.repeat(500_000) }], ['the name of a method', { version: 1, sha256Hash: 'constructor' }],
    ['a text', 'x'], ['a list', []],
  ])('is refused, or not known, with %s', async (_what, persistedQuery) => {
    const { errors } = await post({ extensions: { persistedQuery } });
    expect(errors).toHaveLength(1);
    expect(['BAD_USER_INPUT', 'PERSISTED_QUERY_NOT_FOUND']).toContain(errors[0].extensions.code);
  });

  it('is kept among the latest 30 MiB, and no more', async () => {
    const [first, last] = [newQuery(), newQuery()];
    expect(await post({ query: first, ...named(hashOf(first)) })).toMatchObject({ data: TEST });
    const padding = 'x'.repeat(1_000_000);
    for (let bytes = 0; bytes <= KEPT_BYTES; bytes += padding.length) {
      const query = `${newQuery()} #${padding}`;
      expect(await post({ query, ...named(hashOf(query)) })).toMatchObject({ data: TEST });
    }
    expect(await post({ query: last, ...named(hashOf(last)) })).toMatchObject({ data: TEST });
    expect(await post(named(hashOf(last)))).toMatchObject({ data: TEST });
    expect(await post(named(hashOf(first)))).toMatchObject(unknown);
  });
});
