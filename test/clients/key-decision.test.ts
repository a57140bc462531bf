import { describe, expect, it } from '@jest/globals';
import { admitsKey, isLastKey, KEY_LIMIT, type KeyLife } from '../../src/clients/keys/key-decision.js';

const NOW = new Date('2026-11-23T12:00:00.000Z');
const inSeconds = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);
const key = (id: string, seconds: number | null): KeyLife => ({ id, expiresAt: seconds === null ? null : inSeconds(seconds) });

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
