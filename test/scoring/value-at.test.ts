import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calculate, toPlatformJson, valueAt } from '../../src/scoring/index.js';
import { sitting } from './arbitraries.js';

const result = {
  SUM: 9,
  SCALE: 12.5,
  VALUES: { key: { sum: 1, percentage: 10, percentage_value: null }, 1.5: { sum: 4 }, 1: { sum: 2 }, '': { sum: 3 } },
  GROUPS: { 'a.b.c': { SUM: 7 }, a: { SUM: 5, 'b.c': { SUM: 6 } } },
  TEXT: '12',
  LIST: [5],
  TRUE: true,
};

describe('valueAt', () => {
  it.each([
    ['SUM', 9],
    ['SCALE', 12.5],
    ['VALUES.key.sum', 1],
    ['VALUES.1.sum', 2],
    ['VALUES..sum', 3],
    ['GROUPS.a.SUM', 5],
  ])('finds at %s the number %d', (path, number) => {
    expect(valueAt(result, path)).toBe(number);
  });

  it.each([
    ['nothing', 'VALUES.other.sum'],
    ['null', 'VALUES.key.percentage_value'],
    ['an object', 'VALUES.key'],
    ['a text', 'TEXT'],
    ['a list', 'LIST'],
    ['an element of a list', 'LIST.0'],
    ['the length of a list', 'LIST.length'],
    ['a truth value', 'TRUE'],
    ['something below a number', 'SUM.sum'],
    ['an empty path', ''],
    ['a path that ends in a dot', 'SUM.'],
    ['other letters', 'sum'],
  ])('finds nothing where there is %s: %j', (_title, path) => {
    expect(valueAt(result, path)).toBeNull();
  });

  it.each([
    'constructor.length',
    'toString.length',
    '__proto__.constructor.length',
    'VALUES.__proto__.constructor.length',
  ])('does not follow what every object inherits: %s', (path) => {
    expect(valueAt(result, path)).toBeNull();
  });

  it('follows an own key of such a name', () => {
    const odd = { VALUES: Object.fromEntries([['__proto__', { sum: 1 }], ['constructor', { sum: 2 }]]) };
    expect([valueAt(odd, 'VALUES.__proto__.sum'), valueAt(odd, 'VALUES.constructor.sum')]).toEqual([1, 2]);
  });

  it('finds keys with dots, the longest first', () => {
    expect(valueAt(result, 'VALUES.1.5.sum')).toBe(4);
    expect(valueAt(result, 'GROUPS.a.b.c.SUM')).toBe(7);
    expect(valueAt({ 'a.b': 1, a: { b: 2 } }, 'a.b')).toBe(1);
  });

  it('comes back to a shorter key when a longer one leads to no number', () => {
    expect(valueAt({ VALUES: { 1: { sum: 2 }, '1.sum': { sum: 8 } } }, 'VALUES.1.sum')).toBe(2);
    expect(valueAt({ 'a.b': null, a: { b: 2 } }, 'a.b')).toBe(2);
  });

  it('answers a path of a hundred dots at once', () => {
    const keys = Array.from({ length: 100 }, (_, index) => Array(index + 1).fill('a').join('.'));
    const dotted = Object.fromEntries(keys.map((key) => [key, {}]));
    expect(valueAt({ ...dotted, a: dotted }, `${keys.at(-1)}.a`)).toBeNull();
  });

  it('finds every group and every value of a calculation, whatever they are called', () => {
    fc.assert(
      fc.property(sitting, ([test, answers]) => {
        const calculation = calculate(test, answers);
        const json = toPlatformJson(calculation);
        for (const { group, sum } of calculation.groups) expect(valueAt(json, `GROUPS.${group}.SUM`)).toBe(sum);
        for (const { value, sum } of calculation.values) expect(valueAt(json, `VALUES.${value}.sum`)).toBe(sum);
      }),
    );
  });
});
