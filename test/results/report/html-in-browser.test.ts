import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'puppeteer-core';
import { reportFragment, reportPage } from '../../../src/results/report/html/index.js';
import { type OpenedBrowser, openBrowser } from '../../setup/browser.js';
import { faultsOf, showPage } from '../../setup/shown-page.js';
import { bundledDocuments } from './bundled-documents.js';
import { richTextsOf, sampleDocuments } from './sample-documents.js';

/** The page of somebody who shows a report on it. */
const hostPage = (fragment: string): string => `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Host</title></head>
<body><main><h1>Your results</h1>${fragment}</main></body></html>`;

const pages = Object.entries({ ...sampleDocuments, ...bundledDocuments }).map(([name, report]) =>
  ({ name: `the page of ${name}`, report, html: reportPage(report) }));
const fragments = Object.entries(sampleDocuments).map(([name, report]) =>
  ({ name: `the fragment of ${name} in somebody's page`, report, html: hostPage(reportFragment(report)) }));

let opened: OpenedBrowser;
beforeAll(async () => {
  opened = await openBrowser();
});
afterAll(() => opened.close());

describe.each([...pages, ...fragments])('$name', ({ report, html }) => {
  it.each([360, 1280])('is no wider than a window of %i pixels, and has no fault of accessibility', async (width) => {
    const { page } = await showPage(opened.browser, html, width);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    expect(await faultsOf(page)).toEqual([]);
    await page.close();
  });

  it('runs nothing, complains of nothing and asks for nothing but the images of its texts', async () => {
    const { page, noise, requests } = await showPage(opened.browser, html, 1280);
    const images = richTextsOf(report).join('').match(/(?<=<img src=")[^"]+/g) ?? [];
    expect(noise).toEqual([]);
    expect(requests).toEqual([...new Set(images)]);
    expect(await page.evaluate(() => document.scripts.length)).toBe(0);
    await page.close();
  });

  it('is printed on paper', async () => {
    const { page } = await showPage(opened.browser, html, 1280);
    const paper = Buffer.from(await page.pdf({ format: 'A4' }));
    expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
    await page.close();
  });

  it('draws no text of a chart over another or beyond the edge', async () => {
    const { page } = await showPage(opened.browser, html, 1280);
    expect(await misplaced(page)).toEqual([]);
    await page.close();
  });
});

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
