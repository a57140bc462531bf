import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendRaw } from '../../setup/raw-request.js';
import { expectRefused, expectUnharmed, PATH, posted, SLUG } from '../../setup/refused-requests.js';
import { startTestServer, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await expectUnharmed(server);
  await server.close();
});

const refused = { status: 415, reason: 'media_type', message: /Send the request as application\/json/ } as const;
const query = JSON.stringify({ query: SLUG });
const SAVE = JSON.stringify({
  query: `mutation { saveProgress(input: { test: "free", answers: [{ questionId: "11", values: [] }, { questionId: "3", values: [] },
    { questionId: "7", values: [] }] }) { __typename } }`,
});

describe('a body of another type', () => {
  it('is refused when it says none', async () => {
    await expectRefused(server, { method: 'POST', path: PATH, body: query }, refused);
  });

  it.each([
    'text/plain', 'text/plain;charset=utf-8', 'application/x-www-form-urlencoded', 'multipart/form-data', 'multipart/form-data; boundary=x',
    'application/graphql', 'application/graphql+json', 'text/json', 'application/xml', 'application/octet-stream', 'application/jsonp', 'application/json-seq',
    'xapplication/json', 'application/*', '*/*', 'application', '', ';', 'text/plain; application/json', 'text/plain, application/json',
  ])('is refused though it holds JSON, and not even read: "%s"', async (type) => {
    await expectRefused(server, posted(query, { 'content-type': type }), refused);
  });

  it.each([['utf-16', 'utf16le'], ['utf-16le', 'utf16le'], ['iso-8859-1', 'latin1'], ['"utf-7"', 'latin1'], ['UTF-32', 'utf8']] as const)(
    'is refused in another charset than UTF-8: %s', async (charset, encoding) => {
      await expectRefused(server, posted(Buffer.from(query, encoding), { 'content-type': `application/json; charset=${charset}` }), {
        status: 415, reason: 'media_type', message: /in UTF-8/,
      });
    });

  it('holds no files', async () => {
    const form = new FormData();
    form.set('operations', JSON.stringify({ query: 'mutation ($file: Upload!) { upload(file: $file) }', variables: { file: null } }));
    form.set('map', '{"0":["variables.file"]}');
    form.set('0', new Blob(['content']), 'file.txt');
    const answer = await fetch(server.url, { method: 'POST', headers: { 'apollo-require-preflight': 'true' }, body: form });
    expect({ status: answer.status, json: await answer.json() }).toMatchObject({ status: 415, json: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] } });
  });
});

describe('JSON by another spelling', () => {
  it.each([
    'application/json', 'APPLICATION/JSON', 'application/json;charset=utf-8', 'application/json; charset="UTF-8"', 'application/json ; x=y',
    'application/json; boundary=x', 'application/json;',
  ])('is read: "%s"', async (type) => {
    const { status, text } = await sendRaw(server.url, posted(query, { 'content-type': type }));
    expect({ status, json: JSON.parse(text) }).toMatchObject({ status: 200, json: { data: { test: { slug: 'free' } } } });
  });

  it.each(['application/json; charset', 'application/json; =', 'application/json; charset=;;;', 'application/json; "', 'application/json; x=y;x=y;x=y'])(
    'is read, or refused, with parameters that are none: "%s"', async (type) => {
      const { status, text } = await sendRaw(server.url, posted(query, { 'content-type': type }));
      expect([200, 415]).toContain(status);
      expect(JSON.parse(text)).toHaveProperty(status === 200 ? 'data.test.slug' : 'errors');
    });
});

describe('a query by GET with a type', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/graphql', 'x'])('is refused unless it is JSON: %s', async (type) => {
    await expectRefused(server, { path: `${PATH}?query={__typename}`, headers: { 'content-type': type } }, {
      status: 415, reason: 'media_type', message: /GET requests may not have a content-type/,
    });
  });
});

describe('an answer that can be given', () => {
  it.each([
    '*/*', 'application/*', 'application/json', 'application/json; charset=utf-8', 'application/json;charset=UTF-8', 'application/graphql-response+json',
    'application/graphql-response+json;charset=utf-8, application/json;charset=utf-8', 'application/graphql-response+json, application/json;q=0.9',
    'application/json, text/plain, */*', 'multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json;q=0.9', '',
  ])('is given: %s', async (accept) => {
    expect((await sendRaw(server.url, posted(query, { accept }))).status).toBe(200);
  });
});

describe('an answer that nobody can give', () => {
  it('is not looked for among thousands', async () => {
    await expectRefused(server, posted(query, { accept: `*/*${',a/a'.repeat(3_000)}` }), { status: 431, reason: 'headers', message: /longer than 1000 characters/ });
  });

  it.each(['image/png', 'text/html;q=0, application/xml', 'application/json;q=0'])('is refused with what can be had, and nothing is done: %s', async (accept) => {
    const before = await server.sql('select count(*) from result');
    await expectRefused(server, posted(SAVE, { accept }), { status: 406, reason: 'malformed', message: /application\/graphql-response\+json/ });
    expect(await server.sql('select count(*) from result')).toEqual(before);
    await expectRefused(server, posted(query, { accept }), { status: 406, reason: 'malformed', message: /application\/graphql-response\+json/ });
  });
});
