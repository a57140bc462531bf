import type { FastifyReply, FastifyRequest } from 'fastify';
import { ErrorCode } from '../graphql/errors.js';

/**
 * Answers a request that is not served, in the shape in which GraphQL or, at its addresses, the REST API tells errors.
 *
 * @param code what GraphQL calls it, where the status alone does not tell
 */
export function answerProblem(
  request: FastifyRequest, reply: FastifyReply, status: number, message: string, code = codeOf(status),
): FastifyReply {
  reply.header('x-request-id', request.id);
  if (isRestUrl(request.url)) return answerRestError(reply, status, message, code);
  const retryAfter = reply.getHeader('retry-after');
  const extensions = {
    code, ...(retryAfter !== undefined && { retryAfterSeconds: Number(retryAfter) }), requestId: request.id,
  };
  request.noteProblem(code);
  return reply.code(status).send({ errors: [{ message, extensions }] });
}

/**
 * Answers with an error in the shape of the REST documents: `{"error":{"code":<status>,"message":"…"}}`.
 *
 * @param problem what GraphQL calls it, under which it is counted and logged: the answer does not tell
 */
export function answerRestError(reply: FastifyReply, code: number, message: string, problem = codeOf(code)): FastifyReply {
  reply.request.noteProblem(problem);
  return reply.code(code).type('application/json').send(JSON.stringify({ error: { code, message } }));
}

/** Whether an address is meant for the REST API, also when it is not well written: whatever is wrong is told in its shape. */
function isRestUrl(url: string): boolean {
  return /^\/+(?:en\/+)*(?:partner|tests)(?:[/?]|$)/i.test(url);
}

function codeOf(status: number): ErrorCode {
  switch (status) {
    case 401: return ErrorCode.UNAUTHENTICATED;
    case 403: return ErrorCode.FORBIDDEN;
    case 429: return ErrorCode.RATE_LIMITED;
    default: return status < 500 ? ErrorCode.BAD_USER_INPUT : ErrorCode.INTERNAL_SERVER_ERROR;
  }
}
