import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const ADVISORIES = '/-/npm/v1/security/advisories/bulk';
const advisory = {
  id: 1, url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc', title: 'Reads what it must not',
  severity: 'low', vulnerable_versions: '<99.0.0', cwe: [], cvss: { score: 0, vectorString: null },
};

let folder: string;
let registry: Server | null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'testodrom-audit-'));
});
afterEach(() => {
  registry?.close();
  registry = null;
  rmSync(folder, { recursive: true });
});

/** Starts a registry that knows these weaknesses, by package, and of packages no more than that there is a later version. */
async function registryWith(known: object): Promise<string> {
  return started((request, response) => {
    const name = decodeURIComponent(request.url!.slice(1));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === ADVISORIES ? known : { name, 'dist-tags': { latest: '99.0.0' }, versions: { '99.0.0': { name, version: '99.0.0' } } }));
  });
}

async function started(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  registry = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Audits by a registry, with the reasons given; what it says and whether it passes. */
async function audit(url: string, reasons: object = {}): Promise<{ passes: boolean; said: string }> {
  const file = join(folder, 'reasons.json');
  writeFileSync(file, JSON.stringify(reasons));
  const env = { ...process.env, npm_config_registry: url, npm_config_cache: join(folder, 'cache') };
  return new Promise((resolve) => {
    execFile(process.execPath, ['test/supply-chain/audit.ts', file], { env }, (error, stdout, stderr) =>
      resolve({ passes: error === null, said: stdout + stderr }));
  });
}

describe('the audit', () => {
  it('passes while nothing is known against a package', async () => {
    expect(await audit(await registryWith({}))).toEqual({ passes: true, said: 'audited: 0 known weaknesses, each with a reason\n' });
  });

  it('fails with a weakness that nobody gave a reason for, however slight', async () => {
    expect(await audit(await registryWith({ fastify: [advisory] }), { 'GHSA-other': 'It is of another.' }))
      .toEqual({ passes: false, said: 'GHSA-aaaa-bbbb-cccc: fastify <99.0.0, low: Reads what it must not\n' });
  });

  it('fails with a weakness of a package for development', async () => {
    expect(await audit(await registryWith({ jest: [advisory] }))).toMatchObject({ passes: false, said: expect.stringContaining('jest <99.0.0') });
  });

  it('passes with a weakness that has a reason', async () => {
    expect(await audit(await registryWith({ fastify: [advisory] }), { 'GHSA-aaaa-bbbb-cccc': 'Nothing of that is used.' }))
      .toEqual({ passes: true, said: 'audited: 1 known weaknesses, each with a reason\n' });
  });

  it('warns and passes when the registry tells nothing about weaknesses', async () => {
    const url = await started((_request, response) => response.writeHead(405).end());
    expect(await audit(url)).toEqual({ passes: true, said: expect.stringMatching(/^not audited: 405 /) });
  });

  it('warns and passes when no registry answers', async () => {
    const url = await started(() => undefined);
    registry!.close();
    expect(await audit(url)).toEqual({ passes: true, said: expect.stringMatching(/^not audited: .*ECONNREFUSED/) });
  });
});
