import { type Sql, statement } from '../database/index.js';
import type { Client } from './client.js';

/** The most web origins of a client. */
export const ORIGIN_LIMIT = 20;
/** The longest web origin as it is stored, in characters. */
export const ORIGIN_LENGTH = 255;

/** Scheme and host, with at most a port and one slash behind them: what else a URL may hold is refused, not dropped. */
const WRITTEN = /^https?:\/\/[^/?#\\@\s\p{Cc}]+\/?$/iu;
/** No wildcard, and none of the commas and quotes that URLs take for a part of the host. */
const CANONICAL = /^https?:\/\/(?:[a-z\d._-]+|\[[\da-f:]+\])(?::\d+)?$/;

/**
 * A web origin as browsers send it: scheme and host in lower case, the host in punycode, the port only when it is not the
 * scheme's own. Null for what is not the http or https origin of one host, or is too long.
 */
export function canonicalOrigin(text: string): string | null {
  if (!WRITTEN.test(text) || !URL.canParse(text)) return null;
  const { origin } = new URL(text);
  return CANONICAL.test(origin) && origin.length <= ORIGIN_LENGTH ? origin : null;
}

/** A page uses a key of a client that it may not use: a key that lies in a page is everybody's. The message says what to do. */
export class ForeignPage extends Error {
  constructor() {
    super('Pages of this origin may not use the key of the client: keep the key on your server, or have the origin registered; ' +
      'to save, a page needs no key but an access token of GraphQL.');
  }
}

/**
 * Whether pages of this origin, as browsers send it, may use the client's keys: those of the server itself and of whom its
 * operator trusts, and those that the client registered. A client without origins admits no others.
 *
 * @param always origins whose pages may use the keys of every client
 */
export function admitsOrigin(client: Pick<Client, 'origins'>, origin: string, always: readonly string[]): boolean {
  return always.includes(origin) || client.origins.includes(origin);
}

// Clients are registered by hand and are few, so they are read one after another: an index would be one more to keep up in
// the table that every license writes to, and browsers remember the answer.
const known = statement<{ id: string }>('client-origin-known', 'select id from client where $1 = any(origins) limit 1');

/** Whether any client registered this origin, as browsers send it: a preflight request does not tell whose it is. */
export async function isKnownOrigin(sql: Sql, origin: string): Promise<boolean> {
  return (await sql.run(known, [origin])).length > 0;
}
