import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { admitsKey, endAfterGrace, isLastKey, KEY_GRACE, KEY_LIMIT, type KeyLife } from '../../src/clients/keys/key-decision.js';

const NOW = new Date('2026-11-23T12:00:00.000Z');
const inSeconds = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);
const key = (id: string, seconds: number | null): KeyLife => ({ id, expiresAt: seconds === null ? null : inSeconds(seconds) });

describe('the end of a key that is replaced', () => {
  it.each([
    [null, 0, 0], [null, 60, 60], [null, KEY_GRACE.longest, KEY_GRACE.longest],
    [100, 0, 0], [100, 60, 60], [100, 100, 100], [100, 101, 100], [1, KEY_GRACE.longest, 1],
  ])('that would end in %p s, with a grace of %i s, is in %i s', (own, grace, end) => {
    expect(endAfterGrace(key('a', own), NOW, grace)).toEqual(inSeconds(end));
  });

  it('is the earlier of its own and that of the grace', () => {
    const seconds = fc.integer({ min: 0, max: KEY_GRACE.longest });
    fc.assert(fc.property(fc.option(seconds), seconds, (own, grace) => {
      expect(endAfterGrace(key('a', own), NOW, grace)).toEqual(inSeconds(Math.min(own ?? grace, grace)));
    }));
  });
});

describe('a key is the last', () => {
  it.each([
    ['alone', [null], true],
    ['beside one that lives on', [null, null], false],
    ['beside one that ends', [null, 60], true],
    ['beside some that end and one that lives on', [null, 60, 3_600, null], false],
    ['with an end, beside one that lives on', [60, null], false],
    ['with an end, alone', [60], true],
    ['with an end, beside one that ends', [60, 3_600], true],
  ] as [string, (number | null)[], boolean][])('%s: %j', (_, ends, last) => {
    const keys = ends.map((seconds, index) => key(String(index), seconds));
    expect(isLastKey(keys, keys[0]!)).toBe(last);
    expect(isLastKey(keys.toReversed(), keys[0]!)).toBe(last);
  });
});

it('one more key is admitted below the limit', () => {
  const keys = (count: number): KeyLife[] => Array.from({ length: count }, (_, index) => key(String(index), 60));
  expect([0, KEY_LIMIT - 1, KEY_LIMIT, KEY_LIMIT + 1].map((count) => admitsKey(keys(count)))).toEqual([true, true, false, false]);
});
