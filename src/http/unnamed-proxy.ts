import type { FastifyInstance } from 'fastify';

/**
 * Warns, once, when requests seem to come through a proxy although none is trusted: all callers behind it are one address then,
 * share its budget, and are shut out together when one of them sends wrong keys.
 */
export function warnOfUnnamedProxies(server: FastifyInstance): void {
  let warned = false;
  server.addHook('onRequest', (request, _reply, done) => {
    if (!warned && request.headers['x-forwarded-for'] !== undefined) {
      warned = true;
      server.log.warn('A request came with X-Forwarded-For, which is not believed: if a proxy stands before the server, name it in TRUSTED_PROXIES.');
    }
    done();
  });
}
