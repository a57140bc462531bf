import type { FastifyReply, FastifyRequest } from 'fastify';
import { ErrorCode } from '../graphql/errors.js';

/** Answers a request that is not served, in the shape in which GraphQL tells errors. */
export function answerProblem(request: FastifyRequest, reply: FastifyReply, status: number, message: string): FastifyReply {
  const code = status < 500 ? ErrorCode.BAD_USER_INPUT : ErrorCode.INTERNAL_SERVER_ERROR;
  return reply.code(status).header('x-request-id', request.id).send({ errors: [{ message, extensions: { code, requestId: request.id } }] });
}
