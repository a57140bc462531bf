import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'puppeteer-core';

/** What a page did while it was shown. */
export interface Shown {
  readonly page: Page;
  /** Messages, errors and dialogs. */
  readonly noise: readonly string[];
  readonly requests: readonly string[];
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** A grey point. */
const image = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Shows a page in a window that is so wide; whatever it asks for, it is given a grey point. */
export async function showPage(browser: Browser, html: string, width: number): Promise<Shown> {
  const page = await browser.newPage();
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

/** What axe-core finds wrong, each with the elements concerned. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(axePath, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations, passes } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'best-practice'] });
    if (passes.length < 10) return ['Nothing was looked at.'];
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  });
}
