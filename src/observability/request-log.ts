import type { Log } from './log.js';
import type { RequestFacts } from './request-facts.js';

/** How a request ended. */
export interface RequestEnd {
  readonly method: string;
  /** The pattern of the address, such as `/results/:file`; null for an address that is not there. */
  readonly route: string | null;
  /** The HTTP status; null when the caller hung up before the answer was sent. */
  readonly status: number | null;
  readonly milliseconds: number;
  /** The length of the body of the answer; null when it is not known beforehand. */
  readonly bytes: number | null;
}

/** Addresses that machines ask all the time. */
const QUIET: ReadonlySet<string | null> = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * Writes the one line of a request. Of the address it holds the pattern alone: an address may hold keys and ids of users.
 * The address of the caller is left out as well, because it belongs to a person.
 */
export function logRequest(log: Log, facts: RequestFacts, { method, route, status, milliseconds, bytes }: RequestEnd): void {
  const level = levelOf(route, status, facts.problem);
  if (!log.isLevelEnabled(level)) return;
  const { id, operation, client, statements, cost, problem, span } = facts;
  // What is undefined is not written.
  log[level](
    {
      requestId: id, traceId: span?.spanContext().traceId, method, route: route ?? undefined, status: status ?? undefined,
      ms: Math.round(milliseconds * 10) / 10, operation: operation ?? undefined, client: client ?? undefined, statements,
      cost: cost ?? undefined, bytes: bytes ?? undefined, problem: problem ?? undefined,
    },
    status === null ? 'request aborted' : 'request',
  );
}

function levelOf(route: string | null, status: number | null, problem: string | null): 'debug' | 'info' | 'warn' | 'error' {
  if (status === 500 || problem === 'INTERNAL_SERVER_ERROR') return 'error';
  if (status !== null && status > 500) return 'warn';
  return QUIET.has(route) ? 'debug' : 'info';
}
