import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ErrorCode } from '../graphql/errors.js';
import { newId } from '../kernel/ids.js';

type Told = readonly [status: number, message: string];

const told: Readonly<Record<string, Told>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
  HPE_HEADER_OVERFLOW: [431, `Address and headers are longer than ${maxHeaderSize / 1_024} KiB: send long parameters in a body.`],
};
const OTHERWISE: Told = [400, 'This is no valid HTTP request. Percent-encode everything in the address that is not ASCII.'];

/**
 * Answers what cannot be read as HTTP. Whose address was meant is not known, so that the answer has the shapes of both:
 * `error` of REST and `errors` of GraphQL.
 *
 * @param headers that every answer has
 * @param onAnswer told the id and the status of what was answered
 */
export function answerUnreadable(
  { code }: NodeJS.ErrnoException, socket: Socket, headers: Readonly<Record<string, string>>,
  onAnswer: (requestId: string, status: number) => void = () => undefined,
): void {
  if (code === 'ECONNRESET' || !socket.writable) return;
  const [status, message] = told[code ?? ''] ?? OTHERWISE;
  const requestId = newId();
  onAnswer(requestId, status);
  const body = JSON.stringify({
    error: { code: status, message },
    errors: [{ message, extensions: { code: ErrorCode.BAD_USER_INPUT, requestId } }],
  });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`, 'Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store', `X-Request-Id: ${requestId}`, 'Connection: close',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
