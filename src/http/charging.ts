import type { FastifyReply, FastifyRequest } from 'fastify';
import { MUTATION_COST } from '../graphql/limits/index.js';
import { withFacts } from '../observability/index.js';
import { headersOf, type Payer, RateLimited } from '../rate-limits/index.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who pays for a request that nobody has paid for when its answer is sent; null for one that is paid, or free. */
    debtor: Payer | null;
  }
}

/** What things cost whose work is always the same, in points as of the fields of GraphQL. */
export const COSTS = {
  /** A call of REST that reads, or a page. */
  call: 10,
  /** A call of REST that may write, as a mutation of GraphQL. */
  write: MUTATION_COST,
  /** A pdf, which is printed. */
  pdf: 100,
  /** A request to GraphQL that was refused before its cost was known. */
  refused: 1,
} as const;

/**
 * Lets somebody pay for a request, and tells in headers how much they have left.
 *
 * @throws RateLimited when fewer points are left
 */
export async function charge(request: FastifyRequest, reply: FastifyReply, payer: Payer, points: number): Promise<void> {
  request.debtor = null;
  const standing = await heedBudgets(request, reply, () => payer.charge(points));
  if (standing) reply.headers(headersOf(standing));
}

/** Does work for a request; when a budget refuses it, headers say until when. */
export async function heedBudgets<T>({ facts }: FastifyRequest, reply: FastifyReply, work: () => Promise<T>): Promise<T> {
  try {
    return await withFacts(facts, work);
  } catch (error) {
    if (error instanceof RateLimited) reply.headers({ ...headersOf(error.standing), 'retry-after': error.retryAfterSeconds });
    throw error;
  }
}

/** Takes points from who has not paid when the answer is sent. */
export async function settle({ debtor, facts }: FastifyRequest, points: number): Promise<void> {
  await withFacts(facts, async () => debtor?.note(points));
}
