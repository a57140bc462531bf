import { RateLimiterMemory } from 'rate-limiter-flexible';
import { limitsOf, type RateLimitSettings, WINDOW_SECONDS } from './budgets.js';
import { type Count, countedBy, type Counter, limiterOptions } from './counter.js';
import type { BudgetName } from './standing.js';

/** Points that one process of a server takes from a budget of all. */
export interface Charge {
  readonly name: BudgetName;
  readonly key: string;
  readonly points: number;
}

/** A key that has nothing left. */
export interface Spent {
  readonly name: BudgetName;
  readonly key: string;
  /** When it has again, in milliseconds from now. */
  readonly msLeft: number;
}

/** The budgets of a server of several processes, counted in one of them. */
export class ServerBudgets {
  private readonly limits: Readonly<Record<BudgetName, number>>;
  private readonly counters: Readonly<Record<BudgetName, Counter>>;

  /** `onSpent` hears, once a window, of each key that has nothing left: who only checks asks nobody. */
  constructor(settings: RateLimitSettings, private readonly onSpent: (spent: Spent) => void) {
    this.limits = limitsOf(settings);
    const counter = (name: BudgetName): Counter =>
      countedBy(new RateLimiterMemory(limiterOptions({ name, limit: this.limits[name], windowSeconds: WINDOW_SECONDS })));
    this.counters = { 'client': counter('client'), 'address': counter('address'), 'failed-keys': counter('failed-keys') };
  }

  /** Takes points. */
  async take({ name, key, points }: Charge): Promise<Count> {
    const count = await this.counters[name](key, points);
    const before = count.taken - points;
    if (count.remaining === 0 && before < this.limits[name]) this.onSpent({ name, key, msLeft: count.msLeft });
    return count;
  }
}
