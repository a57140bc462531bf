import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'puppeteer-core';
import { type OpenedBrowser, openBrowser } from '../../setup/browser.js';
import { type Json, startTestServer, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
let opened: OpenedBrowser;
beforeAll(async () => {
  server = await startTestServer();
  opened = await openBrowser();
});
afterAll(async () => {
  await opened.close();
  await server.close();
});

/** The page with what it said and whom it asked. */
interface DocsPage {
  readonly page: Page;
  readonly noise: readonly string[];
  /** Requests to other servers; they get no answer. */
  readonly strayed: readonly string[];
}

async function openDocs(width = 1280, path = '/docs/rest'): Promise<DocsPage> {
  const page = await opened.browser.newPage();
  const noise: string[] = [];
  const strayed: string[] = [];
  page.on('console', (message) => noise.push(message.text()));
  page.on('pageerror', (error) => noise.push(String(error)));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol === 'data:' || origin === new URL(server.url).origin) return void request.continue();
    strayed.push(request.url());
    void request.abort();
  });
  await page.setRequestInterception(true);
  await page.setViewport({ width, height: 800, isMobile: width < 500 });
  await page.goto(new URL(path, server.url).href, { waitUntil: 'networkidle0' });
  await page.waitForSelector('.opblock');
  return { page, noise, strayed };
}

/** An answer as the page shows it. */
interface Answer {
  readonly status: string;
  readonly body: Json;
}

/** Opens an operation by its id, fills in what is told by the names of its fields, and sends it. */
async function tryOut(page: Page, id: string, fields: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const operation = `[id$="-${id}"]`;
  await page.click(`${operation} .opblock-summary-control`);
  await (await page.waitForSelector(`${operation} .try-out__btn`))!.click();
  await page.waitForSelector(`${operation} .execute`);
  for (const [name, value] of Object.entries(fields)) {
    const place = `${operation} :is([data-param-name="${name}"], [data-property-name="${name}"]) input`;
    await page.click(place, { count: 3 });
    await page.type(place, value);
  }
  await page.click(`${operation} .execute`);
  const answer = (await page.waitForSelector(`${operation} .live-responses-table .response`))!;
  const status = await answer.$eval('.response-col_status', ({ textContent }) => textContent.trim());
  return { status, body: JSON.parse(await answer.$eval('.response-col_description pre', ({ textContent }) => textContent)) };
}

describe('the page of the REST API', () => {
  it.each([360, 1280])('shows every operation in a window of %i pixels, and needs no other server', async (width) => {
    const { paths } = await (await fetch(new URL('/docs/rest/json', server.url))).json();
    const operations = Object.entries<Json>(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`));
    const { page, noise, strayed } = await openDocs(width);
    const methods = await page.$$eval('.opblock-summary-method', (shown) => shown.map(({ textContent }) => textContent));
    // As they are shown, they have places where a line may break.
    const addresses = await page.$$eval('.opblock [data-path]', (shown) => shown.map((path) => path.getAttribute('data-path')));
    const shown = methods.map((method, index) => `${method} ${addresses[index]}`);
    expect(shown.sort()).toEqual(operations.sort());
    expect(await page.title()).toBe('Testodrom REST API');
    expect(await page.evaluate(() => [window.innerWidth, document.documentElement.scrollWidth])).toEqual([width, width]);
    expect([noise, strayed]).toEqual([[], []]);
    await page.close();
  });

  it.each(['/docs/rest', '/docs/rest/', '/docs/rest/json', '/docs/rest/yaml', '/docs/rest/static/swagger-ui-bundle.js'])(
    'lets nothing foreign run or frame it: %s', async (path) => {
      const { status, headers } = await fetch(new URL(path, server.url));
      const policy = headers.get('content-security-policy')!.split('; ');
      expect([status, headers.get('x-content-type-options')]).toEqual([200, 'nosniff']);
      const strict = ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"];
      expect(policy).toEqual(expect.arrayContaining(strict));
      expect(headers.get('content-security-policy')).not.toMatch(/unsafe|https?:/);
    });

  it('describes nothing but the REST API, and is found where deprecated answers say', async () => {
    const { headers } = await fetch(new URL('/tests/api/v1/info/free/', server.url));
    const [, address] = /<([^>]+)>; rel="deprecation"/.exec(headers.get('link')!)!;
    const text = await (await fetch(new URL(address!, server.url))).text();
    expect(text).toContain('<title>Testodrom REST API</title>');
    const { paths } = await (await fetch(new URL(`${address}/json`, server.url))).json();
    expect(Object.keys(paths).filter((path) => !/^\/(tests|partner)\/api\/v\d\//.test(path))).toEqual([]);
  });
});

describe('the page, trying out a call', () => {
  let docs: DocsPage;
  beforeAll(async () => {
    // Its files are found from the address with a slash as well.
    docs = await openDocs(1280, '/docs/rest/');
  });
  afterEach(() => expect(docs.strayed).toEqual([]));

  it('shows the answer', async () => {
    const { status, body } = await tryOut(docs.page, 'getV1Info', { test: 'free' });
    expect([status, body]).toEqual(['200', expect.objectContaining({ name: 'Тест free', length: 3, questions: [] })]);
    expect(docs.noise).toEqual([]);
  });

  it('is admitted with the CLIENT_KEY of a client that registered no origin', async () => {
    const { key } = await server.client({ name: 'School' });
    expect(await tryOut(docs.page, 'postV3ClientAuthenticateByToken', { token: key }))
      .toEqual({ status: '200', body: { name: 'School', key } });
    expect(docs.noise).toEqual([]);
  });

  it('sends answers that are typed as JSON, in a form and in a query, here to the English address', async () => {
    await docs.page.select('#servers', '/en');
    const sent: string[] = [];
    docs.page.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`));
    // The answers of the example fit the test of the example.
    expect(await tryOut(docs.page, 'postV3ProgressSave')).toEqual({ status: '200', body: { result_key: expect.any(String) } });
    expect(await tryOut(docs.page, 'getV1Save')).toEqual({ status: '200', body: { key: expect.any(String) } });
    expect(sent).toEqual(['POST /en/partner/api/v3/progress/save', 'GET /en/tests/api/v1/save/work-values/']);
  });
});
