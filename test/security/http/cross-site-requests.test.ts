import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { formText, sendRaw } from '../../setup/raw-request.js';
import { expectRefused, expectUnharmed, PATH } from '../../setup/refused-requests.js';
import { startTestServer, type TestClient, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
let client: TestClient;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  client = await server.client();
});
afterAll(async () => {
  await expectUnharmed(server);
  await server.close();
});

const REGISTER = 'mutation { registerUser(input: { userId: "by a form" }) { __typename } }';
const SAVE = 'mutation { saveProgress(input: { test: "free", answers: [] }) { __typename } }';
/** What a browser sends along from the page of somebody else, who knows no key: everything but headers of their choice. */
const elsewhere = {
  origin: 'https://evil.example', referer: 'https://evil.example/', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors',
};

const noJson = { status: 415, reason: 'media_type', message: /as application\/json/ } as const;

describe('a form on the page of somebody else', () => {
  const json = JSON.stringify({ query: REGISTER });
  it.each([
    ['as forms are', 'application/x-www-form-urlencoded', formText({ query: REGISTER })],
    ['with parts', 'multipart/form-data; boundary=x', `--x\r\nContent-Disposition: form-data; name="query"\r\n\r\n${REGISTER}\r\n--x--\r\n`],
    ['as text that is JSON', 'text/plain', `${json.slice(0, -1)},"x":"=\r\n"}`],
    ['as JSON under the name of a form', 'application/x-www-form-urlencoded', json],
    ['as text that claims to be JSON', 'text/plain; charset=application/json', json],
    ['as a beacon of a form', 'application/x-www-form-urlencoded;charset=UTF-8', formText({ query: REGISTER })],
    ['as a beacon of text', 'text/plain;charset=UTF-8', json],
  ])('mutates nothing, with or without cookies: %s', async (_what, type, body) => {
    for (const cookie of ['', `authorization=Bearer ${client.key}; key=${client.key}`]) {
      const headers = { ...elsewhere, 'content-type': type, ...(cookie === '' ? {} : { cookie }) };
      await expectRefused(server, { method: 'POST', path: PATH, headers, body }, noJson);
    }
    expect(await server.holdings(client)).toMatchObject({ users: 0, counter: 0 });
  });

  it('mutates nothing by a beacon without a type', async () => {
    await expectRefused(server, { method: 'POST', path: PATH, headers: elsewhere, body: json }, noJson);
  });

  it('has to ask before it sends JSON, and is then let send no cookies', async () => {
    const { headers } = await sendRaw(server.url, {
      method: 'OPTIONS', path: PATH,
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  });
});

describe('a mutation by GET', () => {
  const refused = { status: 405, reason: 'method', message: /only support query operations/ } as const;
  const images = { ...elsewhere, accept: 'image/avif,image/webp,*/*;q=0.8', 'sec-fetch-dest': 'image' };
  const links = { accept: 'application/json, */*', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };

  it.each([
    ['a picture', REGISTER, images], ['a picture that saves', SAVE, images], ['a link', REGISTER, links],
    ['an operation chosen by name', `query a { __typename } ${REGISTER.replace('mutation', 'mutation b')}&operationName=b`, {}],
    ['the header of Apollo', REGISTER, { 'apollo-require-preflight': 'true' }],
  ])('is refused whoever sends it: %s', async (_what, query, headers) => {
    const [text = '', operationName] = query.split('&operationName=');
    const path = `${PATH}?${formText({ query: text, ...(operationName === undefined ? {} : { operationName }) })}`;
    for (const more of [{}, { cookie: `authorization=Bearer ${client.key}` }]) {
      const { headers: answered } = await expectRefused(server, { path, headers: { ...headers, ...more } }, refused);
      expect(answered.allow).toBe('POST');
    }
    // A page that has a key is told that it may not use it, before anything else.
    const { status } = await sendRaw(server.url, { path, headers: { ...headers, authorization: `Bearer ${client.key}` } });
    expect(status).toBe('origin' in headers ? 403 : 405);
    expect(await server.holdings(client)).toMatchObject({ users: 0, counter: 0 });
  });

  it('is refused when its text was persisted before', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(REGISTER).digest('hex') } };
    const registered = await fetch(server.url, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: REGISTER, extensions }),
    });
    expect(await registered.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    const path = `${PATH}?${formText({ extensions: JSON.stringify(extensions) })}`;
    await expectRefused(server, { path, headers: { authorization: `Bearer ${client.key}` } }, refused);
    expect(await server.holdings(client)).toMatchObject({ users: 0 });
  });
});

describe('a query from the page of somebody else', () => {
  it.each([
    ['cookies', { cookie: 'KEY' }, ''], ['the address', {}, '&authorization=Bearer%20KEY&key=KEY&access_token=KEY'],
    ['another header', { 'x-api-key': 'KEY' }, ''],
    ['a name and password', { authorization: `Basic ${Buffer.from('client:KEY').toString('base64')}` }, ''],
  ])('is nobody known by %s', async (_what, headers, search) => {
    const withKey = (text: string): string => text.replaceAll('KEY', client.key);
    const { status, text } = await sendRaw(server.url, {
      path: `${PATH}?query={viewer{slug}}${withKey(search)}`,
      headers: { ...elsewhere, ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, withKey(value)])) },
    });
    expect({ status, json: JSON.parse(text) }).toMatchObject({ status: 200, json: { data: null, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } });
    expect(text).not.toContain(client.key);
  });
});

describe('a script in an answer', () => {
  it('is never taken for one: an error repeats the input as JSON that no browser guesses at', async () => {
    const answer = await sendRaw(server.url, { path: `${PATH}?query=${encodeURIComponent('{ "<script>alert(1)</script>" }')}`, headers: { accept: '*/*' } });
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] });
  });
});
