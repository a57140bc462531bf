import type { FastifyReply, FastifyRequest } from 'fastify';
import { admitsOrigin, type Client, isKnownOrigin } from '../../clients/index.js';
import type { RestServices } from './endpoint.js';
import { RestError } from './rest-error.js';

/** How long browsers need not ask again, in seconds. */
const MAX_AGE = 3_600;

const FOREIGN_PAGE =
  'Pages of this origin may not use the key of the client: keep the key on your server, or have the origin registered.';

/** Lets pages of every site read an answer: it holds nothing but what whoever asks may know. Nobody is known by a cookie. */
export function openToAll(reply: FastifyReply): void {
  reply.headers({ 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' });
}

/**
 * Lets pages call with the key of a client only from where it registered, before anything is done; who is no page of another
 * site sends no origin, or the server's own.
 *
 * @throws RestError for a page from elsewhere
 */
export function checkOrigin(request: FastifyRequest, reply: FastifyReply, client: Client, baseUrl: string): void {
  const { origin } = request.headers;
  reply.header('vary', 'Origin');
  if (origin === undefined ? !isOfAnotherPage(request) : origin === new URL(baseUrl).origin) return;
  if (origin === undefined || !admitsOrigin(client, origin)) {
    throw new RestError(403, FOREIGN_PAGE);
  }
  allow(reply, origin);
}

/** Whether a page of another site loads this as an image, a frame or a link: browsers name no origin then. */
function isOfAnotherPage({ headers }: FastifyRequest): boolean {
  return headers['sec-fetch-site'] === 'cross-site' || headers['sec-fetch-site'] === 'same-site';
}

/**
 * Answers what a browser asks before it sends a request of a page.
 *
 * @param clients where origins are registered, for addresses that take a key: which one is not known yet, so that an origin
 *   of any client will do here; null for addresses that are open to all
 */
export async function answerPreflight(
  { headers }: FastifyRequest, reply: FastifyReply, clients: RestServices['database'] | null,
): Promise<FastifyReply> {
  if (clients === null) openToAll(reply);
  else {
    reply.header('vary', 'Origin');
    if (headers.origin !== undefined && (await isKnownOrigin(clients, headers.origin))) allow(reply, headers.origin);
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
