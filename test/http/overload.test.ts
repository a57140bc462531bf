import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventLoopDelay } from '../../src/http/lifecycle/event-loop-delay.js';
import { answersIn, goodRequest, type RawSocket, type RawSocketAnswer, rawSocket } from '../setup/raw-socket.js';
import { rejections } from '../setup/rejections.js';
import { restCaller } from '../setup/rest-calls.js';
import { type GraphQLAnswer, startTestServer, type TestServer } from '../setup/test-server.js';
import { until } from '../setup/until.js';
import { whileHeld } from '../setup/while-held.js';

const METRICS_KEY = 'metrics-key-of-this-test';
const TOLD = 'The server has too much to do. Try again in some seconds.';

function expectTurnedAway({ status, headers, errors }: GraphQLAnswer): void {
  expect([status, headers.get('retry-after'), headers.get('x-content-type-options')]).toEqual([503, '5', 'nosniff']);
  expect(errors).toEqual([{ message: TOLD, extensions: { code: 'UNAVAILABLE', requestId: headers.get('x-request-id'), retryAfterSeconds: 5 } }]);
}

describe('as many requests as OVERLOAD_REQUESTS admits under way', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ OVERLOAD_REQUESTS: '3', METRICS_KEY });
  });
  afterAll(() => server.close());

  /** Asked of an address that is always open: a request to any other would itself be one of those under way. */
  async function isFull(): Promise<boolean> {
    return (await fetch(new URL('/readyz', server.url))).status === 503;
  }

  it('let none in beside them but those that watch the server, and all again after them', async () => {
    const client = await server.client();
    const before = await rejections(server, 'overload');
    const registered = await whileHeld(server, 'client', client, async () => {
      const underWay = ['one', 'two', 'three'].map((id) => client.register(id));
      await until('all under way', isFull);
      expectTurnedAway(await server.graphql('{ __typename }'));
      const rest = await restCaller(server)('GET /tests/api/v1/info/free/');
      expect([rest.status, rest.headers.get('retry-after'), rest.json]).toEqual([503, '5', { error: { code: 503, message: TOLD } }]);
      expect((await fetch(new URL('/nowhere', server.url))).status).toBe(503);

      expect((await fetch(new URL('/healthz', server.url))).status).toBe(200);
      const ready = await fetch(new URL('/readyz', server.url));
      expect([ready.status, await ready.json()]).toEqual([503, { status: 'unavailable', reasons: ['overloaded'] }]);
      const metrics = await fetch(new URL('/metrics', server.url), { headers: { authorization: `Bearer ${METRICS_KEY}` } });
      expect(metrics.status).toBe(200);
      return underWay;
    });
    expect(registered.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    expect(await rejections(server, 'overload')).toBeGreaterThanOrEqual(before + 3);
    expect((await server.graphql('{ __typename }')).status).toBe(200);
    expect((await fetch(new URL('/readyz', server.url))).status).toBe(200);
  });

  it('are no longer under way when their clients hang up', async () => {
    const client = await server.client();
    await whileHeld(server, 'client', client, async () => {
      const hangUp = new AbortController();
      const gone = ['one', 'two', 'three'].map((userId) => fetch(server.url, {
        method: 'POST',
        signal: hangUp.signal,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${client.key}` },
        body: JSON.stringify({ query: `mutation { registerUser(input: { userId: "${userId}" }) { __typename } }` }),
      }).catch(() => undefined));
      await until('all under way', isFull);
      hangUp.abort();
      await Promise.all(gone);
      await until('let in again', async () => !await isFull());
      expect((await server.graphql('{ __typename }')).status).toBe(200);
      return [];
    });
  });
});

describe('requests whose bodies are on their way', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ OVERLOAD_REQUESTS: '3', OVERLOAD_BODIES: '1048576' });
  });
  afterAll(() => server.close());

  /** Sends the head of a request, which is let in, and the first byte of its body. */
  async function begun(bytes: number): Promise<RawSocket> {
    const socket = await rawSocket(server.url);
    socket.send('POST /graphql HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n' +
      `Content-Length: ${bytes}\r\n\r\n{`);
    await until('let in', () => socket.received() !== '');
    return socket;
  }

  it('keep nobody out, however many they are: the oldest of whoever has most make way', async () => {
    const before = await rejections(server, 'slow');
    const bodies: RawSocket[] = [];
    for (let sent = 0; sent < 5; sent += 1) bodies.push(await begun(100));
    expect(await rejections(server, 'slow')).toBe(before + 2);
    expect((await server.graphql('{ __typename }')).status).toBe(200);
    const [oldest, second, third, , last] = bodies as [RawSocket, RawSocket, RawSocket, RawSocket, RawSocket];
    for (const { closed } of [oldest, second]) {
      const [, { head, body }] = answersIn(await closed) as [RawSocketAnswer, RawSocketAnswer];
      expect(head).toMatch(/^HTTP\/1\.1 408 .*^connection: close$/ims);
      expect(JSON.parse(body).errors[0].message).toBe('The request did not arrive in time.');
    }
    last.send('"query":"{ __typename }"}'.padEnd(99));
    await until('answered', () => last.received().includes('"Query"'));
    // The question above took the place of the third.
    expect(answersIn(await third.closed)).toHaveLength(2);
    for (const { socket } of bodies) socket.destroy();
  });

  it('are not more bytes together than OVERLOAD_BODIES', async () => {
    const before = await rejections(server, 'slow');
    const bodies = [await begun(500_000), await begun(500_000)];
    expect(await rejections(server, 'slow')).toBe(before);
    // Of one address the longest makes way.
    bodies.push(await begun(10_000), await begun(400_000));
    expect(await rejections(server, 'slow')).toBe(before + 1);
    expect(await bodies[0]!.closed).toMatch(/^HTTP\/1\.1 408 /m);
    expect(bodies[2]!.socket.destroyed).toBe(false);
    for (const { socket } of bodies) socket.destroy();
  });
});

describe('callers who hang up before they are answered', () => {
  it('leave nothing in memory', async () => {
    const server = await startTestServer({});
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const answers: WeakRef<object>[] = [];
    const note = (message: unknown): void => void answers.push(new WeakRef((message as { response: object }).response));
    try {
      const client = await server.client();
      subscribe('http.server.request.start', note);
      await whileHeld(server, 'client', client, async () => {
        const hangUp = new AbortController();
        const gone = Array.from({ length: 20 }, (_, index) => fetch(server.url, {
          method: 'POST',
          signal: hangUp.signal,
          headers: { 'content-type': 'application/json', authorization: `Bearer ${client.key}` },
          body: JSON.stringify({ query: `mutation { registerUser(input: { userId: "${index}" }) { __typename } }` }),
        }).catch(() => undefined));
        await until('all under way', () => answers.length === gone.length);
        hangUp.abort();
        await Promise.all(gone);
        return [];
      });
      await until('forgotten', () => {
        collect();
        return answers.every((answer) => answer.deref() === undefined);
      });
    } finally {
      unsubscribe('http.server.request.start', note);
      await server.close();
    }
  });
});

describe('answers that nobody reads', () => {
  it('are no work: others are served, and of too many those of whoever has most are given up', async () => {
    const server = await startTestServer({ OVERLOAD_REQUESTS: '3' });
    // Megabytes, so that they do not fit into the buffers of a connection.
    const questions = 'questions { id name options { value text } }';
    const query = `{ ${Array.from({ length: 18 }, (_, index) => `a${index}: test(slug: "ipip-neo-120") { ${questions} }`).join(' ')} }`;
    const body = JSON.stringify({ query });
    const greedy = await rawSocket(server.url);
    greedy.socket.pause();
    const before = await rejections(server, 'slow');
    try {
      greedy.send(`POST /graphql HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`.repeat(12));
      await until('given up', async () => await rejections(server, 'slow') > before);
      expect((await server.graphql('{ __typename }')).status).toBe(200);
    } finally {
      greedy.socket.destroy();
      await server.close();
    }
  });
});

describe('requests that are sent ahead of answers', () => {
  it('are served up to twenty at once; a connection with more is hung up on, and no more of it is looked at', async () => {
    const server = await startTestServer();
    try {
      const few = await rawSocket(server.url);
      few.send(goodRequest('keep-alive').repeat(20));
      await until('all are answered', () => answersIn(few.received()).length === 20);
      few.socket.destroy();
      for (const header of ['', 'Expect: the impossible\r\n']) {
        const before = await rejections(server, 'pipelined');
        const many = await rawSocket(server.url);
        many.send(`GET /nowhere HTTP/1.1\r\nHost: here\r\n${header}\r\n`.repeat(1_000));
        expect((await many.closed).split('HTTP/1.1 4').length - 1).toBeLessThanOrEqual(20);
        expect(await rejections(server, 'pipelined')).toBe(before + 1);
      }
    } finally {
      await server.close();
    }
  });

  it.each([
    ['who sent them has hung up', 20],
    ['they were too many', 30],
  ])('are over when %s: others are let in', async (_, count) => {
    const server = await startTestServer({ OVERLOAD_REQUESTS: '60', RATE_LIMIT_ADDRESS: '0' });
    const { metrics } = server.app.services;
    try {
      for (let round = 0; round < 10; round += 1) {
        const { send, socket } = await rawSocket(server.url);
        send('GET /nowhere HTTP/1.1\r\nHost: here\r\n\r\n'.repeat(count));
        await until('some were begun', async () => /^testodrom_http_requests_total.* [1-9]/m.test(await metrics.text()));
        socket.resetAndDestroy();
      }
      await until('none is under way', async () => /^testodrom_http_requests_under_way 0$/m.test(await metrics.text()));
      expect((await server.graphql('{ __typename }')).status).toBe(200);
    } finally {
      await server.close();
    }
  });
});

describe('an event loop that is later than OVERLOAD_EVENT_LOOP_DELAY', () => {
  it('is seen before its next turn, so that the last of a rush are not kept waiting', () => {
    const delay = new EventLoopDelay();
    expect(delay.ms).toBeLessThan(90);
    for (const end = performance.now() + 200; performance.now() < end;);
    expect(delay.ms).toBeGreaterThan(150);
    delay.stop();
  });

  it('lets no request in until it keeps up again', async () => {
    const server = await startTestServer({ OVERLOAD_EVENT_LOOP_DELAY: '50' });
    let busy = true;
    const block = (): void => {
      for (const end = performance.now() + 200; performance.now() < end;);
      if (busy) setImmediate(block);
    };
    try {
      block();
      let answer = await server.graphql('{ __typename }');
      await until('turned away', async () => (answer = await server.graphql('{ __typename }')).status === 503);
      expectTurnedAway(answer);
      expect((await fetch(new URL('/healthz', server.url))).status).toBe(200);
      busy = false;
      await until('let in again', async () => (await server.graphql('{ __typename }')).status === 200);
    } finally {
      busy = false;
      await server.close();
    }
  });
});
