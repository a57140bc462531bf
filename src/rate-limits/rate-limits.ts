import type { Sql } from '../database/index.js';
import { addressKey } from './address-key.js';
import { Budget } from './budget.js';
import type { RateLimitSettings } from './budgets.js';
import { Payer } from './payer.js';
import { postgresStore } from './postgres-store.js';
import type { BudgetName, RateLimited } from './standing.js';

/** For how long a budget is, in seconds. */
const WINDOW_SECONDS = 60;

/** What rate limits are made with. */
export interface RateLimitParts {
  readonly settings: RateLimitSettings;
  /** Where `postgres` counts. */
  readonly sql: Sql;
  /** Told of every refusal. */
  readonly onRefused: (refusal: RateLimited) => void;
  /** Told when the database begins to fail, so that each process counts for itself. */
  readonly onStoreFailure: (error: unknown) => void;
  /** How long a window is, in seconds; a minute but in tests. */
  readonly windowSeconds?: number;
}

/** Who may spend how much. */
export class RateLimits {
  private readonly budgets: Readonly<Record<BudgetName, Budget | null>>;

  constructor(private readonly parts: RateLimitParts) {
    const { settings, sql, onStoreFailure, windowSeconds = WINDOW_SECONDS } = parts;
    const store = settings.store === 'postgres' ? postgresStore(sql, onStoreFailure) : null;
    const budget = (name: BudgetName, limit: number): Budget | null =>
      limit === 0 ? null : new Budget({ name, limit, windowSeconds, store });
    this.budgets = {
      'client': budget('client', settings.clientPoints),
      'address': budget('address', settings.addressPoints),
      'failed-keys': budget('failed-keys', settings.failedKeys),
    };
  }

  /** The client by whose key a request was signed. */
  client(id: string): Payer {
    return this.payer('client', id);
  }

  /** The address that a request came from, for whoever is no client. */
  address(address: string | undefined): Payer {
    return this.payer('address', addressKey(address));
  }

  /** The same address, for keys that are no good: 1 point each. */
  failedKeys(address: string | undefined): Payer {
    return this.payer('failed-keys', addressKey(address));
  }

  private payer(name: BudgetName, key: string): Payer {
    return new Payer(this.budgets[name], key, this.parts.onRefused);
  }
}
