import type { FastifyReply, FastifyRequest } from 'fastify';
import { admitsOrigin, type Client, ForeignPage, isKnownOrigin } from '../../clients/index.js';
import { charge, COSTS } from '../charging.js';
import type { RestParts } from './add-endpoint.js';
import type { Call } from './endpoint.js';

/** How long browsers need not ask again, in seconds. */
const MAX_AGE = 3_600;

/** Lets pages of every site read an answer: it holds nothing but what whoever asks may know. Nobody is known by a cookie. */
export function openToAll(reply: FastifyReply): void {
  reply.headers({ 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' });
}

/**
 * Lets pages call with the key of a client only from where it registered, or where all keys may be used, before anything is
 * done; who is no page of another site sends no origin.
 *
 * @throws ForeignPage for a page from elsewhere
 */
export function checkOrigin({ request, reply, keyOrigins }: Call, client: Client): void {
  const { origin } = request.headers;
  reply.header('vary', 'Origin');
  if (origin === undefined ? isOfAnotherPage(request) : !admitsOrigin(client, origin, keyOrigins)) throw new ForeignPage();
  if (origin !== undefined) allow(reply, origin);
}

/** Whether a page of another site loads this as an image, a frame or a link: browsers name no origin then. */
function isOfAnotherPage({ headers }: FastifyRequest): boolean {
  return headers['sec-fetch-site'] === 'cross-site' || headers['sec-fetch-site'] === 'same-site';
}

/**
 * Answers what a browser asks before it sends a request of a page. The address pays where origins are looked for; no page could
 * read a refusal, whatever its headers.
 *
 * @param parts by which origins are known, for addresses that take a key: which one is not known yet, so that an origin of
 *   any client will do here; null for addresses that are open to all
 */
export async function answerPreflight(request: FastifyRequest, reply: FastifyReply, parts: RestParts | null): Promise<FastifyReply> {
  const { headers } = request;
  if (parts === null) openToAll(reply);
  else {
    const { services: { database, rateLimits }, keyOriginsOf } = parts;
    reply.header('vary', 'Origin');
    await charge(request, reply, rateLimits.address(request.ip), COSTS.call);
    const { origin } = headers;
    if (origin !== undefined && (keyOriginsOf(request).includes(origin) || await isKnownOrigin(database, origin))) allow(reply, origin);
  }
  return reply.code(204).headers({
    'access-control-allow-methods': 'GET, POST, PUT',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
    'access-control-max-age': MAX_AGE,
  }).send();
}

function allow(reply: FastifyReply, origin: string): void {
  reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': '*' });
}
