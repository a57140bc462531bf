import { daysAfter, type Period } from '../kernel/period.js';

/** How many days, today the last of them, tell the pace at which a client issues licenses. */
export const PACE_DAYS = 30;

/** The days that tell the pace; of a client that registered later, those since then. */
export function paceDays(today: string, registered: string): Period {
  const from = daysAfter(today, 1 - PACE_DAYS);
  return { from: registered > from ? registered : from, to: today };
}
