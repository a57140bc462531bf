import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Json, startTestServer, type TestServer } from '../../setup/test-server.js';

/** As far from UTC as it gets, so that every other zone has another hour. */
const TIME_ZONE = 'Pacific/Kiritimati';
const PUBLIC_URL = 'https://school.example/tests-api';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ SELLER_TIME_ZONE: TIME_ZONE, PUBLIC_URL: `${PUBLIC_URL}/` });
});
afterAll(() => server.close());

const get = (path: string): Promise<Response> => fetch(new URL(path, server.url));

describe('a server that partners reach below a path', () => {
  it('sends clients of older versions there', async () => {
    const { headers } = await get('/tests/api/v1/info/free/');
    expect(headers.get('link'))
      .toBe(`<${PUBLIC_URL}/docs/rest>; rel="deprecation"; type="text/html", <${PUBLIC_URL}/graphql>; rel="successor-version"`);
  });

  it('sends who asks for nothing to GraphQL there', async () => {
    const { headers } = await fetch(new URL('/', server.url), { redirect: 'manual' });
    expect(headers.get('location')).toBe('/tests-api/graphql');
  });

  it('has the files of its page there, and tries calls out there', async () => {
    const page = await (await get('/docs/rest')).text();
    const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file!);
    expect(files.length).toBeGreaterThan(3);
    expect(files.filter((file) => !file.startsWith('/tests-api/docs/rest/static/'))).toEqual([]);
    for (const path of ['/docs/rest?utm=1', '/docs/rest/?', '/docs/rest/static/', '/docs/rest/static/index.html']) {
      const { status, headers } = await fetch(new URL(path, server.url), { redirect: 'manual' });
      expect([path, status, headers.get('location')]).toEqual([path, 302, '/tests-api/docs/rest']);
    }
    const { servers } = await (await get('/docs/rest/json')).json();
    expect(servers.map(({ url }: Json) => url)).toEqual(['/tests-api', '/tests-api/en']);
  });
});

describe('the name of a report', () => {
  it('tells the minute in the time zone of the platform, with 24 hours', async () => {
    const key = await server.save('free');
    const earliest = Date.now();
    const { headers } = await get(`/partner/api/v3/result/get?result_key=${key}&format=json`);
    const [, day, month, year, hour, minute] = /report_(\d\d)\.(\d\d)\.(\d{4})_(\d\d)\.(\d\d)\.json/.exec(headers.get('content-disposition')!)!;
    // 14 hours before UTC all the year round.
    const told = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00+14:00`);
    expect(told).toBeGreaterThan(earliest - 60_000);
    expect(told).toBeLessThanOrEqual(Date.now());
  });
});
