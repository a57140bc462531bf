import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'puppeteer-core';
import { createDemoClient } from '../../src/clients/index.js';
import { startTestServer, type TestServer } from '../setup/test-server.js';
import { openChromium, type Visit, visit } from './visit.js';

const PHONE = { width: 390, height: 844 };
const RUN = 'button[aria-label^="Execute query"]';
const DOCS = 'button[aria-label="Show Documentation Explorer"]';
const HEADERS = '.graphiql-editor-tool .graphiql-editor:not(.hidden)';
const ANSWER = '.result-window .view-lines';

let server: TestServer;
let key: string;
let browser: Browser;
let visited: Visit;
let pictures: string;
beforeAll(async () => {
  server = await startTestServer({ NODE_ENV: 'production' });
  key = (await createDemoClient(server.app.services.database))!;
  browser = await openChromium();
  pictures = await mkdtemp(join(tmpdir(), 'testodrom-explorer-'));
  // The entrance leads there.
  visited = await visit(browser, new URL('/', server.url));
});
afterAll(async () => {
  process.stdout.write(`Pictures of the explorer: ${pictures}\n`);
  await browser.close();
  await server.close();
});
afterEach(() => expect([visited.noise, visited.strayed]).toEqual([[], []]));

function picture(page: Page, name: string): Promise<unknown> {
  return page.screenshot({ path: join(pictures, `${name}.png`) });
}

/** Chooses an operation of the examples by the run button. */
async function run(page: Page, operation: string): Promise<void> {
  await page.click(RUN);
  await (await page.waitForSelector(`::-p-xpath(//*[@role="menuitem"][text()="${operation}"])`))!.click();
}

/** Waits until something stands in a part of the page; the editor writes spaces that do not break. */
async function waitForText(page: Page, place: string, text: string): Promise<void> {
  await page.waitForFunction((selector: string, wanted: string) =>
    document.querySelector<HTMLElement>(selector)?.innerText.replaceAll('\u00a0', ' ').includes(wanted), {}, place, text);
}

/** Writes something into an editor, in the place of what it holds. */
async function write(page: Page, editor: string, text: string): Promise<void> {
  await page.click(`${editor} .view-lines`);
  await page.keyboard.down('Control');
  await page.keyboard.press('a');
  await page.keyboard.up('Control');
  await page.keyboard.sendCharacter(text);
}

describe('the explorer, in a browser without the internet', () => {
  it('opens with the examples in its editor', async () => {
    expect(new URL(visited.page.url()).pathname).toBe('/explorer');
    expect(await visited.page.title()).toBe('Testodrom GraphQL explorer');
    await waitForText(visited.page, '.graphiql-query-editor .view-lines', 'query ShowTest(');
  });

  it('shows the schema beside it, with the description of Query.test', async () => {
    const { page } = visited;
    await page.click(DOCS);
    await (await page.waitForSelector('a.graphiql-doc-explorer-type-name::-p-text(Query)'))!.click();
    await waitForText(page, '.graphiql-doc-explorer-content', 'A published test by its slug; null when there is none. Public.');
  });

  it('runs a query and shows what comes back', async () => {
    const { page } = visited;
    await run(page, 'ShowTest');
    await waitForText(page, ANSWER, '"name": "Work Values"');
    await picture(page, 'desktop');
  });

  it('runs a mutation with the key of its headers', async () => {
    const { page } = visited;
    await run(page, 'IssueAccessToken');
    await waitForText(page, ANSWER, 'UNAUTHENTICATED');
    // The editor itself closes what is opened.
    await write(page, HEADERS, `{ "authorization": "Bearer ${key}" `);
    await run(page, 'IssueAccessToken');
    await waitForText(page, ANSWER, '"IssueAccessTokenSuccess"');
    await picture(page, 'key');
  });

  it('keeps the key over a reload, but nowhere beyond the tab', async () => {
    const { page } = visited;
    // Tabs are noted a moment after they changed.
    await page.waitForFunction((secret: string) => sessionStorage.getItem('graphiql:tabState')?.includes(secret), {}, key);
    await page.reload({ waitUntil: 'networkidle0' });
    await waitForText(page, HEADERS, key);
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('tdk_');
    const other = await visit(browser, new URL('/explorer', server.url));
    await waitForText(other.page, HEADERS, '<CLIENT_KEY>');
    await other.page.close();
  });

  it('fits a phone, the answer below the question', async () => {
    const { page, noise, strayed } = await visit(browser, new URL('/explorer', server.url), PHONE);
    await run(page, 'ShowTest');
    await waitForText(page, ANSWER, '"name": "Work Values"');
    expect(await page.evaluate(() => [window.innerWidth, document.documentElement.scrollWidth])).toEqual([390, 390]);
    const boxes = await Promise.all(['.graphiql-editors', '.graphiql-response'].map(async (place) => (await page.$(place))!.boundingBox()));
    expect(boxes[1]!.y).toBeGreaterThanOrEqual(boxes[0]!.y + boxes[0]!.height);
    for (const box of boxes) expect(box!.width).toBeGreaterThan(300);
    await picture(page, 'phone');
    expect([noise, strayed]).toEqual([[], []]);
    await page.close();
  });
});
