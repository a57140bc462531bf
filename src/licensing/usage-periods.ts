import { daysAfter, type Period } from '../kernel/period.js';

/** How many days, today the last of them, tell the pace at which a client issues licenses. */
export const PACE_DAYS = 30;

/** Twelve calendar months, the last of them until today. */
export function lastTwelveMonths(today: string): Period {
  const [year, month] = today.split('-').map(Number) as [number, number];
  return { from: new Date(Date.UTC(year, month - 12)).toISOString().slice(0, 10), to: today };
}

/** The days that tell the pace; of a client that registered later, those since then. */
export function paceDays(today: string, registered: string): Period {
  const from = daysAfter(today, 1 - PACE_DAYS);
  return { from: registered > from ? registered : from, to: today };
}
