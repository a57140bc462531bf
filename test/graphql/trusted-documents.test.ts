import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { readTrustedDocuments } from '../../src/graphql/trusted-documents.js';
import { OperatorError } from '../../src/kernel/operator-error.js';
import { freshDatabase } from '../setup/fresh-database.js';
import { cleanUp, runServer } from '../setup/processes.js';
import { rejections } from '../setup/rejections.js';
import { type Json, startTestServer, type TestServer } from '../setup/test-server.js';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const READ = 'query Read($slug: String!) { test(slug: $slug) { slug } }';
const LIST = 'query List { tests { totalCount } }';
const REGISTER = 'mutation Register($id: String!) { registerUser(input: { userId: $id }) { __typename } }';
const documents = { [hashOf(READ)]: READ, 'list-1': LIST, register: REGISTER };
const manifest = {
  format: 'apollo-persisted-query-manifest', version: 1,
  operations: [
    { id: hashOf(READ), name: 'Read', type: 'query', body: READ }, { id: 'list-1', name: 'List', type: 'query', body: LIST },
    { id: 'register', name: 'Register', type: 'mutation', body: REGISTER },
  ],
};

let folder: string;
let server: TestServer | null = null;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'testodrom-documents-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await cleanUp();
});
afterEach(async () => {
  await server?.close();
  server = null;
});

async function written(file: unknown): Promise<string> {
  const path = join(folder, 'documents.json');
  await writeFile(path, typeof file === 'string' ? file : JSON.stringify(file));
  return path;
}

async function start(file: unknown): Promise<TestServer> {
  server = await startTestServer({ TRUSTED_DOCUMENTS: await written(file) });
  return server;
}

async function post({ url }: TestServer, body: object, headers: Record<string, string> = {}): Promise<Json> {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  return { status: answer.status, ...await answer.json() };
}

async function get({ url }: TestServer, search: Record<string, string>): Promise<Json> {
  const answer = await fetch(`${url}?${new URLSearchParams(search)}`);
  return { status: answer.status, ...await answer.json() };
}

const named = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
const variables = { slug: 'free' };
const read = { status: 200, data: { test: { slug: 'free' } } };
const refused = { status: 200, errors: [{ message: expect.stringContaining('trusted documents only'), extensions: { code: 'UNTRUSTED_DOCUMENT' } }] };

describe.each([['a map', documents], ['a manifest of Apollo', manifest]])('a server with %s of trusted documents', (_what, file) => {
  it('runs them by id, by hash and by text, and nothing else', async () => {
    const started = await start(file);

    expect(await post(started, { documentId: hashOf(READ), variables })).toMatchObject(read);
    expect(await post(started, { documentId: `sha256:${hashOf(READ)}`, variables })).toMatchObject(read);
    expect(await post(started, { ...named(hashOf(READ)), variables })).toMatchObject(read);
    expect(await post(started, { query: READ, variables })).toMatchObject(read);
    expect(await post(started, { query: READ, ...named(hashOf(READ)), variables })).toMatchObject(read);
    expect(await get(started, { documentId: hashOf(READ), variables: JSON.stringify(variables) })).toMatchObject(read);
    expect(await get(started, { extensions: JSON.stringify(named(hashOf(READ)).extensions), variables: JSON.stringify(variables) }))
      .toMatchObject(read);
    expect(await get(started, { query: READ, variables: JSON.stringify(variables) })).toMatchObject(read);
    // An id need not be a hash; the hash of the text is good all the same.
    for (const id of ['list-1', hashOf(LIST)]) {
      expect(await post(started, { documentId: id })).toMatchObject({ data: { tests: { totalCount: expect.any(Number) } } });
      expect(await post(started, named(id))).toMatchObject({ data: { tests: { totalCount: expect.any(Number) } } });
    }
    const { key } = await started.client();
    expect(await post(started, { documentId: 'register', variables: { id: 'anna' } }, { authorization: `Bearer ${key}` }))
      .toMatchObject({ data: { registerUser: { __typename: 'RegisterUserSuccess' } } });

    const untrusted: readonly object[] = [
      { query: '{ test(slug: "free") { slug } }' }, { query: `${READ} `, variables }, { query: '{ __schema { queryType { name } } }' }, { query: '{ __typename }' },
      { query: '{' }, { query: '{ test(', documentId: hashOf(READ), variables }, { documentId: 'unknown' }, { documentId: 'constructor' }, named('unknown'),
      { query: '{ __typename }', ...named(hashOf('{ __typename }')) }, { documentId: '' }, { query: `${READ} query Other { __typename }`, operationName: 'Read', variables },
    ];
    const before = await rejections(started, 'untrusted_document');
    for (const body of untrusted) {
      expect(await post(started, body)).toMatchObject(refused);
      expect(await post(started, body, { accept: 'application/graphql-response+json' })).toMatchObject({ ...refused, status: 400 });
    }
    expect(await rejections(started, 'untrusted_document')).toBe(before + 2 * untrusted.length);
    expect(await get(started, { query: '{ __typename }' })).toMatchObject(refused);
    expect(await get(started, { documentId: 'register', variables: '{"id":"boris"}' })).toMatchObject({ status: 405 });
    expect(await post(started, { variables })).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });
});

describe('a server with trusted documents', () => {
  it('answers introspection where it is trusted', async () => {
    const query = '{ __schema { queryType { name } } }';
    const started = await start({ schema: query });
    expect(await post(started, { documentId: 'schema' })).toMatchObject({ data: { __schema: { queryType: { name: 'Query' } } } });
  });

  it('checks variables and which operation is meant as ever', async () => {
    const started = await start(documents);
    expect(await post(started, { documentId: hashOf(READ) })).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(await post(started, { documentId: hashOf(READ), variables, operationName: 'Other' }))
      .toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });
});

describe('a file of trusted documents that is no good', () => {
  const wrong: readonly (readonly [what: string, file: unknown, ...told: string[]])[] = [
    ['is no JSON', '{', 'JSON'],
    ['is a list', [READ], 'has to be a map'],
    ['holds what is no document', { a: 5 }, 'has to be a map'],
    ['is a manifest of another version', { ...manifest, version: 2 }, 'has to be a map'],
    ['is empty', {}, 'holds no document'],
    ['has the same id twice', { ...manifest, operations: [...manifest.operations, ...manifest.operations.slice(1, 2)] }, 'the id "list-1" stands twice'],
    ['has documents that are wrong', { good: LIST, broken: '{', foreign: '{ nothing also }', loose: 'fragment F on Test { slug }' },
      '"broken": Syntax Error', '"foreign": Cannot query field "nothing"', '"foreign": Cannot query field "also"', '"loose": Fragment "F" is never used'],
  ];
  it.each(wrong)('is told with all that is wrong: it %s', async (_what, file, ...told) => {
    const schema = buildSchema(await readFile('schema.graphql', 'utf8'));
    const failure = await readTrustedDocuments(await written(file), schema).then(() => null, (error: unknown) => error);
    expect(failure).toBeInstanceOf(OperatorError);
    for (const each of [...told, folder]) expect((failure as Error).message).toContain(each);
  });

  it('is told when it is not there', async () => {
    await expect(readTrustedDocuments(join(folder, 'nowhere.json'), buildSchema('type Query { a: Int }')))
      .rejects.toThrow(/TRUSTED_DOCUMENTS cannot be used, .*no such file/);
  });

  it('stops the start with a line', async () => {
    const database = await freshDatabase();
    const { code, stderr } = await runServer({ DATABASE_URL: database.url, TRUSTED_DOCUMENTS: await written({ broken: '{' }) });
    await database.drop();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^TRUSTED_DOCUMENTS cannot be used, the file \S+: "broken": Syntax Error[^\n]*\n$/);
  });
});
