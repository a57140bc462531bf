import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanUp, startServer } from '../setup/processes.js';
import { startTestServer, type TestServer } from '../setup/test-server.js';

const KEY = 'metrics-key-of-this-test';
const HEADER = [
  '# HELP testodrom_rest_requests_total Answered requests of the REST API.',
  '# TYPE testodrom_rest_requests_total counter',
];

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ METRICS_KEY: KEY });
});
afterAll(async () => {
  await server.close();
  await cleanUp();
});

function read(authorization: string | null, { url }: { readonly url: string } = server): Promise<Response> {
  return fetch(new URL('/metrics', url), { headers: authorization === null ? {} : { authorization } });
}

async function linesOf(of: { readonly url: string }): Promise<string[]> {
  const lines = (await (await read(`Bearer ${KEY}`, of)).text()).split('\n');
  return lines.filter((line) => line.includes('testodrom_rest_requests'));
}

describe('the metrics', () => {
  it('count each use of the REST API by version, endpoint, client and status, for every server by itself', async () => {
    const other = await server.another();
    const use = { version: 'v2', endpoint: 'result/get', client: 'school-5', status: 200 } as const;
    for (const app of [server.app, server.app, server.app, other]) app.services.metrics.countRest(use);
    server.app.services.metrics.countRest({ ...use, status: 404 });
    server.app.services.metrics.countRest({ ...use, version: 'v3' });
    server.app.services.metrics.countRest({ ...use, client: 'school-6' });
    server.app.services.metrics.countRest({ version: 'v1', endpoint: 'info', client: null, status: 200 });

    expect(await linesOf(server)).toEqual([
      ...HEADER,
      'testodrom_rest_requests_total{version="v2",endpoint="result/get",client="school-5",status="200"} 3',
      'testodrom_rest_requests_total{version="v2",endpoint="result/get",client="school-5",status="404"} 1',
      'testodrom_rest_requests_total{version="v3",endpoint="result/get",client="school-5",status="200"} 1',
      'testodrom_rest_requests_total{version="v2",endpoint="result/get",client="school-6",status="200"} 1',
      'testodrom_rest_requests_total{version="v1",endpoint="info",client="",status="200"} 1',
    ]);
    expect(await linesOf(other)).toEqual([
      ...HEADER,
      'testodrom_rest_requests_total{version="v2",endpoint="result/get",client="school-5",status="200"} 1',
    ]);
  });

  it('are text in the format of Prometheus, which no cache keeps', async () => {
    const { status, headers } = await read(`bearer  ${KEY}`);
    expect([status, headers.get('content-type'), headers.get('cache-control')])
      .toEqual([200, 'text/plain; version=0.0.4; charset=utf-8', 'no-store']);
  });

  it.each([
    ['no key', null],
    ['an empty header', ''],
    ['another key', 'Bearer metrics-key-of-another'],
    ['the beginning of the key', `Bearer ${KEY.slice(0, -1)}`],
    ['the key and more', `Bearer ${KEY}x`],
    ['the key in capitals', `Bearer ${KEY.toUpperCase()}`],
    ['the key without a scheme', KEY],
    ['the key in another scheme', `Basic ${KEY}`],
  ])('are not shown to who sends %s', async (_what, authorization) => {
    const response = await read(authorization);
    const { headers } = response;
    expect([response.status, headers.get('www-authenticate'), headers.get('cache-control')]).toEqual([401, 'Bearer', 'no-store']);
    expect(await response.json()).toEqual({ errors: [{
      message: 'This needs the key of the metrics: send it in the header "Authorization: Bearer <METRICS_KEY>".',
      extensions: { code: 'UNAUTHENTICATED', requestId: headers.get('x-request-id') },
    }] });
  });

  it('are not shown to a client', async () => {
    const { key } = await server.client();
    expect((await read(`Bearer ${key}`)).status).toBe(401);
  });
});

describe('without METRICS_KEY', () => {
  it('the address of the metrics does not exist, whatever is sent', async () => {
    const closed = await startTestServer();
    try {
      for (const authorization of [null, `Bearer ${KEY}`, 'Bearer null']) {
        const response = await read(authorization, closed);
        const unknown = await fetch(new URL('/unknown', closed.url));
        const { errors: [problem] } = await response.json();
        const { errors: [expected] } = await unknown.json();
        expect([response.status, response.headers.get('www-authenticate')]).toEqual([404, null]);
        expect([problem.message, problem.extensions.code]).toEqual([expected.message, expected.extensions.code]);
      }
    } finally {
      await closed.close();
    }
  });
});

describe('the key of the metrics', () => {
  it('is in no log, not even in the most talkative one', async () => {
    const talkative = await startServer({ DATABASE_URL: server.databaseUrl, METRICS_KEY: KEY, LOG_LEVEL: 'debug' });
    expect((await read(`Bearer ${KEY}`, talkative)).status).toBe(200);
    expect((await read(`Basic ${KEY}`, talkative)).status).toBe(401);
    const { stdout, stderr } = await talkative.stop();
    expect(stdout).toContain('"level":');
    expect(stdout + stderr).not.toContain(KEY);
  });
});
