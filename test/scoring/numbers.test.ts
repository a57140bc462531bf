import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  canonicalValue,
  leadingInteger,
  leadingNumber,
  percent,
  VALUE_LIMIT,
  wholeNumber,
} from '../../src/scoring/numbers.js';

describe('leadingInteger', () => {
  it.each([
    ['12abc', 12],
    ['1e2', 100],
    ['3abc', 3],
    ['1.9', 1],
    ['-1.9', -1],
    ['.5', 0],
    ['key', 0],
    ['', 0],
    [' 5', 5],
    ['\t\n7 ', 7],
    ['\u00a05', 0],
    ['-3', -3],
    ['+4', 4],
    ['--4', 0],
    ['1e', 1],
    ['0x1A', 0],
    ['Infinity', 0],
    ['NaN', 0],
  ])('reads %j as %d', (text, number) => {
    expect(leadingInteger(text)).toBe(number);
  });

  it.each(['-0', '-0.9', '-abc'])('never gives a negative zero: %j', (text) => {
    expect(leadingInteger(text)).toBe(0);
  });

  it.each([
    ['1e400', VALUE_LIMIT],
    ['-1e400', -VALUE_LIMIT],
    ['9'.repeat(400), VALUE_LIMIT],
    ['2147483648', VALUE_LIMIT],
  ])('stops at the limit instead of overflowing: %j', (text, number) => {
    expect(leadingInteger(text)).toBe(number);
  });

  it('reads every integer within the limit as itself, whatever follows it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -VALUE_LIMIT, max: VALUE_LIMIT }),
        fc.constantFrom('', 'x', ' 9', '-'),
        (number, rest) => {
          expect(leadingInteger(`${number}${rest}`)).toBe(number);
        },
      ),
    );
  });

  it('gives an integer within the limit for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const number = leadingInteger(text);
        expect(Number.isInteger(number)).toBe(true);
        expect(Math.abs(number)).toBeLessThanOrEqual(VALUE_LIMIT);
      }),
    );
  });
});

describe('leadingNumber', () => {
  it('keeps the fraction', () => {
    expect(leadingNumber('0.5 points')).toBe(0.5);
  });
});

describe('wholeNumber', () => {
  it.each([
    ['5', 5],
    [' 5 ', 5],
    ['-0', 0],
    ['1e1', 10],
    ['5a', null],
    ['', null],
    [' ', null],
    ['1e400', null],
  ])('reads %j as %j', (text, number) => {
    expect(wholeNumber(text)).toBe(number);
  });
});

describe('canonicalValue', () => {
  it.each(['01', '1.0', '1e0', ' 1', '+1', '1 '])('holds %j equal to "1"', (text) => {
    expect(canonicalValue(text)).toBe('1');
  });

  it.each(['abc', ' abc', 'Key', '', '1a', '1e400', '9007199254740993'])('leaves %j as it is', (text) => {
    expect(canonicalValue(text)).toBe(text);
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String)), (text) => {
        const canonical = canonicalValue(text);
        expect(canonicalValue(canonical)).toBe(canonical);
      }),
    );
  });
});

describe('percent', () => {
  it.each([
    [1, 6, 17],
    [1, 3, 33],
    [-1, 40, -3],
    [1, 40, 3],
    [1, 200, 1],
    [-1, 200, -1],
    [2, 1, 200],
    [5, 0, 0],
    [5, -3, 0],
  ])('%d of %d is %d %%', (part, whole, expected) => {
    expect(percent(part, whole)).toBe(expected);
  });

  it('never gives a negative zero', () => {
    expect(percent(-1, 1000)).toBe(0);
    expect(percent(-0, 10)).toBe(0);
  });

  it('is symmetric around zero', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1 }), (part, whole) => {
        expect(percent(-part, whole)).toBe(0 - percent(part, whole));
      }),
    );
  });
});
