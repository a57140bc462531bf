import type { Sql } from '../database/index.js';
import { addressKey } from './address-key.js';
import { Budget } from './budget.js';
import { limitsOf, type RateLimitSettings, WINDOW_SECONDS } from './budgets.js';
import type { Count, SharedPlace } from './counter.js';
import { inOneProcess } from './in-one-process.js';
import { inPostgres } from './in-postgres.js';
import { Payer } from './payer.js';
import type { Charge, Spent } from './server-budgets.js';
import type { BudgetName, RateLimited } from './standing.js';

/** What rate limits are made with. */
export interface RateLimitParts {
  readonly settings: RateLimitSettings;
  /** Where `postgres` counts. */
  readonly sql: Sql;
  /** Has a charge counted by the process that does so for all of this server, with `memory`; null, or left out, where this process is all. */
  readonly countForServer?: ((charge: Charge) => Promise<Count>) | null;
  /** Told of every refusal. */
  readonly onRefused: (refusal: RateLimited) => void;
  /** Told when it begins to fail to count for several processes, so that each counts for itself. */
  readonly onStoreFailure: (error: unknown) => void;
  /** How long a window is, in seconds; a minute but in tests. */
  readonly windowSeconds?: number;
}

/** Who may spend how much. */
export class RateLimits {
  private readonly budgets: Readonly<Record<BudgetName, Budget | null>>;

  constructor(private readonly parts: RateLimitParts) {
    const { settings, windowSeconds = WINDOW_SECONDS } = parts;
    const place = placeOf(parts);
    const limits = limitsOf(settings);
    const budget = (name: BudgetName): Budget | null =>
      limits[name] === 0 ? null : new Budget({ name, limit: limits[name], windowSeconds, place });
    this.budgets = { 'client': budget('client'), 'address': budget('address'), 'failed-keys': budget('failed-keys') };
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

  /** Learns of a key that has spent its budget at other processes. */
  async noteSpent({ name, key, msLeft }: Spent): Promise<void> {
    await this.budgets[name]?.noteSpent(key, msLeft);
  }

  private payer(name: BudgetName, key: string): Payer {
    return new Payer(this.budgets[name], key, this.parts.onRefused);
  }
}

function placeOf({ settings, sql, countForServer = null, onStoreFailure }: RateLimitParts): SharedPlace | null {
  if (settings.store === 'postgres') return inPostgres(sql, onStoreFailure);
  return countForServer && inOneProcess(countForServer, onStoreFailure);
}
