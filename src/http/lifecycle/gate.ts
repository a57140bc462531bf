import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { EdgeConfig } from '../../environment/edge.js';
import { ErrorCode } from '../../graphql/errors.js';
import type { Metrics } from '../../observability/index.js';
import { addressKey } from '../../rate-limits/index.js';
import { answerLater } from '../failure.js';
import { atEnd } from './at-end.js';
import { giveUp } from './deadline.js';
import { EventLoopDelay } from './event-loop-delay.js';
import { type Passage, Passages } from './passages.js';
import type { Traffic } from './traffic.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Its way to the server, and that of its answer; null for what never was let in, and while nothing is answered. */
    arrival: Passage | null;
    departure: Passage | null;
  }
}

/** What the gate is made with. */
export interface GateOptions {
  readonly traffic: Traffic;
  readonly edge: Pick<EdgeConfig, 'bodyLimit' | 'overload'>;
  readonly metrics: Metrics;
}

/** Who watches the server is answered most of all when it has too much to do. */
const ALWAYS_OPEN: ReadonlySet<string | null> = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * Lets requests in as long as the server is not stopping and has not too much to do; all others are told at once to try
 * again, before anything of their bodies is read. Gives what tells whether it has too much to do.
 */
export function addGate(server: FastifyInstance, { traffic, edge: { bodyLimit, overload }, metrics }: GateOptions): () => boolean {
  const delay = new EventLoopDelay();
  server.addHook('onClose', async () => delay.stop());
  const limits = { count: overload.requests, bytes: overload.bodyBytes };
  const [arriving, leaving] = [new Passages(limits), new Passages(limits)];
  server.decorateRequest('arrival', null);
  server.decorateRequest('departure', null);
  // What has not arrived yet is no work, and may never become any; what was answered is none any more.
  const isFull = (): boolean =>
    traffic.underWay >= overload.requests && traffic.underWay - arriving.count - leaving.count >= overload.requests;
  const isOverloaded = (): boolean => isFull() || delay.ms > overload.eventLoopDelayMs;

  server.addHook('onRequest', (request, reply, done) => {
    if (ALWAYS_OPEN.has(request.route)) return done();
    if (traffic.isClosed) return turnAway(request, reply, 'The server is stopping. Try again in some seconds.');
    if (isOverloaded()) {
      metrics.countRejection('overload');
      return turnAway(request, reply, 'The server has too much to do. Try again in some seconds.');
    }
    traffic.begin();
    const bytes = bodyBytes(request, bodyLimit);
    const arrival: Passage = {
      address: addressKey(request.ip), bytes, isOver: () => request.raw.complete, giveUp: () => giveUp(request, reply, metrics),
    };
    request.arrival = arrival;
    atEnd(reply, () => {
      traffic.end();
      arriving.remove(arrival);
      if (request.departure) leaving.remove(request.departure);
    });
    if (bytes > 0) arriving.add(arrival);
    done();
  });
  server.addHook('onSend', (request, reply, payload, done) => {
    if (traffic.isStopping) reply.header('connection', 'close');
    const { arrival } = request;
    // Nothing is on its way to a caller who has hung up, and nobody would tell when it has come through.
    if (arrival && !reply.raw.destroyed) {
      arriving.remove(arrival);
      // Others may be on the same connection, and none of them is read.
      const giveUpAll = (): void => {
        metrics.countRejection('slow');
        reply.raw.destroy();
      };
      if (request.departure) leaving.remove(request.departure);
      request.departure = { address: arrival.address, bytes: lengthOf(payload), isOver: () => reply.raw.destroyed, giveUp: giveUpAll };
      leaving.add(request.departure);
    }
    done();
  });
  return isOverloaded;
}

/** How much of a body is read at most, in bytes. */
function bodyBytes({ headers }: FastifyRequest, limit: number): number {
  return headers['transfer-encoding'] === undefined ? Math.min(Number(headers['content-length'] ?? 0), limit) : limit;
}

/** How long an answer is, in bytes or characters; 0 for one that is made while it is sent. */
function lengthOf(payload: unknown): number {
  return typeof payload === 'string' || payload instanceof Uint8Array ? payload.length : 0;
}

function turnAway(request: FastifyRequest, reply: FastifyReply, message: string): void {
  // Nothing says yet which pages may read answers; this one holds nothing, and any page may have to try again.
  answerLater(request, reply.header('access-control-allow-origin', '*'), { code: ErrorCode.UNAVAILABLE, message });
}
