import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals';
import { answerIn, answersIn, exchange, goodRequest, rawSocket } from '../../setup/raw-socket.js';
import { rejections } from '../../setup/rejections.js';
import { startTestServer, type TestServer } from '../../setup/test-server.js';

const BODY_LIMIT = 100_000;
let server: TestServer;
let slowBefore: number;
beforeAll(async () => {
  server = await startTestServer({ REQUEST_DEADLINE: '1', BODY_LIMIT: String(BODY_LIMIT) });
});
beforeEach(async () => {
  slowBefore = await rejections(server, 'slow');
});
afterEach(async () => {
  // Whatever was done to it, everybody else is served.
  expect(answerIn(await exchange(server.url, goodRequest())).status).toBe(200);
});
afterAll(() => server.close());

const POST = 'POST /graphql HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n';

/** Sends more and more until the server hangs up, and gives what it said. */
async function trickle(first: string, more: string): Promise<string> {
  const { send, closed } = await rawSocket(server.url);
  send(first);
  const timer = setInterval(() => send(more), 50);
  return closed.finally(() => clearInterval(timer));
}

async function expectTooSlow(said: string): Promise<void> {
  const { status, head, body } = answerIn(said);
  expect(status).toBe(408);
  expect(head).toMatch(/^connection: close$/im);
  expect(head).toMatch(/^x-content-type-options: nosniff$/im);
  expect(JSON.parse(body).errors[0]).toMatchObject({ message: 'The request did not arrive in time.', extensions: { code: 'BAD_USER_INPUT' } });
  expect(await rejections(server, 'slow')).toBe(slowBefore + 1);
}

describe('a request that does not arrive within the deadline is answered 408 and hung up on', () => {
  it('when its headers come one by one', async () => {
    await expectTooSlow(await trickle('GET /graphql HTTP/1.1\r\nHost: here\r\n', 'X-More: y\r\n'));
  });

  it('when its headers stop in the middle', async () => {
    await expectTooSlow(await exchange(server.url, 'GET /graphql HTTP/1.1\r\nHo'));
  });

  it('when its body comes byte by byte', async () => {
    await expectTooSlow(await trickle(`${POST}Content-Length: 90000\r\n\r\n{`, ' '));
  });

  it('when its body stops in the middle', async () => {
    await expectTooSlow(await exchange(server.url, `${POST}Content-Length: 100\r\n\r\n{"query"`));
  });

  it('when its chunks never end', async () => {
    await expectTooSlow(await trickle(`${POST}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'));
  });

  it('when its body comes slowly to an address of REST, in the shape of REST', async () => {
    const said = await exchange(
      server.url, 'POST /tests/api/v1/save/free/ HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    expect(JSON.parse(answerIn(said).body)).toEqual({ error: { code: 408, message: 'The request did not arrive in time.' } });
  });

  it('or at once where nothing is, and hung up on all the same', async () => {
    const said = await exchange(server.url, 'POST /nowhere HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{');
    expect(answersIn(said)[0]!.status).toBe(404);
  });

  it('when it is the second on its connection', async () => {
    const { send, received, closed } = await rawSocket(server.url);
    send(goodRequest('keep-alive'));
    while (!received().includes('__typename')) await new Promise((resolve) => setTimeout(resolve, 10));
    send('GET /gr');
    expect(answersIn(await closed).map(({ status }) => status)).toEqual([200, 408]);
  });
});

describe('a body without an end', () => {
  it('is refused once it is longer than the limit', async () => {
    const { socket, send, closed } = await rawSocket(server.url);
    send(`${POST}Transfer-Encoding: chunked\r\n\r\n`);
    const chunk = `2710\r\n${' '.repeat(10_000)}\r\n`;
    const flood = setInterval(() => socket.writable && send(chunk), 2);
    const said = await closed.finally(() => clearInterval(flood));
    expect(said).toMatch(/^HTTP\/1\.1 413 /);
  });
});

describe('connections on which nothing is said', () => {
  it('are closed without an answer, however many they are, and hold up nobody meanwhile', async () => {
    const silent = await Promise.all(Array.from({ length: 300 }, () => rawSocket(server.url)));
    expect((await server.graphql('{ __typename }')).status).toBe(200);
    expect(new Set(await Promise.all(silent.map(({ closed }) => closed)))).toEqual(new Set(['']));
    expect(await rejections(server, 'slow')).toBe(slowBefore);
  });

  it('hold up nobody while many send their headers slowly', async () => {
    const slow = await Promise.all(Array.from({ length: 300 }, () => rawSocket(server.url)));
    for (const { send } of slow) send('GET / HTTP/1.1\r\nHost: here\r\n');
    expect((await server.graphql('{ __typename }')).status).toBe(200);
    const said = await Promise.all(slow.map(({ closed }) => closed));
    expect(new Set(said.map((text) => answerIn(text).status))).toEqual(new Set([408]));
  });
});
