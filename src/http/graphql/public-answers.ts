import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LEAST_CHARGE } from '../../graphql/charge-operation.js';
import type { Services } from '../../graphql/context.js';
import { observeAnswered } from '../../graphql/observe-operations.js';
import type { PublicAnswer } from '../../graphql/public-operation.js';
import { charge, lengthPoints } from '../charging.js';
import { isKnown, tagOf } from '../entity-tag.js';
import type { ObservationServices } from '../observe-requests.js';
import { AnswerStore, type KeptAnswer } from './answer-store.js';

/**
 * For how long a copy of what is public is good, in seconds: a test that is published anew is seen by all within this time,
 * and answers to the edition before are taken for much longer.
 */
export const PUBLIC_MAX_AGE = 60;

declare module 'fastify' {
  interface FastifyRequest {
    /** What is known of the answer of Apollo Server when it is the same for everybody; else null. */
    publicAnswer: PublicAnswer | null;
    /** The published tests when it was asked for. */
    editionAsked: unknown;
  }
}

/**
 * Answers operations that ask for tests alone with what the same request was answered before, until another test is
 * published; copies of such answers may be kept, and are told from older ones by their `ETag`.
 */
export function addPublicAnswers(scope: FastifyInstance, services: Services & ObservationServices): void {
  const store = new AnswerStore();
  scope.decorateRequest('publicAnswer', null);
  scope.decorateRequest('editionAsked', null);
  const answer = async (request: FastifyRequest, reply: FastifyReply, kept: KeptAnswer): Promise<FastifyReply> => {
    await charge(request, reply, request.debtor!, Math.max(kept.cost ?? 0, LEAST_CHARGE, lengthPoints(request)));
    observeAnswered(services, request.facts, kept);
    return answered(request, reply.type(kept.type), kept).send(kept.body);
  };
  scope.addHook('preHandler', (request, reply, done) => {
    request.editionAsked = services.catalogue.tests;
    const kept = store.get(request.editionAsked, nameOf(request));
    if (kept) answer(request, reply, kept).catch(done);
    else done();
  });
  scope.addHook('onSend', (request, reply, payload, done) => {
    const { publicAnswer } = request;
    // Apollo Server refuses an answer in a media type that it has not, once all is done.
    if (!publicAnswer || typeof payload !== 'string' || reply.statusCode !== 200) return done();
    const body = bytesOf(payload);
    const kept = { ...publicAnswer, body, etag: tagOf(body), type: String(reply.getHeader('content-type')) };
    store.set(request.editionAsked, nameOf(request), kept);
    answered(request, reply, kept);
    done(null, body);
  });
}

/** All of a request on which the answer depends. */
function nameOf({ method, bodyText, url, headers: { accept = '' } }: FastifyRequest): string {
  return `${method} ${accept}\n${method === 'POST' ? bodyText : url}`;
}

/** In memory of their own: small buffers are parts of large ones, which live as long as any of their parts. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}

/** Says how long a copy is good. Who signed has it for itself: other headers tell of its budget. */
function answered({ method, headers }: FastifyRequest, reply: FastifyReply, { etag }: KeptAnswer): FastifyReply {
  const whose = headers.authorization === undefined ? 'public' : 'private';
  // The media type is chosen by what the reader takes.
  void reply.headers({ etag, 'cache-control': `${whose}, max-age=${PUBLIC_MAX_AGE}`, 'vary': 'accept' });
  // Of a POST the header says something else.
  return method === 'GET' && isKnown(headers['if-none-match'], etag) ? reply.code(304) : reply;
}
