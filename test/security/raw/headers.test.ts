import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { answerIn, codeIn, exchange, goodRequest } from '../../setup/raw-socket.js';
import { rejections } from '../../setup/rejections.js';
import { startTestServer, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ REQUEST_DEADLINE: '1' });
});
afterEach(async () => {
  expect(answerIn(await exchange(server.url, goodRequest())).status).toBe(200);
});
afterAll(() => server.close());

const many = (count: number): string => Array.from({ length: count }, (_, index) => `X${index}: y\r\n`).join('');

const GET = 'GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: here\r\nApollo-Require-Preflight: y\r\nConnection: close\r\n';

describe('a flood of headers', () => {
  it.each<[string, string, RegExp]>([
    ['of very many', `${GET}${many(500)}\r\n`, /more than 100 headers/],
    ['of one too many', `${GET}${many(98)}\r\n`, /more than 100 headers/],
    ['of one again and again', `${GET}${'A: b\r\n'.repeat(500)}\r\n`, /more than 100 headers/],
    ['of one that is very long', `${GET}X: ${'y'.repeat(20_000)}\r\n\r\n`, /longer than 16 KiB/],
    ['of one whose name is very long', `${GET}${'x'.repeat(20_000)}: y\r\n\r\n`, /longer than 16 KiB/],
    ['of many that are long together', `${GET}${`X: ${'y'.repeat(1_000)}\r\n`.repeat(20)}\r\n`, /longer than 16 KiB/],
    ['without an end', `${GET}${'x'.repeat(1_000_000)}`, /longer than 16 KiB/],
    ['in the address', `GET /graphql?query=${'x'.repeat(100_000)} HTTP/1.1\r\nHost: here\r\n\r\n`, /longer than 16 KiB/],
    ['after the body', 'POST /graphql HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n' +
      `0\r\n${`X: ${'y'.repeat(1_000)}\r\n`.repeat(20)}\r\n`, /longer than 16 KiB/],
  ])('is refused with 431 and counted: %s', async (_what, bytes, message) => {
    const before = await rejections(server, 'headers');
    const answer = answerIn(await exchange(server.url, bytes));
    expect(answer.status).toBe(431);
    expect(answer.head).toMatch(/^x-content-type-options: nosniff$/im);
    expect(codeIn(answer)).toBe('BAD_USER_INPUT');
    expect(JSON.parse(answer.body).errors[0].message).toMatch(message);
    expect(await rejections(server, 'headers')).toBe(before + 1);
  });

  it('may not name an empty host', async () => {
    const answer = answerIn(await exchange(server.url, `GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n`));
    expect([answer.status, JSON.parse(answer.body).errors[0].message]).toEqual([400, 'The Host header names no host.']);
  });

  it('is none up to the limit', async () => {
    expect(answerIn(await exchange(server.url, `${GET}${many(97)}\r\n`)).status).toBe(200);
  });
});
