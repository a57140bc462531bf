import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Frame } from 'puppeteer-core';
import { startTestServer, type TestServer } from '../setup/test-server.js';
import { openChromium, visit } from './visit.js';

const SANDBOX_SCRIPT = 'https://embeddable-sandbox.cdn.apollographql.com/';
/** What Sandbox does in the page, in short: it shows a frame of Apollo, and asks GraphQL for it. */
const SANDBOX = `
window.EmbeddedSandbox = class {
  constructor({ initialEndpoint, target }) {
    document.querySelector(target).innerHTML = '<iframe src="https://sandbox.embed.apollographql.com/sandbox/explorer"></iframe>';
    const body = JSON.stringify({ query: '{ __typename }' });
    fetch(initialEndpoint, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      .then((response) => response.json()).then((answer) => { window.answered = answer.data.__typename; });
  }
};`;

let server: TestServer;
let browser: Browser;
let report: string;
beforeAll(async () => {
  server = await startTestServer();
  browser = await openChromium();
  report = `/results/${await server.save()}.html`;
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const at = (path: string): URL => new URL(path, server.url);

describe('the page of Sandbox, in a browser without the internet', () => {
  it('says that it may be offline, and asks nobody but Apollo and for fonts', async () => {
    const { page, noise, strayed } = await visit(browser, at('/graphql'));
    expect(await page.$eval('body', ({ innerText }) => innerText)).toContain('you might be offline');
    expect(new Set(strayed.map((address) => new URL(address).host.replace(/^.*?(\w+\.com)$/, '$1'))))
      .toEqual(new Set(['apollographql.com', 'googleapis.com']));
    expect(noise.filter((text) => /policy|refused/i.test(text))).toEqual([]);
    await page.close();
  });

  it('lets the scripts of Apollo run, show their frame and ask GraphQL', async () => {
    const { page, noise } = await visit(browser, at('/graphql'), undefined, async (opening) => {
      opening.on('request', (request) => {
        const own = new URL(request.url()).origin === at('/').origin;
        if (request.url().startsWith(SANDBOX_SCRIPT)) void request.respond({ contentType: 'text/javascript', body: SANDBOX });
        else if (request.resourceType() === 'document' && !own) void request.respond({ contentType: 'text/html', body: 'Sandbox' });
        else void request.continue();
      });
      await opening.setRequestInterception(true);
    });
    await page.waitForFunction(() => 'answered' in window && window.answered === 'Query');
    const frame = page.frames().find((each) => each.url().startsWith('https://sandbox.embed.apollographql.com/'));
    expect(await frame!.$eval('body', ({ innerText }) => innerText)).toBe('Sandbox');
    expect(noise.filter((text) => !text.includes('ERR_NAME_NOT_RESOLVED'))).toEqual([]);
    await page.close();
  });
});

describe('the page of REST, in a browser without the internet', () => {
  it('tries out a call', async () => {
    const { page, noise, strayed } = await visit(browser, at('/docs/rest'));
    const operation = '[id$="-getV1Info"]';
    await page.click(`${operation} .opblock-summary-control`);
    await (await page.waitForSelector(`${operation} .try-out__btn`))!.click();
    const field = (await page.waitForSelector(`${operation} [data-param-name="test"] input:enabled`))!;
    await field.click({ count: 3 });
    await field.type('free');
    await page.click(`${operation} .execute`);
    const body = (await page.waitForSelector(`${operation} .live-responses-table .response-col_description pre`))!;
    expect(JSON.parse(await body.evaluate(({ textContent }) => textContent))).toMatchObject({ name: 'Тест free' });
    expect([noise, strayed]).toEqual([[], []]);
    await page.close();
  });
});

describe('a report', () => {
  it('is shown without a complaint', async () => {
    const { page, noise, strayed } = await visit(browser, at(report));
    expect(await page.$eval('h1', ({ innerText }) => innerText)).toContain('free');
    expect([noise, strayed]).toEqual([[], []]);
    await page.close();
  });
});

describe('a page of another site', () => {
  let site: Server;
  beforeAll(async () => {
    site = createServer(({ url }, response) =>
      response.setHeader('content-type', 'text/html').end(`<!doctype html><iframe src="${at(url!.slice(2)).href}"></iframe>`));
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => void site.close());

  async function framed(path: string): Promise<{ readonly frame: Frame; readonly noise: readonly string[] }> {
    const { page, noise } = await visit(browser, new URL(`/?${path}`, `http://127.0.0.1:${(site.address() as AddressInfo).port}`));
    return { frame: page.frames()[1]!, noise };
  }

  it('shows a report in a frame', async () => {
    const { frame, noise } = await framed(report);
    expect(await frame.$eval('h1', ({ innerText }) => innerText)).toContain('free');
    expect(noise).toEqual([]);
  });

  it.each(['/explorer', '/docs/rest'])('does not show what takes keys in a frame: %s', async (path) => {
    const { frame, noise } = await framed(path);
    expect(frame.url()).toMatch(/^chrome-error:/);
    expect(noise.join()).toContain("frame-ancestors 'none'");
  });
});
