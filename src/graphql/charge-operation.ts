import { RateLimited } from '../rate-limits/index.js';
import type { RequestContext } from './context.js';
import { rateLimited } from './errors.js';

/** What any request is charged at least, in points: to be read, answered and logged costs something too. */
export const LEAST_CHARGE = 50;

/** What a document costs that the server has not kept from another request, in points, and how much of its text costs one more. */
const NEW_DOCUMENT = 100;
const CHARACTERS_A_POINT = 4;

/** What to read and check a document costs, in points: all of it, whichever operation of it is run, and whatever that skips. */
export function documentPoints(text: string): number {
  return text === '' ? 0 : NEW_DOCUMENT + Math.floor(text.length / CHARACTERS_A_POINT);
}

/**
 * Takes the cost of an operation that is about to be run, and of its document if that is new, from the budget of the client
 * that signed the request, or else of the address. RATE_LIMITED when less is left: nothing is run then.
 *
 * @param cost in points; null when it is not known
 * @param text of the document
 */
export async function chargeOperation(
  { charge, isNewDocument }: Pick<RequestContext, 'charge' | 'isNewDocument'>, cost: number | null, text: string,
): Promise<void> {
  try {
    await charge(Math.max((cost ?? 0) + (isNewDocument ? documentPoints(text) : 0), LEAST_CHARGE));
  } catch (error) {
    throw error instanceof RateLimited ? rateLimited(error.message, error.retryAfterSeconds) : error;
  }
}
