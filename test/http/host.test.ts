import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** Asks for the report's address under a Host header of one's own, which `fetch` does not allow. */
async function askedAs(host: string, key: string): Promise<{ status: number; body: string }> {
  const query = `{ result(key: "${key}") { report { url(format: JSON) } } }`;
  return new Promise((resolve, reject) => {
    const asking = request(server.url, { method: 'POST', headers: { host, 'content-type': 'application/json' } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode!, body: Buffer.concat(parts).toString() }));
    });
    asking.on('error', reject);
    asking.end(JSON.stringify({ query }));
  });
}

describe('the Host header', () => {
  it('is where links lead when the server has no public address', async () => {
    const key = await server.save();
    const { status, body } = await askedAs('tests.example.org:8080', key);
    expect([status, JSON.parse(body).data.result.report.url]).toEqual([200, `http://tests.example.org:8080/results/${key}.json`]);
  });

  it.each(['a b', '"><script>', 'a:b:c', '[::1', 'here/there', 'here?a', 'here#a', 'me@here', 'here\\there', 'a"b', 'a,b'])('is refused when it names no host: %s', async (host) => {
    const { status, body } = await askedAs(host, await server.save());
    expect([status, JSON.parse(body).errors[0].extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
  });
});
