import type { FastifyInstance } from 'fastify';

/** For how long browsers need not ask again, in seconds: as long as they keep it. */
const MAX_AGE = 7_200;

const always = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-request-id, ratelimit, ratelimit-policy, retry-after',
} as const;

const preflight = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'content-type, authorization, apollo-require-preflight, traceparent',
  'access-control-max-age': MAX_AGE,
  // Safari would wait for a body.
  'content-length': 0,
} as const;

/**
 * Lets pages of every site ask GraphQL: browsers save with access tokens. Nobody is known by a cookie, only by a header that
 * a page has to have been given, so that a page can do no more than whoever wrote it. Which pages may use a client key is
 * decided once it is known whose key it is.
 */
export function openToPages(scope: FastifyInstance): void {
  scope.addHook('onRequest', ({ method }, reply, done) => {
    reply.headers(always);
    if (method !== 'OPTIONS') return done();
    // Who asks by hand what may be asked is told so.
    reply.code(204).headers(preflight).send();
  });
}
