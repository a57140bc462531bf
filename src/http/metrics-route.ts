import type { FastifyInstance } from 'fastify';
import { bearerOf, isSameSecret } from '../kernel/secrets.js';
import type { Metrics } from '../observability/index.js';
import { answerProblem } from './problem.js';

/**
 * `GET /metrics`: what was counted, for whoever sends `Authorization: Bearer <METRICS_KEY>`, because it tells who uses the
 * API and how much. Without a key the address does not exist.
 *
 * @param key METRICS_KEY; null for none
 */
export function addMetricsRoute(server: FastifyInstance, metrics: Metrics, key: string | null): void {
  if (key === null) return;
  server.get('/metrics', async (request, reply) => {
    const sent = bearerOf(request.headers.authorization);
    if (sent === null || !isSameSecret(sent, key)) {
      return answerProblem(
        request, reply.header('www-authenticate', 'Bearer'), 401,
        'This needs the key of the metrics: send it in the header "Authorization: Bearer <METRICS_KEY>".',
      );
    }
    return reply.type(metrics.contentType).send(await metrics.text());
  });
}
