import type { BudgetName } from './standing.js';

/** For how long a budget is, in seconds. */
export const WINDOW_SECONDS = 60;

/** What callers may spend per minute, and where it is counted. */
export interface RateLimitSettings {
  /** `memory` counts for each server by itself, `postgres` exactly over all servers of a database. */
  readonly store: 'memory' | 'postgres';
  /** Points of cost that a client may spend with its keys per minute; 0 for no limit. */
  readonly clientPoints: number;
  /** Points of cost that an address may spend without a key per minute; 0 for no limit. */
  readonly addressPoints: number;
  /** Keys that were no good, from one address per minute; 0 for no limit. */
  readonly failedKeys: number;
}

/** Points of each budget a minute; 0 for no limit. */
export function limitsOf({ clientPoints, addressPoints, failedKeys }: RateLimitSettings): Readonly<Record<BudgetName, number>> {
  return { 'client': clientPoints, 'address': addressPoints, 'failed-keys': failedKeys };
}
