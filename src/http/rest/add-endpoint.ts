import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ClientSlugs } from '../../clients/index.js';
import { charge, heedBudgets, settleAtEnd } from '../charging.js';
import { Refusal } from '../refusal.js';
import { type Body, NO_BODY } from './body.js';
import { answerPreflight, openToAll } from './cross-origin.js';
import { announceDeprecation, isDeprecated } from './deprecation.js';
import { type Call, costOf, type Endpoint, type RestServices } from './endpoint.js';
import type { Schema } from './json-schema.js';
import { mergeParameters } from './parameters.js';
import { urlEncoded } from './url-encoded.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What answers at an address of the REST API. */
    readonly restEndpoint?: Endpoint;
  }
}

/** How the addresses of a language begin. */
const LANGUAGES = { '': 'ru', '/en': 'en' } as const;
type Prefix = keyof typeof LANGUAGES;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** What the endpoints are made with. */
export interface RestParts {
  readonly services: RestServices;
  readonly slugs: ClientSlugs;
  /** Where the server that a request came to is reached, such as `https://api.example.org`. */
  readonly baseUrlOf: (request: FastifyRequest) => string;
  /** Origins whose pages may use the keys of every client, the server's own among them. */
  readonly keyOriginsOf: (request: FastifyRequest) => readonly string[];
}

/** Opens an endpoint in both languages, with and without a slash at the end. */
export function addEndpoint(scope: FastifyInstance, endpoint: Endpoint, parts: RestParts): void {
  const bare = endpoint.path.replace(/\/$/, '');
  // One for all: what checks parameters is compiled once for each object that it is told by.
  const querystring: Schema = { type: 'object', properties: checkedOf(endpoint.parameters) };
  for (const prefix of Object.keys(LANGUAGES) as Prefix[]) {
    for (const path of [bare, `${bare}/`]) addRoutes(scope, endpoint, parts, { prefix, path, querystring });
  }
}

/** One of the addresses of an endpoint, and what its parameters are checked by. */
interface Address {
  readonly prefix: Prefix;
  readonly path: string;
  readonly querystring: Schema;
}

function addRoutes(scope: FastifyInstance, endpoint: Endpoint, parts: RestParts, { prefix, path, querystring }: Address): void {
  const { methods, changes, takesKey, name, version } = endpoint;
  const url = prefix + path;
  const { services } = parts;
  const pay = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    request.facts.operation = name;
    if (isDeprecated(version)) announceDeprecation(reply, parts.baseUrlOf(request));
    if (!takesKey) openToAll(reply);
    const address = services.rateLimits.address(request.ip);
    // By whose key a request is signed is known once it is read: that client pays, or the address for who is none.
    const isLengthKnown = request.headers['transfer-encoding'] === undefined;
    if (!takesKey && isLengthKnown) return charge(request, reply, address, costOf(endpoint, request));
    request.debtor = address;
    settleAtEnd(request, reply, () => costOf(endpoint, request));
    if (!takesKey) await heedBudgets(reply, () => address.check());
  };
  const onResponse = async ({ facts: { client } }: FastifyRequest, { statusCode }: FastifyReply): Promise<void> =>
    services.metrics.countRest({ version, endpoint: name, client, status: statusCode });
  scope.route({
    url,
    method: [...methods],
    onRequest: pay,
    onResponse,
    exposeHeadRoute: !changes,
    config: { restEndpoint: endpoint },
    schema: { querystring },
    // Whatever was sent where is validated as one.
    preValidation: async (request) => {
      request.query = mergeParameters(queryOf(request), bodyOf(request), endpoint.bodyFirst === true);
    },
    handler: (request, reply) => endpoint.answer(callOf(endpoint, request, reply, parts, LANGUAGES[prefix])),
  });
  scope.route({
    url,
    method: 'OPTIONS',
    // Before anything of a body is read.
    onRequest: (request, reply) => answerPreflight(request, reply, takesKey ? parts : null),
    handler: (_request, reply) => reply.callNotFound(),
  });
  const taken = [...methods, ...(methods.includes('GET') && !changes ? ['HEAD'] : [])] as readonly string[];
  scope.route({
    url,
    method: METHODS.filter((method) => !taken.includes(method)),
    onRequest: async (request, reply) => {
      await pay(request, reply);
      void reply.header('allow', taken.join(', '));
      throw new Refusal(405, 'method', `This address takes ${taken.join(', ')}.`);
    },
    onResponse,
    handler: (_request, reply) => reply.callNotFound(),
  });
}

function checkedOf(parameters: Endpoint['parameters']): Readonly<Record<string, Schema>> {
  return Object.fromEntries(Object.entries(parameters).map(([name, { checked }]) => [name, checked]));
}

function callOf(
  endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply, { services, slugs, baseUrlOf, keyOriginsOf }: RestParts,
  locale: Call['locale'],
): Call {
  return {
    endpoint, services, locale, request, reply,
    parameters: request.query as Call['parameters'],
    brokenJson: bodyOf(request).brokenJson,
    baseUrl: baseUrlOf(request),
    keyOrigins: keyOriginsOf(request),
    // Nobody's answer fails for that.
    noteClient: async (clientId) => void (request.facts.client = await slugs.of(clientId).catch(() => null)),
  };
}

function bodyOf({ body }: FastifyRequest): Body {
  return (body as Body | null | undefined) ?? NO_BODY;
}

function queryOf({ raw }: FastifyRequest) {
  const url = raw.url ?? '';
  const from = url.indexOf('?');
  return urlEncoded(from < 0 ? '' : url.slice(from + 1));
}
