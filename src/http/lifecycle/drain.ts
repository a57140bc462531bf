import type { FastifyInstance } from 'fastify';
import type { Traffic } from './traffic.js';

/**
 * Ends the requests under way, and closes the server. Until the last has ended the server listens, so that whoever sends it
 * requests sees by `/readyz` that it is stopping, and new ones are told to go elsewhere. Those that have not ended after the
 * grace, in milliseconds, are cut off: a client that stalls holds nobody up.
 */
export async function drain(server: FastifyInstance, traffic: Traffic, graceMs: number): Promise<void> {
  const grace = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => grace.resolve(undefined), graceMs);
  await Promise.race([traffic.stop(), grace.promise]);
  clearTimeout(timer);
  const { underWay } = traffic;
  if (underWay > 0) server.log.warn(`Cut off ${underWay} requests that had not ended ${graceMs / 1_000} seconds after the server was told to stop.`);
  await server.close();
}
