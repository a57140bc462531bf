import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Traffic } from './traffic.js';

/** How long a server listens after the last request has ended: connections are full of new ones. */
const LINGER_MS = 200;

/** How long the parts of a stop may take, in milliseconds. */
export interface DrainTimes {
  /** How long requests are still let in, for whoever sends them to see by `/readyz` that they have to go elsewhere. */
  readonly delayMs: number;
  /** How long those under way may then take to end. */
  readonly graceMs: number;
}

/**
 * Ends the requests under way, and closes the server. Until the last has ended the server listens: new ones are told to go
 * elsewhere. Those that have not ended after the grace are cut off: a client that stalls holds nobody up.
 */
export async function drain(server: FastifyInstance, traffic: Traffic, { delayMs, graceMs }: DrainTimes): Promise<void> {
  traffic.leave();
  if (delayMs > 0) await sleep(delayMs);
  const grace = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => grace.resolve(undefined), graceMs);
  await Promise.race([traffic.stop(), grace.promise]);
  clearTimeout(timer);
  // What was sent but not read yet is still told to go elsewhere.
  await sleep(LINGER_MS);
  const { underWay } = traffic;
  if (underWay > 0) server.log.warn(`Cut off ${underWay} requests that had not ended ${graceMs / 1_000} seconds after the server was told to stop.`);
  await server.close();
}
