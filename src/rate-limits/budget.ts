import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { StoreClient } from './postgres-store.js';
import type { BudgetName, Standing } from './standing.js';

/** How much may be spent, and where that is counted. */
export interface BudgetOptions {
  readonly name: BudgetName;
  /** Points in a window, at least 1. */
  readonly limit: number;
  readonly windowSeconds: number;
  /** The database that counts for all processes; null to count in this process. */
  readonly store: StoreClient | null;
}

/** Points that each key may spend in a window, which begins with the first of them. */
export class Budget {
  /** What this process knows by itself: all there is, or what it counts while the database fails. */
  private readonly memory: RateLimiterMemory;
  private readonly counter: RateLimiterAbstract;

  constructor(private readonly options: BudgetOptions) {
    const { name, limit, windowSeconds, store } = options;
    const common = { keyPrefix: name, points: limit, duration: windowSeconds };
    this.memory = new RateLimiterMemory(common);
    this.counter = store === null
      ? this.memory
      : new RateLimiterPostgres({
          ...common, storeClient: store, storeType: 'pool', tableName: 'rate_limit', tableCreated: true,
          clearExpiredByTimeout: false, insuranceLimiter: this.memory,
        });
  }

  /** Takes points and tells what is left, and whether that was too much. A key that is known to have nothing left costs no query. */
  async take(key: string, points: number): Promise<Standing & { readonly exceeded: boolean }> {
    const known = this.counter === this.memory ? null : await this.known(key);
    if (known?.remaining === 0) return { ...known, exceeded: true };
    const { counted, exceeded } = await this.consume(key, points);
    const standing = this.standingOf(counted);
    // Without an end it would stay.
    if (standing.remaining === 0 && this.counter !== this.memory && counted.msBeforeNext > 0) {
      await this.memory.set(key, this.options.limit, counted.msBeforeNext / 1_000);
    }
    return { ...standing, exceeded };
  }

  /** What this process knows of a key; null for a key of which it knows nothing. */
  async known(key: string): Promise<Standing | null> {
    const counted = await this.memory.get(key);
    return counted !== null && counted.msBeforeNext > 0 ? this.standingOf(counted) : null;
  }

  private async consume(key: string, points: number): Promise<{ readonly counted: RateLimiterRes; readonly exceeded: boolean }> {
    try {
      return { counted: await this.counter.consume(key, points), exceeded: false };
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return { counted: refusal, exceeded: true };
    }
  }

  private standingOf({ remainingPoints, msBeforeNext }: RateLimiterRes): Standing {
    const { name, limit, windowSeconds } = this.options;
    return {
      name, limit, windowSeconds, remaining: remainingPoints, resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1_000)),
    };
  }
}
