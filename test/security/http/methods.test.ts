import { METHODS } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendRaw } from '../../setup/raw-request.js';
import { expectRefused, expectTold, expectUnharmed, PATH, posted, SLUG } from '../../setup/refused-requests.js';
import { startTestServer, type TestClient, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
let client: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  client = await server.client();
});
afterAll(async () => {
  expect(await server.holdings(client)).toMatchObject({ users: 0, counter: 0 });
  await expectUnharmed(server);
  await server.close();
});

const REGISTER = 'mutation { registerUser(input: { userId: "by a trick" }) { __typename } }';
const refused = { status: 405, reason: 'method', message: /GET for queries and POST for all operations/ } as const;
const noMutation = { status: 405, reason: 'method', message: /only support query operations/ } as const;
const others = METHODS.filter((method) => !['GET', 'HEAD', 'POST', 'OPTIONS', 'CONNECT'].includes(method));

describe('another method than those of GraphQL', () => {
  it.each(others)('is refused with the ones that there are, and runs nothing: %s', async (method) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${client.key}` };
    const answer = await expectRefused(server, { method, path: PATH, headers, body: JSON.stringify({ query: REGISTER }) }, refused);
    expect(answer.headers.allow).toBe('GET, POST');
  });

  it('is refused without an answer to read where there is none', async () => {
    const { status, headers, text } = await sendRaw(server.url, { method: 'HEAD', path: `${PATH}?query={__typename}` });
    expect({ status, allow: headers.allow, text }).toEqual({ status: 405, allow: 'GET, POST', text: '' });
  });

  it.each(['TRACE', 'PROPFIND', 'PUT', 'M-SEARCH'])('leads nowhere where nothing is: %s', async (method) => {
    expectTold(await sendRaw(server.url, { method, path: '/nothing' }), 404, /Nothing is here/);
  });

  it('never sends a request back to its sender', async () => {
    const { text } = await sendRaw(server.url, { method: 'TRACE', path: PATH, headers: { authorization: `Bearer ${client.key}` } });
    expect(text).not.toContain(client.key);
  });
});

describe('a method in disguise', () => {
  it.each(['x-http-method-override', 'x-http-method', 'x-method-override'])('is what it is on the wire: %s', async (header) => {
    const headers = { [header]: 'POST', authorization: `Bearer ${client.key}` };
    await expectRefused(server, { path: `${PATH}?query=${encodeURIComponent(REGISTER)}`, headers }, noMutation);
    const { status, text } = await sendRaw(server.url, posted(JSON.stringify({ query: SLUG }), { [header]: 'DELETE' }));
    expect({ status, json: JSON.parse(text) }).toMatchObject({ status: 200, json: { data: { test: { slug: 'free' } } } });
  });

  it('is not taken from the address', async () => {
    const path = `${PATH}?_method=POST&query=${encodeURIComponent(REGISTER)}`;
    await expectRefused(server, { path, headers: { authorization: `Bearer ${client.key}` } }, noMutation);
  });

  it('is no GET with a body', async () => {
    const body = JSON.stringify({ query: REGISTER });
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${client.key}` };
    await expectRefused(server, { path: PATH, headers, body }, { status: 400, reason: 'malformed', message: /non-empty `query`/ });
  });
});
