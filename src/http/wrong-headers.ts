import type { IncomingMessage } from 'node:http';
import type { RejectionReason } from '../observability/index.js';

/** The most headers of a request: browsers behind proxies send thirty. */
const HEADER_LIMIT = 100;

/** The longest Accept header, in characters: those of browsers have less than 200, and each part takes its time. */
const ACCEPT_LIMIT = 1_000;

/** What is wrong with the headers of a request, and how it is counted. */
export interface WrongHeaders {
  readonly status: number;
  readonly message: string;
  readonly reason: RejectionReason;
}

/** What is wrong with the head of a request that could be read; null for nothing. */
export function wrongHeaders({ rawHeaders, headers, httpVersion }: IncomingMessage): WrongHeaders | null {
  if (!/^1\.[01]$/.test(httpVersion)) return malformed(400, 'This server speaks HTTP/1.1.');
  if (rawHeaders.length > 2 * HEADER_LIMIT) {
    return { status: 431, message: `The request has more than ${HEADER_LIMIT} headers.`, reason: 'headers' };
  }
  const hosts = countOf('host', rawHeaders);
  if (hosts > 1) return malformed(400, 'The request has more than one Host header.');
  if (hosts === 0 && httpVersion === '1.1') return malformed(400, 'The request has no Host header.');
  if (headers.host === '') return malformed(400, 'The Host header names no host.');
  if ((headers.accept?.length ?? 0) > ACCEPT_LIMIT) {
    return { status: 431, message: `The Accept header is longer than ${ACCEPT_LIMIT} characters.`, reason: 'headers' };
  }
  // Others never come this far as requests: they are asked to go on.
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') {
    return malformed(417, 'Of the Expect header only "100-continue" is understood.');
  }
  return null;
}

/** How often a header was sent. */
function countOf(header: string, rawHeaders: readonly string[]): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!;
    if (name.length === header.length && name.toLowerCase() === header) count += 1;
  }
  return count;
}

function malformed(status: number, message: string): WrongHeaders {
  return { status, message, reason: 'malformed' };
}
