import { describe, expect, it } from '@jest/globals';
import { amountInWords, shownAmount, shownDate, shownDay, shownNumber } from '../../../src/billing/document/format.js';

/** A text with plain spaces instead of those that do not break. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('an amount', () => {
  it.each([
    [1, '0,01', 'Ноль рублей 01 копейка'],
    [99, '0,99', 'Ноль рублей 99 копеек'],
    [100, '1,00', 'Один рубль 00 копеек'],
    [202, '2,02', 'Два рубля 02 копейки'],
    [505, '5,05', 'Пять рублей 05 копеек'],
    [1111, '11,11', 'Одиннадцать рублей 11 копеек'],
    [2121, '21,21', 'Двадцать один рубль 21 копейка'],
    [150_000, '1 500,00', 'Одна тысяча пятьсот рублей 00 копеек'],
    [200_210, '2 002,10', 'Две тысячи два рубля 10 копеек'],
    [100_000_000, '1 000 000,00', 'Один миллион рублей 00 копеек'],
    [100_000_000_000_000, '1 000 000 000 000,00', 'Один триллион рублей 00 копеек'],
    [99_999_999_999_999, '999 999 999 999,99', 'Девятьсот девяносто девять миллиардов девятьсот девяносто девять миллионов '
      + 'девятьсот девяносто девять тысяч девятьсот девяносто девять рублей 99 копеек'],
  ])('of %i kopecks is %s, %s', (kopecks, digits, words) => {
    expect([plain(shownAmount(kopecks)), amountInWords(kopecks)]).toEqual([digits, words]);
  });

  it('is not parted by the end of a line', () => {
    expect(shownAmount(123_456_789)).not.toContain(' ');
    expect(shownNumber(1_234_567)).not.toContain(' ');
    expect(plain(shownNumber(1_234_567))).toBe('1 234 567');
  });
});

describe('a date', () => {
  it.each([
    ['2026-11-22T20:59:59.999Z', 'Europe/Moscow', '22 ноября 2026 г.', '22.11.2026'],
    ['2026-11-22T21:00:00.000Z', 'Europe/Moscow', '23 ноября 2026 г.', '23.11.2026'],
    ['2026-12-31T13:00:00.000Z', 'Asia/Vladivostok', '31 декабря 2026 г.', '31.12.2026'],
    ['2026-12-31T14:00:00.000Z', 'Asia/Vladivostok', '1 января 2027 г.', '01.01.2027'],
    ['2026-01-01T00:00:00.000Z', 'America/New_York', '31 декабря 2025 г.', '31.12.2025'],
  ])('%s in %s is %s or %s', (moment, timeZone, long, short) => {
    expect(plain(shownDate(new Date(moment), timeZone))).toBe(long);
    expect(shownDate(new Date(moment), timeZone, 'short')).toBe(short);
  });

  it.each([['2026-10-01', '1 октября 2026 г.'], ['2026-02-28', '28 февраля 2026 г.']])('of a period, %s, is %s', (day, long) => {
    expect(plain(shownDay(day))).toBe(long);
    expect(shownDay(day)).not.toContain(' ');
  });
});
