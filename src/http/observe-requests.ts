import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ErrorCode } from '../graphql/errors.js';
import { type Log, logRequest, type Metrics, newFacts, noteProblem, type RequestEnd, type Tracing, withFacts } from '../observability/index.js';
import { atEnd } from './lifecycle/at-end.js';

/** With what requests are observed. */
export interface ObservationServices {
  readonly log: Log;
  readonly metrics: Metrics;
  /** Null on a server that makes no traces. */
  readonly tracing: Tracing | null;
}

/** For requests that never come to the hooks. */
export interface RequestObserver {
  /** Begins to observe a request; it is told of once, when its answer is sent or the caller has hung up. */
  readonly begin: (request: FastifyRequest, reply: FastifyReply) => void;
  /** Tells of what could not be read as HTTP. */
  readonly unreadable: (requestId: string, status: number) => void;
}

/** Gives every request its facts, and tells in log, metrics and traces how it ended. To be called before other hooks are added. */
export function observeRequests(server: FastifyInstance, { log, metrics, tracing }: ObservationServices): RequestObserver {
  const begin: RequestObserver['begin'] = (request, reply) => {
    const begun = performance.now();
    const facts = request.facts = newFacts(request.id);
    // Fastify would make all its options each time.
    request.route = request.routeOptions.url ?? null;
    request.noteProblem = (code) => noteProblem(metrics, facts, code);
    const span = facts.span = tracing?.beginRequest(request.method, request.headers) ?? null;
    metrics.http.begun();
    atEnd(reply, () => {
      const end = endOf(request, reply, performance.now() - begun);
      metrics.http.ended(end);
      facts.span = span;
      logRequest(log, facts, end);
      if (span) tracing?.endRequest(span, end);
    });
  };
  server.addHook('onRequest', (request, reply, done) => {
    begin(request, reply);
    withFacts(request.facts, done);
  });
  const unreadable: RequestObserver['unreadable'] = (requestId, status) => {
    const end: RequestEnd = { method: 'none', route: null, status, milliseconds: 0, bytes: null };
    metrics.http.begun();
    metrics.http.ended(end);
    const facts = newFacts(requestId);
    noteProblem(metrics, facts, ErrorCode.BAD_USER_INPUT);
    logRequest(log, facts, end);
  };
  return { begin, unreadable };
}

function endOf(request: FastifyRequest, reply: FastifyReply, milliseconds: number): RequestEnd {
  const length = Number(reply.getHeader('content-length') ?? NaN);
  return {
    method: request.method,
    // A route may have found nothing.
    route: request.is404 ? null : request.route,
    status: reply.raw.writableFinished ? reply.statusCode : null,
    milliseconds,
    bytes: Number.isNaN(length) ? null : length,
  };
}
