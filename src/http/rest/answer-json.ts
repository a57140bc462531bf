import type { FastifyReply } from 'fastify';
import { type PhpValue, phpJson } from './php-json.js';

/** Answers with JSON as the platform told it. */
export function answerJson(reply: FastifyReply, value: PhpValue): FastifyReply {
  return reply.type('application/json').send(phpJson(value));
}
