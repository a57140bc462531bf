import type { Json } from '../../setup/test-server.js';
import { PATIENCE_MS } from '../settings.js';

/** What a caller learns of a request: the answer, that nobody can tell, or a failure that tells too little. */
export type Told =
  | { readonly kind: 'answered'; readonly data: Json }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unclear'; readonly why: string };

const UNKNOWN: Told = { kind: 'unknown' };

/** Codes of what may have been done or not, and is to be tried again. */
const RETRYABLE: ReadonlySet<string> = new Set(['UNAVAILABLE', 'DEADLINE_EXCEEDED']);

/** Asks GraphQL once. A failure has to be 503 with a code that says to try again; a connection may break at any time. */
export async function askOnce(url: string, query: string, variables: object, key: string | null): Promise<Told> {
  let status: number;
  let text: string;
  try {
    const response = await fetch(url, {
      method: 'POST',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { 'content-type': 'application/json', ...(key !== null && { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({ query, variables }),
    });
    status = response.status;
    text = await response.text();
  } catch {
    return UNKNOWN;
  }
  return toldBy(status, text);
}

function toldBy(status: number, text: string): Told {
  const unclear = { kind: 'unclear', why: `${status} ${text.slice(0, 300)}` } as const;
  let answer: Json;
  try {
    answer = JSON.parse(text);
  } catch {
    return unclear;
  }
  if (answer.errors === undefined) return status === 200 ? { kind: 'answered', data: answer.data } : unclear;
  const isRetryable = status === 503 && answer.errors.every(({ extensions }: Json) =>
    RETRYABLE.has(extensions.code) && extensions.retryAfterSeconds > 0);
  return isRetryable ? UNKNOWN : unclear;
}
