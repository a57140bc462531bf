import type { FastifyError } from 'fastify';
import type { Metrics, RejectionReason } from '../observability/index.js';

/** A request that is turned away before any work; its sender is told the message. */
export class Refusal extends Error {
  /**
   * @param statusCode the HTTP status of the answer
   * @param reason under what it is counted
   */
  constructor(readonly statusCode: number, readonly reason: RejectionReason, message: string) {
    super(message);
  }
}

/** What Fastify turns away by itself. */
const reasons: Readonly<Record<string, RejectionReason>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_size',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media_type',
};

/** Counts an error with which a request ends before GraphQL is reached, if it is a refusal. */
export function countRefusal(metrics: Metrics, error: FastifyError | Refusal): void {
  const reason = error instanceof Refusal ? error.reason : reasons[error.code];
  if (reason !== undefined) metrics.countRejection(reason);
}
