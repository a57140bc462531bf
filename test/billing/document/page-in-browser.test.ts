import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'puppeteer-core';
import { getDocumentProxy } from 'unpdf';
import { invoiceDocument, invoicePage } from '../../../src/billing/index.js';
import { type OpenedBrowser, openBrowser } from '../../setup/browser.js';
import { faultsOf, showPage } from '../../setup/shown-page.js';
import { type Picture, readCode } from './read-code.js';
import { saidBy } from './said.js';
import { sampleInvoices, TIME_ZONE } from './sample-invoices.js';

const MM = 96 / 25.4;

const pages = Object.entries(sampleInvoices).map(([name, invoice]) => {
  const document = invoiceDocument(invoice, TIME_ZONE);
  return { name, document, html: invoicePage(document) };
});
const toPay = pages.filter(({ document }) => document.payment);
const done = pages.filter(({ document }) => !document.payment);

let opened: OpenedBrowser;
beforeAll(async () => {
  opened = await openBrowser();
});
afterAll(() => opened.close());

const show = async (html: string, width: number): Promise<Page> => (await showPage(opened.browser, html, width)).page;

describe.each(pages)('the page of $name', ({ document, html }) => {
  it.each([360, 1280])('is no wider than a window of %i pixels, and has no fault of accessibility', async (width) => {
    const page = await show(html, width);
    expect(await page.evaluate(() => window.document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    expect(await outOfPlace(page)).toEqual([]);
    expect(await faultsOf(page)).toEqual([]);
    await page.close();
  });

  it('says what the document says, in its order, and escapes it', async () => {
    const page = await show(html, 1280);
    const said = await page.evaluate(() => window.document.querySelector('main')?.textContent ?? '');
    expect(words(said)).toBe(words(saidBy(document)));
    expect(await page.title()).toBe(document.title);
    await page.close();
  });

  it('runs nothing, complains of nothing and asks for nothing', async () => {
    const { page, noise, requests } = await showPage(opened.browser, html, 1280);
    expect([noise, requests]).toEqual([[], []]);
    expect(await page.evaluate(() => window.document.scripts.length)).toBe(0);
    await page.close();
  });
});

describe.each(pages.filter(({ name }) => name !== 'an invoice with unruly names'))('the page of $name on paper', ({ html }) => {
  it('is one page of A4', async () => {
    const page = await show(html, 1280);
    const paper = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true })));
    expect(paper.numPages).toBe(1);
    const [, , width = 0, height = 0] = (await paper.getPage(1)).view;
    expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
    await page.close();
  });
});

describe.each(toPay)('the QR code on the page of $name', ({ document, html }) => {
  it.each([360, 1280])('is read from a window of %i pixels as the payment', async (width) => {
    const page = await show(html, width);
    expect(readCode(await pictureOf(page, 'figure svg'))).toBe(document.payment!.text);
    await page.close();
  });

  it.each(['screen', 'print'])('is at least 35 mm wide on %s, without its quiet zone', async (media) => {
    const page = await show(html, 800);
    await page.emulateMediaType(media);
    const size = await page.evaluate(() => {
      const box = window.document.querySelector('figure svg path:last-child')!.getBoundingClientRect();
      return [box.width, box.height];
    });
    expect(Math.min(...size) / MM).toBeGreaterThanOrEqual(35);
    expect(size[0]).toBeCloseTo(size[1]!, 1);
    await page.close();
  });
});

describe.each(done)('the page of $name', ({ html, document }) => {
  it('shows what became of it, and no QR code', async () => {
    const page = await show(html, 1280);
    expect(await page.$('svg')).toBeNull();
    expect(await page.evaluate(() => window.document.querySelector('header .mark')?.textContent)).toBe(document.mark!.text);
    await page.close();
  });
});

/** A text whose white space does not matter. */
function words(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Texts that stick out of the sheet or of the table or the box that they are in. */
async function outOfPlace(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => Array.from(window.document.querySelectorAll('main :is(dt, dd, td, p, h1, figcaption)'))
    .filter((element) => {
      const range = window.document.createRange();
      range.selectNodeContents(element);
      const [text, box] = [range.getBoundingClientRect(), element.getBoundingClientRect()];
      return text.width > 0 && (text.right > box.right + 1 || text.left < box.left - 1);
    })
    .map((element) => `${element.tagName}: ${element.textContent}`));
}

/** What is seen of an element. The browser itself tells the points of its screenshot. */
async function pictureOf(page: Page, selector: string): Promise<Picture> {
  const shot = await (await page.$(selector))!.screenshot({ encoding: 'base64' });
  const { width, height, points } = await page.evaluate(async (source) => {
    const bitmap = await createImageBitmap(await (await fetch(source)).blob());
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    return { width: bitmap.width, height: bitmap.height, points: Array.from(data) };
  }, `data:image/png;base64,${shot}`);
  return { width, height, rgba: Uint8ClampedArray.from(points) };
}
