import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Json, startTestServer, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** Sends bytes as they are, and gives what comes back until the server hangs up. */
async function sent(bytes: string): Promise<{ head: string; body: Json }> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes, 'utf8');
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  return { head, body: JSON.parse(body) };
}

describe('what cannot be read as HTTP', () => {
  it.each<[string, string, number, RegExp]>([
    ['letters as they are in the address', 'GET /partner/api/v2/user/register?user_id=Анна HTTP/1.1\r\nHost: x\r\n\r\n', 400, /Percent-encode/],
    ['an address beyond the limit', `GET /graphql?query=${'x'.repeat(17_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, /longer than 16 KiB/],
    ['a method that nobody knows', 'TAKE / HTTP/1.1\r\nHost: x\r\n\r\n', 400, /no valid HTTP/],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n', 400, /no valid HTTP/],
    ['two lengths of the body', 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}', 400, /no valid HTTP/],
  ])('is answered in the shapes of REST and of GraphQL: %s', async (_what, bytes, status, message) => {
    const { head, body } = await sent(bytes);
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [A-Z][^]*\r\nContent-Type: application/json\r\n`, 'i'));
    expect(head).toMatch(/\r\nx-content-type-options: nosniff\r\n/i);
    const [, requestId] = /x-request-id: (\S+)/i.exec(head)!;
    expect(body).toEqual({
      error: { code: status, message: expect.stringMatching(message) },
      errors: [{ message: body.error.message, extensions: { code: 'BAD_USER_INPUT', requestId } }],
    });
  });

  it('leaves the server to everybody else', async () => {
    const { data } = await server.graphql('{ __typename }');
    expect(data).toEqual({ __typename: 'Query' });
  });
});
