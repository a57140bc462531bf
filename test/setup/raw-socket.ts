import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Json } from './test-server.js';

/** A connection on which a test says what it likes. */
export interface RawSocket {
  readonly socket: Socket;
  /** What has come back so far. */
  readonly received: () => string;
  /** Everything that came back, once the server has hung up; the time limit of the test ends it. */
  readonly closed: Promise<string>;
  readonly send: (bytes: string) => void;
}

/** An answer that was read by hand. */
export interface RawSocketAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Connects to the server of an address. */
export async function rawSocket(url: string): Promise<RawSocket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  let received = '';
  socket.setEncoding('utf8').on('data', (text: string) => void (received += text));
  // That it was hung up on is seen by its end.
  socket.on('error', () => undefined);
  const closed = new Promise<string>((resolve) => void socket.once('close', () => resolve(received)));
  return { socket, received: () => received, closed, send: (bytes) => void socket.write(bytes, 'latin1') };
}

/** Sends bytes as they are, and gives everything that comes back until the server hangs up. */
export async function exchange(url: string, bytes: string): Promise<string> {
  const { send, closed } = await rawSocket(url);
  send(bytes);
  return closed;
}

/** The answers in a text, one after another: each has a length, or an empty line after its last chunk. */
export function answersIn(text: string): RawSocketAnswer[] {
  const found: RawSocketAnswer[] = [];
  for (let rest = text; rest !== '';) {
    const [head = ''] = rest.split('\r\n\r\n', 1);
    const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
    const body = rest.slice(head.length + 4, head.length + 4 + length);
    found.push({ status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1] ?? NaN), head, body });
    rest = rest.slice(head.length + 4 + length);
  }
  return found;
}

/** The one answer in a text. */
export function answerIn(text: string): RawSocketAnswer {
  const [answer, ...more] = answersIn(text);
  if (!answer || more.length > 0) throw new Error(`Not one answer: ${text}`);
  return answer;
}

/** What its errors say, in the shape of GraphQL. */
export function codeIn({ body }: RawSocketAnswer): Json {
  return JSON.parse(body).errors[0].extensions.code;
}

/** A whole request that any server answers, after which the connection is closed unless told otherwise. */
export function goodRequest(connection: 'close' | 'keep-alive' = 'close'): string {
  const body = JSON.stringify({ query: '{ __typename }' });
  return `POST /graphql HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n` +
    `Connection: ${connection}\r\n\r\n${body}`;
}
