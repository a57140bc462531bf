import { RateLimited } from '../rate-limits/index.js';
import type { RequestContext } from './context.js';
import { rateLimited } from './errors.js';

/** What any request is charged at least, in points: to be read, answered and logged costs something too. */
export const LEAST_CHARGE = 50;

/**
 * Takes the cost of an operation that is about to be run from the budget of the client that signed the request, or else of
 * the address. RATE_LIMITED when less is left: nothing is run then.
 *
 * @param cost in points; null when it is not known
 */
export async function chargeOperation({ charge }: Pick<RequestContext, 'charge'>, cost: number | null): Promise<void> {
  try {
    await charge(Math.max(cost ?? 0, LEAST_CHARGE));
  } catch (error) {
    throw error instanceof RateLimited ? rateLimited(error.message, error.retryAfterSeconds) : error;
  }
}
