import type { FastifyError } from 'fastify';
import { ForeignPage } from '../clients/index.js';
import type { Metrics, RejectionReason } from '../observability/index.js';
import { RateLimited } from '../rate-limits/index.js';

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
  FST_ERR_BAD_URL: 'malformed',
  FST_ERR_MAX_PARAM_LENGTH: 'malformed',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_size',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media_type',
};

/** The HTTP status with which an error is told: where it knows none itself, it is ours. */
export function statusOf(error: Error & { readonly statusCode?: number | undefined }): number {
  if (error instanceof ForeignPage) return 403;
  if (error instanceof RateLimited) return 429;
  return error.statusCode ?? 500;
}

/** Counts an error with which a request ends before GraphQL is reached, or a call of REST, if it is a refusal. */
export function countRefusal(metrics: Metrics, error: FastifyError | Refusal | ForeignPage): void {
  const reason = reasonOf(error);
  if (reason !== undefined) metrics.countRejection(reason);
}

function reasonOf(error: FastifyError | Refusal | ForeignPage): RejectionReason | undefined {
  if (error instanceof Refusal) return error.reason;
  return error instanceof ForeignPage ? 'origin' : reasons[error.code];
}
