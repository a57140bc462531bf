import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'puppeteer-core';
import { tokenOf } from '../setup/access-tokens.js';
import { type OpenedBrowser, openBrowser } from '../setup/browser.js';
import { smallAnswers } from '../setup/small-tests.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
let client: TestClient;
let site: Server;
let opened: OpenedBrowser;
/** A page of a partner's site. */
let page: Page;
beforeAll(async () => {
  server = await startTestServer();
  client = await server.client();
  site = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>Partner</title>'));
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  opened = await openBrowser();
  page = await opened.browser.newPage();
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
});
afterAll(async () => {
  await opened.close();
  site.close();
  await server.close();
});

const SAVE = `mutation ($input: SaveProgressInput!) { saveProgress(input: $input) {
  __typename ... on SaveProgressSuccess { resultKey attachment { attached } } ... on Problem { code } } }`;

/** What a script of the page gets from GraphQL; the message of its failure when the browser keeps the answer from it. */
function asked(query: string, variables: object = {}, authorization: string | null = null): Promise<Json> {
  return page.evaluate(async (url: string, body: string, header: string | null) => {
    try {
      const headers = { 'content-type': 'application/json', ...(header === null ? {} : { authorization: header }) };
      const response = await fetch(url, { method: 'POST', headers, body });
      return { status: response.status, requestId: response.headers.get('x-request-id'), ...await response.json() };
    } catch (error) {
      return String(error);
    }
  }, server.url, JSON.stringify({ query, variables }), authorization);
}

describe("a page of a partner's site", () => {
  it('reads tests', async () => {
    expect(await asked('{ test(slug: "free") { length } }')).toMatchObject({ status: 200, data: { test: { length: 3 } } });
  });

  it('saves with an access token and no client key, and the result is attached', async () => {
    const token = await tokenOf(client, { userId: 'person in a browser' });
    const { data, requestId } = await asked(SAVE, { input: { test: 'free', answers: smallAnswers } }, `Bearer ${token}`);
    expect(data.saveProgress).toMatchObject({ __typename: 'SaveProgressSuccess', attachment: { attached: true } });
    expect(requestId).toMatch(/^[\da-f-]{36}$/);
    expect(await server.holdings(client)).toMatchObject({ users: 1, attached: 1 });
  });

  it('reads errors too', async () => {
    expect(await asked('{ viewer { name } }', {}, 'Bearer tda_wrong')).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('attaches with a client key over REST where the client registered the site, and nowhere else', async () => {
    const origin = await page.evaluate(() => globalThis.location.origin);
    const [here, elsewhere] = [await server.client({ origins: [origin] }), await server.client({ origins: [origin.replace('http', 'https')] })];
    const attached = async ({ key }: TestClient): Promise<string> => page.evaluate(
      (url: string, body: string) => fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
        .then((answer) => answer.text(), String),
      new URL('/partner/api/v3/result/attach', server.url).href,
      JSON.stringify({ client_key: key, result_key: await server.save('paid'), user_id: 'person in a browser' }),
    );
    expect([await attached(here), await attached(elsewhere)]).toEqual(['{"status":true}', expect.stringMatching(/Failed to fetch/)]);
    expect([await server.holdings(here), await server.holdings(elsewhere)]).toMatchObject([{ users: 1, attached: 1 }, { users: 0, counter: 0 }]);
  });

  it('never sends cookies, and is not let at the addresses of reports', async () => {
    const key = await server.save();
    const { origin } = new URL(server.url);
    const read = await page.evaluate((url: string) => fetch(url).then(() => 'read', String), `${origin}/results/${key}.json`);
    expect(read).toMatch(/Failed to fetch/);
    const withCookies = await page.evaluate((url: string) =>
      fetch(`${url}?query={__typename}`, { credentials: 'include', headers: { 'apollo-require-preflight': 'true' } }).then(() => 'read', String), server.url);
    expect(withCookies).toMatch(/Failed to fetch/);
  });
});
