import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Traffic } from './traffic.js';

/** How long the database may take to answer a check. */
const CHECK_LIMIT_MS = 2_000;
/** How long the outcome of a check holds. */
const CHECK_HOLDS_MS = 1_000;

/** What makes a server ready or not. */
export interface HealthOptions {
  readonly traffic: Traffic;
  readonly isOverloaded: () => boolean;
  /** Fails when the database does not answer. */
  readonly pingDatabase: () => Promise<void>;
}

/**
 * `GET /healthz`: the process lives; what it needs is not looked at, because starting it anew would not mend that.
 * `GET /readyz`: whether it may be sent requests; 503 and why not. Tests are loaded before the server listens.
 */
export function addHealthRoutes(server: FastifyInstance, { traffic, isOverloaded, pingDatabase }: HealthOptions): void {
  const databaseAnswers = sharedCheck(pingDatabase);
  server.get('/healthz', () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const answers = await databaseAnswers();
    const reasons = [
      ...(traffic.isStopping ? ['stopping'] : []),
      ...(isOverloaded() ? ['overloaded'] : []),
      ...(answers ? [] : ['database']),
    ];
    return reasons.length === 0 ? { status: 'ok' } : reply.code(503).send({ status: 'unavailable', reasons });
  });
}

/**
 * Whether the check succeeds in time. Who asks meanwhile, or soon after, shares the check: there is never more than one, also
 * where it takes longer than anybody waits for it.
 */
function sharedCheck(check: () => Promise<void>): () => Promise<boolean> {
  let latest: Promise<boolean> | null = null;
  return () => {
    latest ??= check().then(() => true, () => false).finally(() => {
      setTimeout(() => void (latest = null), CHECK_HOLDS_MS).unref();
    });
    return Promise.race([latest, sleep(CHECK_LIMIT_MS, false, { ref: false })]);
  };
}
