import type { FastifyInstance } from 'fastify';
import { bearerOf, isSameSecret } from '../kernel/secrets.js';
import type { MetricsServices } from '../observability/index.js';
import type { RateLimits } from '../rate-limits/index.js';
import { heedBudgets } from './charging.js';
import { answerProblem } from './problem.js';

/**
 * `GET /metrics`: what was counted, for whoever sends `Authorization: Bearer <METRICS_KEY>`, because it tells who uses the
 * API and how much. Without a key the address does not exist. Wrong keys count as those of clients do.
 *
 * @param key METRICS_KEY; null for none
 */
export function addMetricsRoute(
  server: FastifyInstance, { metrics, rateLimits }: MetricsServices & { readonly rateLimits: RateLimits }, key: string | null,
): void {
  if (key === null) return;
  metrics.measureProcess();
  server.get('/metrics', async (request, reply) => {
    const sent = bearerOf(request.headers.authorization);
    const failedKeys = rateLimits.failedKeys(request.ip);
    if (sent !== null) await heedBudgets(reply, () => failedKeys.check());
    if (sent === null || !isSameSecret(sent, key)) {
      if (sent !== null) await failedKeys.note(1);
      return answerProblem(
        request, reply.header('www-authenticate', 'Bearer'), 401,
        'This needs the key of the metrics: send it in the header "Authorization: Bearer <METRICS_KEY>".',
      );
    }
    return reply.type(metrics.contentType).send(await metrics.text());
  });
}
