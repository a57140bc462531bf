import { describe, expect, it } from '@jest/globals';
import { InputError } from '../../src/kernel/input-error.js';
import { checkedPeriod, dayIn, daysAfter, daysBetween, PERIOD_DAYS } from '../../src/kernel/period.js';

describe('a period', () => {
  it.each([
    ['of a day', '2026-11-22', '2026-11-22'],
    ['with the last day of February', '2024-02-29', '2024-03-01'],
    ['of the most days', '2026-01-01', daysAfter('2026-01-01', PERIOD_DAYS - 1)],
    ['at the beginning', '2000-01-01', '2000-01-02'],
    ['at the end', '2200-12-30', '2200-12-31'],
  ])('%s may be asked for: %s to %s', (_what, from, to) => {
    expect(checkedPeriod(from, to)).toEqual({ from, to });
  });

  it.each([
    ['reversed', '2026-11-23', '2026-11-22', 'The period is reversed: it begins on 2026-11-23 and ends on 2026-11-22.'],
    ['too long', '2026-01-01', daysAfter('2026-01-01', PERIOD_DAYS), 'The period has 401 days; at most 400 are allowed.'],
    ['of days that are none', '2026-02-29', '2026-03-01', '"2026-02-29" is no day from 2000-01-01 to 2200-12-31.'],
    ['with a month that is none', '2026-11-01', '2026-13-01', '"2026-13-01" is no day from 2000-01-01 to 2200-12-31.'],
    ['too early', '1999-12-31', '2000-01-01', '"1999-12-31" is no day from 2000-01-01 to 2200-12-31.'],
    ['too late', '2200-12-31', '2201-01-01', '"2201-01-01" is no day from 2000-01-01 to 2200-12-31.'],
    ['of moments', '2026-11-22T00:00:00Z', '2026-11-23', '"2026-11-22T00:00:00Z" is no day from 2000-01-01 to 2200-12-31.'],
    ['of another calendar', '22.11.2026', '23.11.2026', '"22.11.2026" is no day from 2000-01-01 to 2200-12-31.'],
    ['of nothing', '', '', '"" is no day from 2000-01-01 to 2200-12-31.'],
  ])('is refused when it is %s', (_what, from, to, message) => {
    expect(() => checkedPeriod(from, to)).toThrow(new InputError(message));
  });
});

describe('the day of a moment', () => {
  it.each([
    ['2026-11-22T20:59:59.999Z', 'Europe/Moscow', '2026-11-22'],
    ['2026-11-22T21:00:00.000Z', 'Europe/Moscow', '2026-11-23'],
    ['2026-01-01T04:59:59.999Z', 'America/New_York', '2025-12-31'],
    ['2026-07-01T04:00:00.000Z', 'America/New_York', '2026-07-01'],
    ['2026-12-31T10:00:00.000Z', 'Pacific/Kiritimati', '2027-01-01'],
    ['2026-12-31T23:59:59.999Z', 'UTC', '2026-12-31'],
  ])('%s in %s is %s', (moment, timeZone, day) => {
    expect(dayIn(timeZone, new Date(moment))).toBe(day);
  });
});

describe('days', () => {
  it.each([
    ['2026-11-22', 0, '2026-11-22'], ['2026-11-30', 1, '2026-12-01'], ['2026-12-31', 1, '2027-01-01'],
    ['2024-02-28', 1, '2024-02-29'], ['2026-03-01', -1, '2026-02-28'], ['2026-01-01', 365, '2027-01-01'],
    // Clocks of many countries are set between these days.
    ['2026-03-28', 2, '2026-03-30'],
  ])('after %s, %i of them: %s', (from, days, to) => {
    expect(daysAfter(from, days)).toBe(to);
    expect(daysBetween(from, to)).toBe(days);
  });
});
