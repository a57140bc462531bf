/** Whose budget it is: that of a client, of an address, or of the keys from an address that were no good. */
export type BudgetName = 'client' | 'address' | 'failed-keys';

/** How much of a budget is left. */
export interface Standing {
  readonly name: BudgetName;
  /** Points that may be spent in a window. */
  readonly limit: number;
  /** The length of a window, in seconds. */
  readonly windowSeconds: number;
  /** Points that are left of this window, at least 0. */
  readonly remaining: number;
  /** When the next window begins, in whole seconds from now, at least 1. */
  readonly resetSeconds: number;
}

const advice: Readonly<Record<BudgetName, (standing: Standing) => string>> = {
  'client': ({ limit }) => `This client has spent its ${limit} points of cost a minute: ask for less, or less often.`,
  'address': ({ limit }) => `This address has spent its ${limit} points of cost a minute: ask less often, or sign with a client key, ` +
    'which has a budget of its own.',
  'failed-keys': () => 'Too many wrong keys came from this address, so that no key from there is looked at now: check the key.',
};

/** A budget is spent: whatever was asked for is not done. The message says what to do. */
export class RateLimited extends Error {
  constructor(readonly standing: Standing) {
    super(`${advice[standing.name](standing)} Try again in ${standing.resetSeconds} s.`);
  }

  /** When to try again, in whole seconds, at least 1. */
  get retryAfterSeconds(): number {
    return this.standing.resetSeconds;
  }
}

/** The headers `RateLimit-Policy` and `RateLimit`, as draft-ietf-httpapi-ratelimit-headers has had them since its 9th edition. */
export function headersOf({ name, limit, windowSeconds, remaining, resetSeconds }: Standing): Record<string, string> {
  return {
    'ratelimit-policy': `"${name}";q=${limit};w=${windowSeconds}`,
    'ratelimit': `"${name}";r=${remaining};t=${resetSeconds}`,
  };
}
