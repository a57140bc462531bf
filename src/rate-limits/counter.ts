import { type RateLimiterAbstract, type RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { BudgetName } from './standing.js';

/** How much may be spent of a budget. */
export interface BudgetTerms {
  readonly name: BudgetName;
  /** Points in a window. */
  readonly limit: number;
  readonly windowSeconds: number;
}

/** What is known of a key after points were taken. */
export interface Count {
  /** Points that were taken in this window, refused ones as well. */
  readonly taken: number;
  /** Points that are left of this window, at least 0. */
  readonly remaining: number;
  /** When the window ends, in milliseconds from now. */
  readonly msLeft: number;
  /** Whether fewer points were left than were taken. */
  readonly exceeded: boolean;
}

/** Takes points of a key. */
export type Counter = (key: string, points: number) => Promise<Count>;

/** Where several processes count one budget together; while that fails, `own` counts for this process alone. */
export type SharedPlace = (terms: BudgetTerms, own: RateLimiterMemory) => Counter;

/** The terms as the library takes them. */
export function limiterOptions({ name, limit, windowSeconds }: BudgetTerms) {
  return { keyPrefix: name, points: limit, duration: windowSeconds };
}

/** Counts as the library does. */
export function countedBy(limiter: RateLimiterAbstract): Counter {
  return async (key, points) => {
    try {
      return countOf(await limiter.consume(key, points), false);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return countOf(refusal, true);
    }
  };
}

function countOf({ consumedPoints, remainingPoints, msBeforeNext }: RateLimiterRes, exceeded: boolean): Count {
  return { taken: consumedPoints, remaining: remainingPoints, msLeft: msBeforeNext, exceeded };
}
