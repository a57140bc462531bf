import { InputError } from './input-error.js';

/** Some days in a row, the first and the last included, as ISO dates (`2026-11-01`). In whose time zone is told beside. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** The most days of a period. */
export const PERIOD_DAYS = 400;
/** Days that every calendar here knows. */
const FIRST_DAY = '2000-01-01';
const LAST_DAY = '2200-12-31';

const DAY_MS = 86_400_000;

/** A period that may be asked for; an `InputError` tells what is wrong with any other. */
export function checkedPeriod(from: string, to: string): Period {
  for (const day of [from, to]) if (!isDay(day)) throw new InputError(`"${day}" is no day from ${FIRST_DAY} to ${LAST_DAY}.`);
  if (from > to) throw new InputError(`The period is reversed: it begins on ${from} and ends on ${to}.`);
  const days = daysBetween(from, to) + 1;
  if (days > PERIOD_DAYS) throw new InputError(`The period has ${days} days; at most ${PERIOD_DAYS} are allowed.`);
  return { from, to };
}

/** By time zone, of which there are some hundreds: each takes long to make. */
const calendars = new Map<string, Intl.DateTimeFormat>();

/** The day on which a moment falls in a time zone, as an ISO date. */
export function dayIn(timeZone: string, moment: Date): string {
  const { year, month, day } = Object.fromEntries(
    calendarOf(timeZone).formatToParts(moment).map(({ type, value }) => [type, value]),
  );
  return `${year}-${month}-${day}`;
}

function calendarOf(timeZone: string): Intl.DateTimeFormat {
  const known = calendars.get(timeZone);
  if (known) return known;
  const calendar = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  calendars.set(timeZone, calendar);
  return calendar;
}

/** A day some days later, or earlier for a negative number. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Twelve calendar months, the last of them until today. */
export function lastTwelveMonths(today: string): Period {
  const [year, month] = today.split('-').map(Number) as [number, number];
  return { from: new Date(Date.UTC(year, month - 12)).toISOString().slice(0, 10), to: today };
}

/** How many days lie from one day to another. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < FIRST_DAY || text > LAST_DAY) return false;
  return !Number.isNaN(Date.parse(text)) && daysAfter(text, 0) === text;
}
