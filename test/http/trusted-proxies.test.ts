import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type RawAnswer, sendRaw } from '../setup/raw-request.js';
import { startTestServer, type TestServer } from '../setup/test-server.js';

const LIMIT = { RATE_LIMIT_ADDRESS: '10000' };

/** The server believes the proxies at 127.0.0.1 and in 10.0.0.0/8. */
let behind: TestServer;
/** The server is reached without proxies. */
let open: TestServer;
beforeAll(async () => {
  behind = await startTestServer({ ...LIMIT, TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8' });
  open = await startTestServer({ ...LIMIT, TRUSTED_PROXIES: '192.0.2.1' });
  // A document costs more the first time.
  await ask(behind, { 'x-forwarded-for': '203.0.113.1' });
});
afterAll(async () => {
  await behind.close();
  await open.close();
});

function ask({ url }: TestServer, headers: Record<string, string>, query = '{ test(slug: "free") { length } }'): Promise<RawAnswer> {
  return sendRaw(url, {
    method: 'POST', path: '/graphql', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ query }),
  });
}

/** What the budget has left of 10000 when 50 were spent by nobody but this request, or less. */
async function leftAfter(server: TestServer, forwardedFor: string): Promise<number> {
  const { headers } = await ask(server, { 'x-forwarded-for': forwardedFor });
  return Number(/;r=(\d+);/.exec(String(headers['ratelimit']))?.[1]);
}

const FRESH = 9_950;

describe('X-Forwarded-For', () => {
  it('of a trusted proxy tells who pays', async () => {
    expect([await leftAfter(behind, '198.51.100.1'), await leftAfter(behind, '198.51.100.1')]).toEqual([FRESH, FRESH - 50]);
    expect(await leftAfter(behind, '198.51.100.2')).toBe(FRESH);
  });

  it('tells the last address before the trusted proxies, whatever the caller wrote before it', async () => {
    expect(await leftAfter(behind, '198.51.100.3')).toBe(FRESH);
    expect(await leftAfter(behind, '203.0.113.9, 198.51.100.3')).toBe(FRESH - 50);
    expect(await leftAfter(behind, '203.0.113.9, 198.51.100.3, 10.1.2.3')).toBe(FRESH - 100);
    expect(await leftAfter(behind, '203.0.113.9')).toBe(FRESH);
  });

  it('that nobody is trusted for is warned of once, because all callers behind a proxy are one address then', async () => {
    const alone = await startTestServer(LIMIT);
    const warned = jest.spyOn(alone.app.services.log, 'warn');
    for (const address of ['198.51.100.1', '198.51.100.2']) await leftAfter(alone, address);
    await alone.close();
    expect(warned.mock.calls.flat().filter((said) => String(said).includes('TRUSTED_PROXIES'))).toHaveLength(1);
  });

  it('of a stranger changes nothing', async () => {
    const first = await leftAfter(open, '198.51.100.1');
    expect([await leftAfter(open, '198.51.100.2'), await leftAfter(open, '192.0.2.1')]).toEqual([first - 50, first - 100]);
  });

  it('that is no address counts as one', async () => {
    expect([await leftAfter(behind, 'nonsense'), await leftAfter(behind, 'x'.repeat(500))]).toEqual([FRESH, FRESH - 50]);
  });
});

describe('links', () => {
  async function linkOf(server: TestServer, headers: Record<string, string>): Promise<string> {
    const key = await server.save('free');
    const { text } = await ask(server, headers, `{ result(key: "${key}") { report { url(format: JSON) } } }`);
    return new URL((JSON.parse(text) as { data: { result: { report: { url: string } } } }).data.result.report.url).origin;
  }

  it('lead where a trusted proxy was asked', async () => {
    expect(await linkOf(behind, { 'x-forwarded-proto': 'https', host: 'api.example.org' })).toBe('https://api.example.org');
    expect(await linkOf(behind, { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'tests.example.org' })).toBe('https://tests.example.org');
  });

  it('do not lead where a stranger says', async () => {
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example', host: 'api.example.org' };
    expect(await linkOf(open, forwarded)).toBe('http://api.example.org');
  });

  it.each<[string, Record<string, string>]>([
    ['protocol', { 'x-forwarded-proto': 'gopher' }], ['host', { 'x-forwarded-host': 'a b' }],
  ])('are not made of a %s that is none', async (_what, headers) => {
    expect((await ask(behind, headers)).status).toBe(400);
  });
});
