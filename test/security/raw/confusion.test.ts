import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { answerIn, answersIn, codeIn, exchange, goodRequest, rawSocket } from '../../setup/raw-socket.js';
import { rejections } from '../../setup/rejections.js';
import { startTestServer, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ REQUEST_DEADLINE: '1', OVERLOAD_REQUESTS: '50' });
});
afterEach(async () => {
  expect(answerIn(await exchange(server.url, goodRequest())).status).toBe(200);
});
afterAll(() => server.close());

const END = 'Host: here\r\nConnection: close\r\n\r\n';

describe('what is not HTTP, or not of this server', () => {
  it.each<[string, string]>([
    ['nothing but noise', '\x00\x01\x02\x03\x04\r\n\r\n'],
    ['a greeting of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.7\r\n'],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a method that nobody knows', `TAKE / HTTP/1.1\r\n${END}`],
    ['a method in small letters', `get / HTTP/1.1\r\n${END}`],
    ['an address with letters as they are', `GET /\xc3\xa4 HTTP/1.1\r\n${END}`],
    ['an answer', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'],
  ])('is refused with 400 and counted: %s', async (_what, bytes) => {
    const before = await rejections(server, 'malformed');
    const answer = answerIn(await exchange(server.url, bytes));
    expect([answer.status, codeIn(answer)]).toEqual([400, 'BAD_USER_INPUT']);
    expect(await rejections(server, 'malformed')).toBe(before + 1);
  });

  it.each(['TRACE', 'PROPFIND', 'LOCK', 'PURGE', 'SEARCH'])('is not taken by the method %s', async (method) => {
    const answer = answerIn(await exchange(server.url, `${method} /graphql HTTP/1.1\r\n${END}`));
    expect([answer.status, codeIn(answer)]).toEqual([405, 'BAD_USER_INPUT']);
    expect(answer.head).toMatch(/^x-content-type-options: nosniff$/im);
  });

  it.each(['0.9', '2.0'])('is not told in version %s of HTTP', async (version) => {
    const answer = answerIn(await exchange(server.url, `GET /healthz HTTP/${version}\r\n${END}`));
    expect([answer.status, codeIn(answer)]).toEqual([400, 'BAD_USER_INPUT']);
  });

  it('is no tunnel: CONNECT is hung up on', async () => {
    expect(await exchange(server.url, 'CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n')).toBe('');
  });

  it.each(['websocket', 'h2c'])('is no other protocol: whoever asks for an upgrade to %s is answered by HTTP', async (protocol) => {
    const said = await exchange(server.url, `GET /healthz HTTP/1.1\r\nHost: here\r\nConnection: Upgrade, close\r\nUpgrade: ${protocol}\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n');
    expect(answerIn(said)).toMatchObject({ status: 200, body: '{"status":"ok"}' });
  });

  it('is no proxy: a whole address means this server', async () => {
    const answer = answerIn(await exchange(server.url, `GET http://elsewhere.example/healthz HTTP/1.1\r\n${END}`));
    expect(answer).toMatchObject({ status: 200, body: '{"status":"ok"}' });
  });

  it('does not do whatever is expected of it', async () => {
    const before = await rejections(server, 'malformed');
    const answer = answerIn(await exchange(server.url, `POST /graphql HTTP/1.1\r\nExpect: foo\r\n${END}`));
    expect([answer.status, codeIn(answer)]).toEqual([417, 'BAD_USER_INPUT']);
    expect(answer.head).toMatch(/^x-content-type-options: nosniff$/im);
    expect(await rejections(server, 'malformed')).toBe(before + 1);
  });

  it('tells whoever waits for it to go on', async () => {
    const [head, body] = goodRequest().split('\r\n\r\n');
    const { send, received, closed } = await rawSocket(server.url);
    send(`${head}\r\nExpect: 100-continue\r\n\r\n`);
    while (!received().includes('HTTP/1.1 100 ')) await new Promise((resolve) => setTimeout(resolve, 10));
    send(body!);
    expect(await closed).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
  });
});

describe('many requests at once on one connection', () => {
  it('are answered in order, or told that they are too many', async () => {
    const said = await exchange(server.url, `${goodRequest('keep-alive').repeat(2_000)}${goodRequest()}`);
    const answers = answersIn(said);
    expect(answers).toHaveLength(2_001);
    for (const { status } of answers) expect([200, 503]).toContain(status);
    expect(answers[0]!.status).toBe(200);
  });

  it('are not answered once one of them cannot be read', async () => {
    const said = await exchange(server.url, `GET /healthz HTTP/1.1\r\nHost: here\r\n\r\nTAKE / HTTP/1.1\r\n\r\n${goodRequest().repeat(100)}`);
    expect(answersIn(said).length).toBeLessThanOrEqual(2);
  });
});
