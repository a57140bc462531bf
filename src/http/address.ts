import type { FastifyRequest } from 'fastify';

/** Where a request was sent to, as it says itself; one without a host is of an age that knew none. */
export function originOf({ protocol, host }: FastifyRequest): string {
  return `${protocol.toLowerCase()}://${host || 'localhost'}`;
}

/** The last address that was found good: most requests name the same one. */
let lastGood = '';

/** Whether that is an address of ours, and of a host alone: a proxy may forward anything. */
export function isAddress(origin: string): boolean {
  if (origin === lastGood) return true;
  if (!isGood(origin)) return false;
  lastGood = origin;
  return true;
}

function isGood(origin: string): boolean {
  return /^https?:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i.test(origin) && URL.canParse(origin);
}

/** Below which path partners reach this server, without a slash at the end; empty unless something before it adds one. */
export function pathOf(publicUrl: string | null): string {
  return publicUrl === null ? '' : new URL(publicUrl).pathname.replace(/\/$/, '');
}
