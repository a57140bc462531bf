import type { LicenseAccount } from './payment-policy.js';

/** How far ahead a forecast is told, in years. */
export const HORIZON_YEARS = 100;

const DAY_MS = 86_400_000;
const HORIZON_MS = HORIZON_YEARS * 365.25 * DAY_MS;

/** How many licenses some days saw. */
export interface Pace {
  readonly issued: number;
  /** At least 1. */
  readonly days: number;
}

/**
 * When a client will have issued all licenses that are paid for, if it goes on at a pace; `now` when it has. The
 * overdraft is not paid for. Null for a postpaid client, without any pace, and when nobody living would see it.
 */
export function exhaustedAt({ limit, issued }: LicenseAccount, pace: Pace, now: Date): Date | null {
  if (limit === null) return null;
  const remaining = limit - issued;
  if (remaining <= 0) return now;
  // Infinite without a pace.
  const ahead = (remaining * pace.days * DAY_MS) / pace.issued;
  return ahead <= HORIZON_MS ? new Date(now.getTime() + Math.round(ahead)) : null;
}
