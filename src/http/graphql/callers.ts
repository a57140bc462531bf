import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Caller } from '../../graphql/caller.js';
import { documentPoints } from '../../graphql/charge-operation.js';
import type { Services } from '../../graphql/context.js';
import { COSTS, heedBudgets, lengthPoints, settleAtEnd } from '../charging.js';
import { sentBy } from './sent-operation.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks GraphQL. */
    caller: Caller;
  }
}

/**
 * Finds out who asks, before anything of the body is read, and turns away pages with keys that they may not use and whoever
 * has spent a budget. Who is let in pays for the operation, or for what was refused before its cost was known.
 */
export function addCallers(
  scope: FastifyInstance, { reads, rateLimits }: Services, keyOriginsOf: (request: FastifyRequest) => readonly string[],
): void {
  scope.decorateRequest('caller');
  scope.addHook('onRequest', async (request, reply) => {
    const { ip, headers: { authorization, origin } } = request;
    const address = rateLimits.address(ip);
    request.debtor = address;
    settleAtEnd(request, reply, () => {
      const { query } = sentBy(request);
      return Math.max(COSTS.refused + (typeof query === 'string' ? documentPoints(query) : 0), lengthPoints(request));
    });
    request.caller = new Caller({
      authenticate: reads.signature, authorization, page: origin, keyOrigins: () => keyOriginsOf(request), failedKeys: rateLimits.failedKeys(ip),
    });
    await heedBudgets(reply, async () => {
      const clientId = authorization === undefined ? null : await request.caller.identify();
      if (clientId !== null) request.debtor = rateLimits.client(clientId);
      await request.debtor?.check();
    });
  });
}
