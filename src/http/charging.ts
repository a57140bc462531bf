import type { FastifyReply, FastifyRequest } from 'fastify';
import { LEAST_CHARGE } from '../graphql/charge-operation.js';
import { SAVE_COST } from '../graphql/cost.js';
import { MUTATION_COST } from '../graphql/limits/index.js';
import { withFacts } from '../observability/index.js';
import { headersOf, type Payer, RateLimited } from '../rate-limits/index.js';
import { atEnd } from './lifecycle/at-end.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who pays for a request that nobody has paid for when it ends; null for one that is paid, or free. */
    debtor: Payer | null;
    /** The length of its body in bytes, once that has arrived and if anything reads it; else null. */
    bodyBytes: number | null;
  }
}

/** What things cost whose work is always the same, in points as of the fields of GraphQL. */
export const COSTS = {
  /** A call of REST that reads. */
  call: LEAST_CHARGE,
  /** A call of REST that may write, as a mutation of GraphQL. */
  write: MUTATION_COST,
  /** A call of REST that saves answers, as in GraphQL. */
  save: SAVE_COST,
  /** A report for programs. */
  report: 100,
  /** What is composed: a page with a report or an invoice, a whole test for programs. */
  page: 500,
  /** A pdf, which is printed: the budget of an address pays for about as many as one thread prints. */
  pdf: 10_000,
  /** A request to GraphQL that was refused before its cost was known, beside its document: strange ones take long to refuse. */
  refused: 1_000,
} as const;

/** What a document costs by its extension, in points. */
export function documentCost(extension: string | undefined): number {
  switch (extension) {
    case 'pdf': return COSTS.pdf;
    case 'html': return COSTS.page;
    case 'json': return COSTS.report;
    default: return COSTS.call;
  }
}

/** How many bytes of a request cost a point: to read them takes its time, whatever they are, and some take much of it. */
const BYTES_A_POINT = 20;

/** How many bytes of address and headers cost nothing by themselves: those of browsers behind proxies have no more. */
const FREE_HEAD_BYTES = 3_000;

/** What a body costs that comes without its length, in points, until it has come. */
const CHUNKED_POINTS = 5_000;

/** What a request costs by its length, in points. */
export function lengthPoints({ raw: { url = '', rawHeaders }, headers, bodyBytes }: FastifyRequest): number {
  let head = url.length;
  for (const text of rawHeaders) head += text.length;
  const body = bodyBytes ?? Number(headers['content-length'] ?? 0);
  const chunked = headers['transfer-encoding'] !== undefined && bodyBytes === null;
  return Math.floor((Math.max(0, head - FREE_HEAD_BYTES) + body) / BYTES_A_POINT) + (chunked ? CHUNKED_POINTS : 0);
}

/**
 * Lets somebody pay for a request, and tells in headers how much they have left.
 *
 * @throws RateLimited when fewer points are left
 */
export function charge(request: FastifyRequest, reply: FastifyReply, payer: Payer, points: number): Promise<void> {
  request.debtor = null;
  return chargeMore(reply, payer, points);
}

/** The same for what is asked beside what the request costs by itself, whether that is paid or not. */
export async function chargeMore(reply: FastifyReply, payer: Payer, points: number): Promise<void> {
  const standing = await heedBudgets(reply, () => payer.charge(points));
  if (standing) reply.headers(headersOf(standing));
}

/** Does work for a request; when a budget refuses it, headers say until when. */
export async function heedBudgets<T>(reply: FastifyReply, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RateLimited) reply.headers({ ...headersOf(error.standing), 'retry-after': error.retryAfterSeconds });
    throw error;
  }
}

/** Takes points from who has not paid when the request ends: also when the caller hangs up. */
export function settleAtEnd(request: FastifyRequest, reply: FastifyReply, points: () => number): void {
  atEnd(reply, () => {
    const { debtor, facts, log } = request;
    const due = debtor ? points() : 0;
    if (due > 0) void withFacts(facts, async () => debtor?.note(due)).catch((error: unknown) => log.error(error));
  });
}
