import type { FastifyReply, FastifyRequest } from 'fastify';
import { ErrorCode } from '../graphql/errors.js';
import { answerRestError, isRestUrl } from './rest/rest-error.js';

/** Answers a request that is not served, in the shape in which GraphQL or, at its addresses, the REST API tells errors. */
export function answerProblem(request: FastifyRequest, reply: FastifyReply, status: number, message: string): FastifyReply {
  reply.header('x-request-id', request.id);
  if (isRestUrl(request.url)) return answerRestError(reply, status, message);
  const extensions = { code: codeOf(status), requestId: request.id };
  return reply.code(status).send({ errors: [{ message, extensions }] });
}

function codeOf(status: number): ErrorCode {
  switch (status) {
    case 401: return ErrorCode.UNAUTHENTICATED;
    case 403: return ErrorCode.FORBIDDEN;
    case 503: return ErrorCode.RATE_LIMITED;
    default: return status < 500 ? ErrorCode.BAD_USER_INPUT : ErrorCode.INTERNAL_SERVER_ERROR;
  }
}
