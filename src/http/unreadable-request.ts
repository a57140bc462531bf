import { maxHeaderSize, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ErrorCode } from '../graphql/errors.js';
import { newId } from '../kernel/ids.js';
import type { RejectionReason } from '../observability/index.js';
import { TOO_SLOW_TO_ARRIVE } from './lifecycle/deadline.js';

type Told = readonly [status: number, reason: RejectionReason, message: string];

const told: Readonly<Record<string, Told>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'slow', TOO_SLOW_TO_ARRIVE],
  HPE_HEADER_OVERFLOW: [431, 'headers', `Address and headers are longer than ${maxHeaderSize / 1_024} KiB: send long parameters in a body.`],
};
const OTHERWISE: Told = [400, 'malformed', 'This is no valid HTTP request. Percent-encode everything in the address that is not ASCII.'];

/** How long a client may take to read why it was hung up on. */
const LAST_WORD_MS = 1_000;

/** What was answered instead of a request. */
export interface Unreadable {
  readonly requestId: string;
  readonly status: number;
  readonly reason: RejectionReason;
}

/**
 * Makes what answers that which cannot be read as HTTP. Whose address was meant is not known, so that the answer has the
 * shapes of both: `error` of REST and `errors` of GraphQL.
 *
 * @param headers that every answer has
 * @param onAnswer told of each answer
 */
export function unreadableAnswerer(headers: Readonly<Record<string, string>>, onAnswer: (answered: Unreadable) => void) {
  return ({ code }: NodeJS.ErrnoException, socket: Socket): void => {
    if (code === 'ECONNRESET' || !socket.writable) return;
    // Browsers open connections ahead of requests that never come.
    if (socket.bytesRead === 0) return void socket.destroy();
    const [status, reason, message] = told[code ?? ''] ?? OTHERWISE;
    const requestId = newId();
    const answer = answerOn(socket);
    // Who hangs up in the midst of a body is told of as the request that it was.
    if (!answer || code !== 'HPE_INVALID_EOF_STATE') onAnswer({ requestId, status, reason });
    // In the midst of an answer nothing else can be said.
    if (answer?.headersSent) return void socket.destroy();
    socket.end(answerOf(status, message, { ...headers, 'x-request-id': requestId }));
    setTimeout(() => socket.destroy(), LAST_WORD_MS).unref();
  };
}

/** The answer under way on a connection. Node's own handler looks there too: nothing public tells. */
function answerOn(socket: Socket): ServerResponse | null | undefined {
  return (socket as Socket & { readonly _httpMessage?: ServerResponse | null })._httpMessage;
}

function answerOf(status: number, message: string, headers: Readonly<Record<string, string>>): string {
  const body = JSON.stringify({
    error: { code: status, message },
    errors: [{ message, extensions: { code: ErrorCode.BAD_USER_INPUT, requestId: headers['x-request-id'] } }],
  });
  const fields = {
    'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store', ...headers, 'connection': 'close',
  };
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`)];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
