import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { phpJson, type PhpValue } from '../../../src/http/rest/php-json.js';

/** A name of a member that JavaScript would not put before the others. */
const name = fc.string({ unit: 'binary' }).filter((text) => !/^\d+$/.test(text));
const scalar = fc.oneof(
  fc.string({ unit: 'binary' }), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.boolean(), fc.constant(null),
);

/** A value, and what JSON.parse has to make of it. */
const { value } = fc.letrec<{ value: readonly [PhpValue, unknown] }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar.map((one): [PhpValue, unknown] => [one, one]),
    fc.array(tie('value'), { maxLength: 4 }).map((items): [PhpValue, unknown] => [items.map(([one]) => one), items.map(([, one]) => one)]),
    fc.uniqueArray(fc.tuple(name, tie('value')), { minLength: 1, maxLength: 4, selector: ([key]) => key }).map((members): [PhpValue, unknown] => [
      new Map(members.map(([key, [one]]) => [key, one])), Object.fromEntries(members.map(([key, [, one]]) => [key, one])),
    ]),
    fc.uniqueArray(fc.tuple(name, tie('value')), { maxLength: 4, selector: ([key]) => key }).map((members): [PhpValue, unknown] => [
      Object.fromEntries(members.map(([key, [one]]) => [key, one])), Object.fromEntries(members.map(([key, [, one]]) => [key, one])),
    ]),
  ),
}));

/** A map of one value under each key. */
const mapOf = (keys: readonly string[]): ReadonlyMap<string, PhpValue> => new Map(keys.map((key) => [key, `at ${key}`]));

describe("JSON in the platform's way", () => {
  it('is read back as it was', () => {
    fc.assert(fc.property(value, ([written, expected]) => {
      expect(JSON.stringify(JSON.parse(phpJson(written)))).toBe(JSON.stringify(expected));
    }));
  });

  it('is a list for the keys 0 to n-1 in this order, for no keys too', () => {
    fc.assert(fc.property(fc.nat(50), (count) => {
      const keys = Array.from({ length: count }, (_, index) => String(index));
      expect(JSON.parse(phpJson(mapOf(keys)))).toEqual(keys.map((key) => `at ${key}`));
    }));
  });

  it('is an object for any other keys, in their order', () => {
    const keys = fc.uniqueArray(fc.oneof(fc.nat(9).map(String), name), { minLength: 1, maxLength: 9 });
    fc.assert(fc.property(keys.filter((some) => some.some((key, index) => key !== String(index))), (some) => {
      expect(phpJson(mapOf(some))).toBe(`{${some.map((key) => `${JSON.stringify(key)}:${JSON.stringify(`at ${key}`)}`).join(',')}}`);
    }));
  });

  it.each<[PhpValue, string]>([
    [new Map(), '[]'],
    [new Map([['0', 1], ['1', 2]]), '[1,2]'],
    [new Map([['1', 2], ['0', 1]]), '{"1":2,"0":1}'],
    [new Map([['1', 1], ['2', 2]]), '{"1":1,"2":2}'],
    [new Map([['00', 1]]), '{"00":1}'],
    [new Map([['0', 1], ['', 2]]), '{"0":1,"":2}'],
    [new Map([['-1', 1], ['0', 2]]), '{"-1":1,"0":2}'],
    [new Map([['__proto__', 1], ['constructor', 2]]), '{"__proto__":1,"constructor":2}'],
    [new Map([['0', new Map([['0', new Map()]])]]), '[[[]]]'],
    [{ questions: new Map([['11', { id: 11 }], ['3', { id: 3 }]]) }, '{"questions":{"11":{"id":11},"3":{"id":3}}}'],
    [{}, '{}'],
    ['Имя "/"\n\ud800', '"Имя \\"/\\"\\n\\ud800"'],
  ])('of %j is %s', (written, text) => {
    expect(phpJson(written)).toBe(text);
  });
});
