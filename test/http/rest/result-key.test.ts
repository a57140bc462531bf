import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { resultKeyOf } from '../../../src/http/rest/result-key.js';
import { base58, shortKey } from '../../setup/base58.js';

const KEY = '018ad6f5-7164-7568-8a00-a95cfc8958c9';
const NIL = '00000000-0000-0000-0000-000000000000';
const MAX = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

describe('a result key', () => {
  it('is a UUID in any case, told in lower case', () => {
    fc.assert(fc.property(fc.uuid(), fc.infiniteStream(fc.boolean()), (uuid, upper) => {
      const written = Array.from(uuid).map((digit) => (upper.next().value ? digit.toUpperCase() : digit)).join('');
      expect(resultKeyOf(written)).toBe(uuid);
    }));
  });

  it('is the same in the 22 characters of base58', () => {
    fc.assert(fc.property(fc.uuid(), (uuid) => {
      expect(resultKeyOf(shortKey(uuid))).toBe(uuid);
    }));
  });

  it('in base58 begins with as many ones as its number has zeros there', () => {
    const bits = fc.integer({ min: 0, max: 60 }).chain((most) => fc.bigInt({ min: 0n, max: 2n ** BigInt(most) }));
    fc.assert(fc.property(bits, (number) => {
      // A variant and a version that exist, so that every number stands for a UUID.
      const hex = ((7n << 76n) | (8n << 60n) | number % 2n ** 60n).toString(16).padStart(32, '0');
      const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      expect(resultKeyOf(shortKey(uuid))).toBe(uuid);
    }));
  });

  it.each([['the least', NIL], ['the greatest', MAX]])('may be %s number that a UUID can be', (_which, uuid) => {
    expect(resultKeyOf(uuid)).toBe(uuid);
    expect(resultKeyOf(shortKey(uuid))).toBe(uuid);
  });

  it('is no number above that', () => {
    expect(resultKeyOf(base58(2n ** 128n))).toBeNull();
    fc.assert(fc.property(fc.bigInt({ min: 2n ** 128n, max: 58n ** 22n - 1n }), (number) => {
      expect(resultKeyOf(base58(number))).toBeNull();
    }));
  });

  it.each([
    ['nothing', ''],
    ['one character of base58 less', shortKey(KEY).slice(1)],
    ['one character of base58 more', `1${shortKey(KEY)}`],
    ['a character that base58 leaves out', shortKey(KEY).replace(/.$/, '0')],
    ['characters beyond ASCII', 'я'.repeat(22)],
    ['characters beyond two bytes', '🙂'.repeat(11)],
    ['nothing but spaces', ' '.repeat(22)],
    ['a UUID without hyphens', KEY.replaceAll('-', '')],
    ['a UUID in braces', `{${KEY}}`],
    ['a UUID with a space behind it', `${KEY} `],
    ['a UUID with a line break behind it', `${KEY}\n`],
    ['a UUID with a letter that is no digit', KEY.replace('a', 'g')],
    ['a word', 'constructor'],
    ['ten thousand characters', '1'.repeat(10_000)],
  ])('is not %s', (_what, text) => {
    expect(resultKeyOf(text)).toBeNull();
  });
});
