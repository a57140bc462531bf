import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { answerIn, answersIn, codeIn, exchange, goodRequest } from '../../setup/raw-socket.js';
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

const POST = 'POST /graphql HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n';
/** What is smuggled: whoever answers it has seen a request where there was none. */
const HIDDEN = 'GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n';

describe('a request that two servers could read differently is refused as a whole, and counted', () => {
  it.each<[string, string]>([
    ['a length and chunks', `${POST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`],
    ['chunks and a length', `${POST}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${HIDDEN}`],
    ['two lengths', `${POST}Content-Length: 2\r\nContent-Length: ${HIDDEN.length}\r\n\r\n{}${HIDDEN}`],
    ['two lengths in one header', `${POST}Content-Length: 2, ${HIDDEN.length}\r\n\r\n{}${HIDDEN}`],
    ['a length with a sign', `${POST}Content-Length: +2\r\n\r\n{}${HIDDEN}`],
    ['a length below zero', `${POST}Content-Length: -1\r\n\r\n{}${HIDDEN}`],
    ['a length that is hexadecimal', `${POST}Content-Length: 0x2\r\n\r\n{}${HIDDEN}`],
    ['a length beyond all numbers', `${POST}Content-Length: 99999999999999999999999\r\n\r\n{}${HIDDEN}`],
    ['an encoding that is none', `${POST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${HIDDEN}`],
    ['an encoding after the chunks', `${POST}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${HIDDEN}`],
    ['chunks twice', `${POST}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${HIDDEN}`],
    ['a blank before the colon', `${POST}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${HIDDEN}`],
    ['a header that goes on in the next line', `${POST}X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`],
    ['a zero byte in a header', `${POST}X: y\0z\r\nContent-Length: 2\r\n\r\n{}${HIDDEN}`],
    ['a line feed alone after a header', `${POST}X: y\nContent-Length: 2\r\n\r\n{}${HIDDEN}`],
    ['a carriage return alone in a header', `${POST}X: y\rContent-Length: 2\r\n\r\n{}${HIDDEN}`],
    ['a chunk whose size is no number', `${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n${HIDDEN}`],
    ['a chunk whose size has a sign', `${POST}Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n${HIDDEN}`],
    ['a chunk whose size overflows', `${POST}Transfer-Encoding: chunked\r\n\r\n10000000000000002\r\n{}\r\n0\r\n\r\n${HIDDEN}`],
    ['a chunk that is longer than it says', `${POST}Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n${HIDDEN}`],
    ['a chunk size that ends in a line feed alone', `${POST}Transfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n${HIDDEN}`],
    ['two Hosts', `GET /healthz HTTP/1.1\r\nHost: here\r\nHost: there\r\nConnection: close\r\n\r\n`],
    ['two Hosts that are the same', `GET /healthz HTTP/1.1\r\nHost: here\r\nhost: here\r\nConnection: close\r\n\r\n`],
    ['no Host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ])('%s', async (_what, bytes) => {
    const before = await rejections(server, 'malformed');
    const answer = answerIn(await exchange(server.url, bytes));
    expect([answer.status, codeIn(answer)]).toEqual([400, 'BAD_USER_INPUT']);
    expect(answer.head).toMatch(/^connection: close$/im);
    expect(answer.head).toMatch(/^x-content-type-options: nosniff$/im);
    expect(await rejections(server, 'malformed')).toBe(before + 1);
  });

  it('an empty Host names no host', async () => {
    const answer = answerIn(await exchange(server.url, 'GET /graphql HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'));
    expect(answer.status).toBe(400);
  });
});

describe('what is well written', () => {
  it('is answered over HTTP/1.0 without a Host', async () => {
    expect(answerIn(await exchange(server.url, 'GET /healthz HTTP/1.0\r\n\r\n')).status).toBe(200);
  });

  it('is answered in chunks, with extensions and trailers', async () => {
    const body = '{"query":"{__typename}"}';
    const chunks = `${body.length.toString(16)};name=value\r\n${body}\r\n0\r\nX-Checksum: y\r\n\r\n`;
    const answer = answerIn(await exchange(server.url, `${POST}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n${chunks}`));
    expect([answer.status, JSON.parse(answer.body).data]).toEqual([200, { __typename: 'Query' }]);
  });

  it('keeps its answers apart and in order on one connection', async () => {
    const said = await exchange(server.url, `${goodRequest('keep-alive')}GET /nowhere HTTP/1.1\r\nHost: here\r\n\r\n${goodRequest()}`);
    expect(answersIn(said).map(({ status }) => status)).toEqual([200, 404, 200]);
  });
});
