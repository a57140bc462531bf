import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import chromium from '@sparticuz/chromium';
import { type Browser, launch } from 'puppeteer-core';

/** A running browser that nobody sees. */
export interface OpenedBrowser {
  readonly browser: Browser;
  close(): Promise<void>;
}

const UNPACK = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath()).then(console.log)";

/** Starts a browser in a folder of its own, which is gone after closing. */
export async function openBrowser(): Promise<OpenedBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'testodrom-browser-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const browser = await launchIn(folder);
    return { browser, close: () => browser.close().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function launchIn(folder: string): Promise<Browser> {
  const userDataDir = join(folder, 'profile');
  await mkdir(userDataDir);
  // The package unpacks into the system's folder for all, where another run, or another user, may be at it already.
  const { stdout } = await promisify(execFile)(process.execPath, ['--eval', UNPACK], { env: { ...process.env, TMPDIR: folder } });
  // As strict about other sites as the browsers of people, which the package's own choice is not.
  const args = chromium.args.filter((argument) => argument !== '--disable-web-security');
  return launch({ executablePath: stdout.trim(), args, headless: 'shell', userDataDir });
}
