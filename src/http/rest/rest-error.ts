import type { FastifyReply } from 'fastify';

/** A refusal with the HTTP status and in the words that the documents of the REST API promise. */
export class RestError extends Error {
  constructor(readonly statusCode: number, message: string) {
    super(message);
  }
}

/** Answers with an error in the shape of the documents: `{"error":{"code":<status>,"message":"…"}}`. */
export function answerRestError(reply: FastifyReply, code: number, message: string): FastifyReply {
  return reply.code(code).type('application/json').send(JSON.stringify({ error: { code, message } }));
}

/** Whether an address belongs to the REST API, so that whatever is wrong is told in its shape. */
export function isRestUrl(url: string): boolean {
  return /^\/(?:en\/)?(?:partner|tests)(?:[/?]|$)/.test(url);
}
