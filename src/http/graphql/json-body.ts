import { isUtf8 } from 'node:buffer';
import { MIMEType } from 'node:util';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../refusal.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The JSON that was sent, once it has arrived; null for a request without. */
    bodyText: string | null;
  }
}

/**
 * Lets a scope read JSON as it was sent or not at all: compressed bodies and bytes that are no UTF-8 are refused, where
 * Fastify would take the former for broken JSON and put other characters into the latter.
 */
export function readStrictJson(scope: FastifyInstance): void {
  scope.decorateRequest('bodyText', null);
  const parse = scope.getDefaultJsonParser('error', 'error');
  scope.addHook('onRequest', ({ headers }, reply, done) => {
    if ((headers['content-encoding'] ?? 'identity').toLowerCase() === 'identity') return done();
    // Nothing is unpacked here, so that nothing small becomes huge.
    void reply.header('accept-encoding', 'identity');
    done(new Refusal(415, 'media_type', 'Send the body as it is, without a content-encoding.'));
  });
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    request.bodyBytes = body.length;
    const problem = problemOf(request, body);
    if (problem) return done(problem);
    request.bodyText = body.toString();
    void parse(request, request.bodyText, done);
  });
}

function problemOf(request: FastifyRequest, body: Buffer): Refusal | null {
  if (charsetOf(request) !== 'utf-8') return new Refusal(415, 'media_type', 'Send JSON in UTF-8: no other charset is read.');
  return isUtf8(body) ? null : new Refusal(400, 'malformed', 'The request body is no valid UTF-8.');
}

function charsetOf({ headers: { 'content-type': type = '' } }: FastifyRequest): string {
  // As most write it.
  if (type === 'application/json') return 'utf-8';
  return (new MIMEType(type).params.get('charset') ?? 'utf-8').toLowerCase();
}
