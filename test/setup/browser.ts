import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { type Browser, launch } from 'puppeteer-core';

/** A running browser that nobody sees. */
export interface OpenedBrowser {
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Starts a browser with an empty profile of its own, which is gone after closing. */
export async function openBrowser(): Promise<OpenedBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'testodrom-browser-'));
  const browser = await launch({
    executablePath: await chromium.executablePath(), args: chromium.args, headless: 'shell', userDataDir: profile,
  });
  return {
    browser,
    async close() {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
