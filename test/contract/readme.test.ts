import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDemoClient } from '../../src/clients/index.js';
import { startTestServer, type TestServer } from '../setup/test-server.js';

/** A request of the README and the answer printed under it. */
interface Step {
  readonly request: string;
  readonly answer: string;
}

const DEFAULT_ORIGIN = 'http://127.0.0.1:4000';
/** Stands between the answers in what the shell prints. */
const NEXT = '--- next ---';
const FLOW = /```sh\n((?:(?!```)[\s\S])*?curl [\s\S]*?)```\n```json\n([\s\S]*?)```/g;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const NUMBER = /\b20\d\d-\d{6}\b/g;
const TOKEN = /tda_[0-9a-f]{104}/g;
const TIME = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

let server: TestServer;
let bin: string;
beforeAll(async () => {
  server = await startTestServer();
  bin = await mkdtemp(join(tmpdir(), 'testodrom-bin-'));
  const curl = resolve('test/setup/curl.mjs');
  await chmod(curl, 0o755);
  await symlink(curl, join(bin, 'curl'));
  await symlink(process.execPath, join(bin, 'node'));
});
afterAll(async () => {
  await server.close();
  await rm(bin, { recursive: true });
});

/** What differs from run to run is told by its form. */
function masked(text: string): string {
  return text.trim().replaceAll(new URL(server.url).origin, DEFAULT_ORIGIN).replace(UUID, '<uuid>').replace(TIME, '<time>').replace(NUMBER, '<number>').replace(TOKEN, '<token>');
}

describe('README', () => {
  it('answers each of its requests as printed', async () => {
    const readme = await readFile('README.md', 'utf8');
    const steps = [...readme.matchAll(FLOW)].map(([, request, answer]): Step => ({ request: request!, answer: answer! }));
    expect(steps.map(({ request }) => request.split('curl').length - 1)).toEqual(Array(11).fill(1));

    const key = await createDemoClient(server.app.services.database);
    // One shell for all: later requests use what earlier ones left in variables.
    const script = steps.map(({ request }) => request).join(`\necho '${NEXT}'\n`).replaceAll(DEFAULT_ORIGIN, new URL(server.url).origin);
    const { stdout } = await promisify(execFile)('sh', ['-c', script], {
      env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, KEY: key! },
    });
    expect(stdout.split(NEXT).map(masked)).toEqual(steps.map(({ answer }) => masked(answer)));
  });

  it('prints secrets that keep the form of which it tells: the last 8 digits are the CRC-32 of all before them', async () => {
    const secrets = (await readFile('README.md', 'utf8')).match(/\btd(?:k_|a_[0-9a-f]{32})[0-9a-f]{72}\b/g) ?? [];
    expect(secrets.length).toBeGreaterThan(0);
    for (const secret of secrets) expect(crc32(secret.slice(0, -8))).toBe(Number.parseInt(secret.slice(-8), 16));
  });
});
