import type { DatabaseConnection } from '../database/index.js';
import type { MetricsSnapshot } from '../observability/index.js';
import type { Charge, Count, Spent } from '../rate-limits/index.js';

/** What a worker needs to begin, beside the environment that it shares with the primary process. */
export interface Task {
  readonly connection: DatabaseConnection;
  /** Whether that is the embedded database. */
  readonly embedded: boolean;
  /** The most connections for requests. */
  readonly poolSize: number;
}

/** What workers ask of the primary process. */
export interface PrimaryCalls {
  /** Takes points from budgets of the whole server; one outcome a charge, in their order. */
  count(charges: readonly Charge[]): Promise<readonly Count[]>;
  /** The metrics of the whole server, in the text format of Prometheus. */
  metrics(): Promise<string>;
}

/** What the primary process asks of a worker. */
export interface WorkerCalls {
  /** Begins to serve, and gives where GraphQL answers. Comes first. */
  start(task: Task): Promise<string>;
  /** What the worker has counted. */
  metrics(): Promise<MetricsSnapshot>;
  /** Tells of a key that has nothing left of a budget. */
  spent(spent: Spent): Promise<void>;
  /** Ends the requests under way, then everything else of the worker; its process ends when the primary lets it go. */
  stop(): Promise<void>;
}
