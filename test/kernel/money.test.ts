import { describe, expect, it } from '@jest/globals';
import { kopecksOf, roublesOf } from '../../src/kernel/money.js';

describe('an amount written in roubles', () => {
  it.each([
    ['1500', 150_000], ['1500.50', 150_050], ['1500,50', 150_050], ['0', 0], ['0.01', 1], ['007', 700],
    ['999999999999.99', 99_999_999_999_999],
  ])('%j is %i kopecks', (written, kopecks) => {
    expect(kopecksOf(written)).toBe(kopecks);
  });

  it.each([
    '', ' ', '1 500', '1500.5', '1500.505', '-1', '+1', '1e3', '.50', '1.', '1.2.3', '0x1', '١', '1000000000000', '1\n',
  ])('is none: %j', (written) => {
    expect(kopecksOf(written)).toBeNull();
  });
});

describe('an amount for programs', () => {
  it.each([[0, '0.00'], [1, '0.01'], [10, '0.10'], [100, '1.00'], [150_050, '1500.50'], [99_999_999_999_999, '999999999999.99']])(
    'of %i kopecks is %s', (kopecks, written) => {
      expect(roublesOf(kopecks)).toBe(written);
      expect(kopecksOf(written)).toBe(kopecks);
    },
  );
});
