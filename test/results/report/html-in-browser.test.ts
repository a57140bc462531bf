import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'puppeteer-core';
import { reportFragment, reportPage } from '../../../src/results/report/html/index.js';
import { type OpenedBrowser, openBrowser } from '../../setup/browser.js';
import { bundledDocuments } from './bundled-documents.js';
import { richTextsOf, sampleDocuments } from './sample-documents.js';

/** What a page did while it was shown. */
interface Shown {
  readonly page: Page;
  /** Messages, errors and dialogs. */
  readonly noise: readonly string[];
  readonly requests: readonly string[];
}

/** The page of somebody who shows a report on it. */
const hostPage = (fragment: string): string => `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Host</title></head>
<body><main><h1>Your results</h1>${fragment}</main></body></html>`;

const pages = Object.entries({ ...sampleDocuments, ...bundledDocuments }).map(([name, report]) =>
  ({ name: `the page of ${name}`, report, html: reportPage(report) }));
const fragments = Object.entries(sampleDocuments).map(([name, report]) =>
  ({ name: `the fragment of ${name} in somebody's page`, report, html: hostPage(reportFragment(report)) }));
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** A grey point for every image that a report asks for. */
const image = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

let opened: OpenedBrowser;
beforeAll(async () => {
  opened = await openBrowser();
});
afterAll(() => opened.close());

/** Shows a page in a window that is so wide. */
async function show(html: string, width: number): Promise<Shown> {
  const page = await opened.browser.newPage();
  const noise: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => noise.push(message.text()));
  page.on('pageerror', (error) => noise.push(String(error)));
  page.on('dialog', (dialog) => {
    noise.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    requests.push(request.url());
    void request.respond({ contentType: 'image/gif', body: image });
  });
  await page.setRequestInterception(true);
  await page.setViewport({ width, height: 800 });
  await page.setContent(html, { waitUntil: 'load' });
  return { page, noise, requests };
}

describe.each([...pages, ...fragments])('$name', ({ report, html }) => {
  it.each([360, 1280])('is no wider than a window of %i pixels, and has no fault of accessibility', async (width) => {
    const { page } = await show(html, width);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    expect(await faults(page)).toEqual([]);
    await page.close();
  });

  it('runs nothing, complains of nothing and asks for nothing but the images of its texts', async () => {
    const { page, noise, requests } = await show(html, 1280);
    const images = richTextsOf(report).join('').match(/(?<=<img src=")[^"]+/g) ?? [];
    expect(noise).toEqual([]);
    expect(requests).toEqual([...new Set(images)]);
    expect(await page.evaluate(() => document.scripts.length)).toBe(0);
    await page.close();
  });

  it('is printed on paper', async () => {
    const { page } = await show(html, 1280);
    const paper = Buffer.from(await page.pdf({ format: 'A4' }));
    expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
    await page.close();
  });

  it('draws no text of a chart over another or beyond the edge', async () => {
    const { page } = await show(html, 1280);
    expect(await misplaced(page)).toEqual([]);
    await page.close();
  });
});

/** What axe-core finds wrong, each with the elements concerned. */
async function faults(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(axePath, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations, passes } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'best-practice'] });
    if (passes.length < 10) return ['Nothing was looked at.'];
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  });
}

/** Texts of a chart that cover one another or leave their chart by more than a pixel. */
async function misplaced(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => Array.from(document.querySelectorAll('.chart svg')).flatMap((svg) => {
    const edge = svg.getBoundingClientRect();
    const texts = Array.from(svg.querySelectorAll('text'),
      (text) => ({ said: text.textContent, box: text.getBoundingClientRect() }));
    const beyond = texts.filter(({ box }) => box.left < edge.left - 1 || box.right > edge.right + 1
      || box.top < edge.top - 1 || box.bottom > edge.bottom + 1);
    const covered = texts.filter(({ box }, index) => texts.slice(index + 1).some((other) =>
      box.left < other.box.right - 1 && other.box.left < box.right - 1
      && box.top < other.box.bottom - 1 && other.box.top < box.bottom - 1));
    return [...beyond.map(({ said }) => `beyond: ${said}`), ...covered.map(({ said }) => `covered: ${said}`)];
  }));
}
