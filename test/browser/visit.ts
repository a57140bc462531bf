import { type Browser, launch, type Page } from 'puppeteer-core';

/** Where Debian's package puts it. */
const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** Starts the browser of the system, which finds no other computer, with a profile that is gone after closing. */
export function openChromium(): Promise<Browser> {
  return launch({
    executablePath: CHROMIUM,
    headless: true,
    // Root, as whom continuous integration runs, gets no sandbox.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
}

/** A page that is looked at. */
export interface Visit {
  readonly page: Page;
  /** Warnings and errors, those of policies among them. */
  readonly noise: readonly string[];
  /** The addresses on other servers that it asked for. */
  readonly strayed: readonly string[];
}

const DESKTOP = { width: 1280, height: 800 };

/** Opens an address and waits until it has all that it asked for. */
export async function visit(browser: Browser, url: URL, window = DESKTOP, prepare?: (page: Page) => Promise<void>): Promise<Visit> {
  const page = await browser.newPage();
  const noise: string[] = [];
  const strayed: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warn', 'assert'].includes(message.type())) noise.push(message.text());
  });
  page.on('pageerror', (error) => noise.push(String(error)));
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (!['data:', 'blob:'].includes(asked.protocol) && asked.origin !== url.origin) strayed.push(asked.href);
  });
  await page.setViewport({ ...window, isMobile: window.width < 500, hasTouch: window.width < 500 });
  await prepare?.(page);
  await page.goto(url.href, { waitUntil: 'networkidle0' });
  return { page, noise, strayed };
}
