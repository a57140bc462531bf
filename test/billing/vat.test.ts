import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeOfVat, standardRate, vatIn } from '../../src/billing/vat.js';
import { dayIn } from '../../src/kernel/period.js';

describe('the standard rate', () => {
  it.each([
    ['2004-01-01', 18], ['2018-12-31', 18],
    ['2019-01-01', 20], ['2025-12-31', 20],
    ['2026-01-01', 22], ['2200-12-31', 22],
  ])('of %s is %i %%', (day, rate) => {
    expect(standardRate(day)).toBe(rate);
  });

  it('of a day before the first one that is known is not guessed', () => {
    expect(() => standardRate('2003-12-31')).toThrow('No rate of VAT is known for 2003-12-31.');
  });

  it.each([
    ['2025-12-31T20:59:59.999Z', 'Europe/Moscow', 20],
    ['2025-12-31T21:00:00.000Z', 'Europe/Moscow', 22],
    ['2025-12-31T14:00:00.000Z', 'Asia/Vladivostok', 22],
    ['2025-12-31T21:00:00.000Z', 'Europe/Kaliningrad', 20],
  ])('at %s in %s is %i %%', (moment, timeZone, rate) => {
    expect(standardRate(dayIn(timeZone, new Date(moment)))).toBe(rate);
  });
});

describe('a change of the rate', () => {
  it.each([
    ['2025-12-31', '2026-01-01', '2026-01-01'],
    ['2025-06-01', '2026-06-30', '2026-01-01'],
    ['2018-12-01', '2019-01-31', '2019-01-01'],
    ['2025-12-01', '2025-12-31', null],
    ['2026-01-01', '2026-12-31', null],
    ['2026-01-01', '2026-01-01', null],
  ])('from %s to %s is on %s', (from, to, day) => {
    expect(changeOfVat('standard', { from, to })).toBe(day);
    expect(changeOfVat('none', { from, to })).toBeNull();
  });
});

describe('the VAT that is included in a total', () => {
  it.each([
    [122_00, '2026-01-01', 22_00],
    [120_00, '2025-12-31', 20_00],
    [118_00, '2018-12-31', 18_00],
    [100, '2026-01-01', 18],
    [150_000, '2025-06-01', 25_000],
    [1, '2026-01-01', 0],
    // 2.5 rounds up: 15 * 20 / 120.
    [15, '2025-06-01', 3],
    [3, '2025-06-01', 1],
    [2, '2025-06-01', 0],
    [150_000, '2026-06-01', 27_049],
    // The largest invoice: a million licenses of a million roubles.
    [100_000_000_000_000, '2026-06-01', 18_032_786_885_246],
    [99_999_999_999_999, '2026-06-01', 18_032_786_885_246],
  ])('%i kopecks on %s is %i', (total, day, amount) => {
    expect(vatIn(total, 'standard', day)?.amount).toBe(amount);
  });

  it('is never further than half a kopeck from the exact share, whatever the total', () => {
    const totals = fc.integer({ min: 1, max: 100_000_000_000_000 });
    fc.assert(fc.property(totals, fc.constantFrom('2010-01-01', '2020-01-01', '2026-01-01'), (total, day) => {
      const { amount, rate } = vatIn(total, 'standard', day)!;
      const twice = 2n * (BigInt(amount) * BigInt(100 + rate) - BigInt(total) * BigInt(rate));
      expect(twice > -BigInt(100 + rate) && twice <= BigInt(100 + rate)).toBe(true);
    }));
  });

  it('is none for a seller who is exempt', () => {
    expect(vatIn(122_00, 'none', '2026-01-01')).toBeNull();
  });
});
