import { RateLimiterMemory } from 'rate-limiter-flexible';
import { type BudgetTerms, countedBy, type Counter, limiterOptions, type SharedPlace } from './counter.js';
import type { Standing } from './standing.js';

/** How much may be spent, and where that is counted. */
export interface BudgetOptions extends BudgetTerms {
  /** Where several processes count together; null to count in this process alone. */
  readonly place: SharedPlace | null;
}

/** Points that each key may spend in a window, which begins with the first of them. */
export class Budget {
  /** What this process knows by itself: all there is, or what it counts while the place for several processes fails. */
  private readonly memory: RateLimiterMemory;
  private readonly count: Counter;

  constructor(private readonly options: BudgetOptions) {
    const { place } = options;
    this.memory = new RateLimiterMemory(limiterOptions(options));
    this.count = place === null ? countedBy(this.memory) : place(options, this.memory);
  }

  /** Takes points and tells what is left, and whether that was too much. A key that is known to have nothing left is not counted elsewhere. */
  async take(key: string, points: number): Promise<Standing & { readonly exceeded: boolean }> {
    const known = this.isShared ? await this.known(key) : null;
    if (known?.remaining === 0) return { ...known, exceeded: true };
    const { remaining, msLeft, exceeded } = await this.count(key, points);
    if (this.isShared && remaining === 0) await this.noteSpent(key, msLeft);
    return { ...this.standingOf(remaining, msLeft), exceeded };
  }

  /** What this process knows of a key; null for a key of which it knows nothing. */
  async known(key: string): Promise<Standing | null> {
    const counted = await this.memory.get(key);
    return counted !== null && counted.msBeforeNext > 0 ? this.standingOf(counted.remainingPoints, counted.msBeforeNext) : null;
  }

  /** Learns that a key has nothing left for so many milliseconds. */
  async noteSpent(key: string, msLeft: number): Promise<void> {
    // Without an end it would stay.
    if (msLeft > 0) await this.memory.set(key, this.options.limit, msLeft / 1_000);
  }

  private get isShared(): boolean {
    return this.options.place !== null;
  }

  private standingOf(remaining: number, msLeft: number): Standing {
    const { name, limit, windowSeconds } = this.options;
    return { name, limit, windowSeconds, remaining, resetSeconds: Math.max(1, Math.ceil(msLeft / 1_000)) };
  }
}
