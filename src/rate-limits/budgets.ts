/** What callers may spend in a minute, and where it is counted. */
export interface RateLimitSettings {
  /** `memory` counts in each process for itself, `postgres` exactly over all processes of a database. */
  readonly store: 'memory' | 'postgres';
  /** Points of cost that a client may spend with its keys; 0 for no limit. */
  readonly clientPoints: number;
  /** Points of cost that an address may spend without a key; 0 for no limit. */
  readonly addressPoints: number;
  /** Keys that were no good, from one address; 0 for no limit. */
  readonly failedAuthentications: number;
}
