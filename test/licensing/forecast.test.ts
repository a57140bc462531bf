import { describe, expect, it } from '@jest/globals';
import { exhaustedAt, PaymentPolicy } from '../../src/licensing/index.js';
import { lastTwelveMonths } from '../../src/kernel/period.js';
import { paceDays } from '../../src/licensing/usage-periods.js';

const NOW = new Date('2026-03-10T12:00:00.000Z');
const prepaid = (limit: number, issued: number, overdraft = 0) => ({ paymentPolicy: PaymentPolicy.PREPAID, limit, overdraft, issued });
const postpaid = { paymentPolicy: PaymentPolicy.POSTPAID, limit: null, overdraft: 0, issued: 5 };

describe('the limit will be reached', () => {
  it.each([
    ['in as many days as licenses remain, at one a day', prepaid(40, 30), { issued: 30, days: 30 }, '2026-03-20T12:00:00.000Z'],
    ['to the millisecond', prepaid(31, 30), { issued: 7, days: 30 }, '2026-03-14T18:51:25.714Z'],
    ['within the day at a high pace', prepaid(124, 100), { issued: 100, days: 1 }, '2026-03-10T17:45:36.000Z'],
    ['by the pace of the few days since registration', prepaid(10, 4), { issued: 4, days: 2 }, '2026-03-13T12:00:00.000Z'],
    ['without the overdraft', prepaid(40, 30, 1_000), { issued: 30, days: 30 }, '2026-03-20T12:00:00.000Z'],
    ['now when nothing remains', prepaid(30, 30), { issued: 30, days: 30 }, NOW.toISOString()],
    ['now while the overdraft is used', prepaid(30, 31, 5), { issued: 1, days: 30 }, NOW.toISOString()],
    ['now when nothing remains, though there is no pace', prepaid(30, 30), { issued: 0, days: 30 }, NOW.toISOString()],
    ['now without any license', prepaid(0, 0), { issued: 0, days: 1 }, NOW.toISOString()],
    ['never for a postpaid client', postpaid, { issued: 30, days: 30 }, null],
    ['never without a pace', prepaid(40, 30), { issued: 0, days: 30 }, null],
    ['in a hundred years', prepaid(36_525, 0), { issued: 1, days: 1 }, '2126-03-11T12:00:00.000Z'],
    ['never when that is more than a hundred years ahead', prepaid(36_526, 0), { issued: 1, days: 1 }, null],
    ['never at the largest limit and the slowest pace', prepaid(1_000_000_000, 0), { issued: 1, days: 30 }, null],
  ])('%s', (_, account, pace, expected) => {
    expect(exhaustedAt(account, pace, NOW)?.toISOString() ?? null).toBe(expected);
  });
});

describe('the days that tell the pace', () => {
  it.each([
    ['are thirty with today', '2026-03-10', '2020-01-01', '2026-02-09'],
    ['are thirty of a client that registered thirty days ago', '2026-03-10', '2026-02-08', '2026-02-09'],
    ['begin with the registration of a later one', '2026-03-10', '2026-02-10', '2026-02-10'],
    ['are one of a client that registered today', '2026-03-10', '2026-03-10', '2026-03-10'],
  ])('%s', (_, today, registered, from) => {
    expect(paceDays(today, registered)).toEqual({ from, to: today });
  });
});

describe('the last twelve months', () => {
  it.each([
    ['2026-03-10', '2025-04-01'],
    ['2026-11-30', '2025-12-01'],
    ['2026-12-01', '2026-01-01'],
    ['2026-12-31', '2026-01-01'],
    ['2024-02-29', '2023-03-01'],
    ['2025-01-31', '2024-02-01'],
  ])('until %s begin on %s', (today, from) => {
    expect(lastTwelveMonths(today)).toEqual({ from, to: today });
  });
});
