/** What callers may spend per minute, and where it is counted. */
export interface RateLimitSettings {
  /** `memory` counts in each process for itself, `postgres` exactly over all processes of a database. */
  readonly store: 'memory' | 'postgres';
  /** Points of cost that a client may spend with its keys per minute; 0 for no limit. */
  readonly clientPoints: number;
  /** Points of cost that an address may spend without a key per minute; 0 for no limit. */
  readonly addressPoints: number;
  /** Keys that were no good, from one address per minute; 0 for no limit. */
  readonly failedKeys: number;
}
