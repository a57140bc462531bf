import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { deadlineExceeded } from '../../graphql/errors.js';
import type { Metrics } from '../../observability/index.js';
import { answerLater } from '../failure.js';
import { answerProblem } from '../problem.js';
import { atEnd } from './at-end.js';

/** What is told of a request that did not arrive in time. */
export const TOO_SLOW_TO_ARRIVE = 'The request did not arrive in time.';

/**
 * Gives every request an answer in time: one whose body has not arrived by then is answered 408, one that is still worked on
 * 503. That work goes on, bounded by the time that its statements have in the database; who does not take an answer in time
 * is hung up on. Fastify's own `handlerTimeout` ends with the body of a request, before most of the work begins.
 *
 * @param deadlineMs from when the headers have arrived, in milliseconds
 */
export function addDeadline(server: FastifyInstance, deadlineMs: number, metrics: Metrics): void {
  server.addHook('onRequest', (request, reply, done) => {
    const timer = setTimeout(() => giveUp(request, reply, metrics), deadlineMs);
    atEnd(reply, () => clearTimeout(timer));
    done();
  });
}

/** Answers a request that takes too long, to arrive or to be answered; whatever is answered later goes nowhere. */
export function giveUp(request: FastifyRequest, reply: FastifyReply, metrics: Metrics): void {
  if (reply.raw.headersSent) return void reply.raw.destroy();
  if (request.raw.complete) {
    metrics.countRejection('deadline');
    answerLater(request, reply, deadlineExceeded);
  } else {
    metrics.countRejection('slow');
    answerProblem(request, reply.header('connection', 'close'), 408, TOO_SLOW_TO_ARRIVE);
  }
  // What comes after all goes nowhere. Fastify would log the address with it, in which a key may stand. No hook of onSend waits
  // for anything outside of the process, so that an answer that was begun has its head out, and is not met here half made.
  reply.send = () => reply;
}
