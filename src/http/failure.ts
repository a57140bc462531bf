import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type ToldFailure, toldOutage } from '../graphql/errors.js';
import { RETRY_AFTER_SECONDS } from '../kernel/retry.js';
import { answerProblem } from './problem.js';
import { statusOf } from './refusal.js';

/** What requests are told that Fastify itself turns away. */
const told: Readonly<Record<string, string>> = {
  FST_ERR_BAD_URL: 'The address is not well written: percent-encode it as UTF-8.',
  FST_ERR_MAX_PARAM_LENGTH: 'A part of the address is too long: nothing here has such a name.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The request body is empty: send JSON with a "query".',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The request body is no valid JSON.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send the request as application/json.',
};

/** Answers a request that ended with an error before GraphQL or REST could tell it. */
export function answerFailure(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const interruption = answerInterruption(error, request, reply);
  if (interruption) return interruption;
  const status = statusOf(error);
  if (status === 413) return answerProblem(request, reply, status, tooLarge(request));
  if (status < 500) return answerProblem(request, reply, status, told[error.code] ?? error.message);
  request.log.error(error);
  return answerProblem(request, reply, 500, 'The server failed to answer this. Try again; if it fails again, tell us the request id.');
}

/** A body that comes without its length is read as far as the limit, so that nobody knows how large it is. */
function tooLarge({ headers, routeOptions: { bodyLimit } }: FastifyRequest): string {
  const length = headers['content-length'];
  return `The request body has ${length ?? 'too many'} bytes, at most ${bodyLimit} are read.`;
}

/**
 * Answers a request that was interrupted: by a database that was too slow or could not be reached with 503, or by its sender,
 * who hung up before it had arrived and hears nothing. Null for every other failure.
 */
export function answerInterruption(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply | null {
  if (request.raw.destroyed && !request.raw.complete) return reply.code(400).send();
  const outage = toldOutage(error);
  if (outage === null) return null;
  request.log.error(error);
  return answerLater(request, reply, outage);
}

/** Answers a request that could not be done now with 503, and with when to try again. */
export function answerLater(request: FastifyRequest, reply: FastifyReply, { code, message }: ToldFailure): FastifyReply {
  return answerProblem(request, reply.header('retry-after', RETRY_AFTER_SECONDS), 503, message, code);
}
