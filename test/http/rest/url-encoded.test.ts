import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NESTING_LIMIT, PARAMETER_LIMIT, type Tree, treeOf } from '../../../src/http/rest/tree.js';
import { urlEncoded } from '../../../src/http/rest/url-encoded.js';

/** What PHP nests: texts under names, and lists. */
type Nested = string | readonly Nested[] | { readonly [name: string]: Nested };

const text = fc.string({ unit: 'binary' }).filter((one) => one.isWellFormed());
/** A bracket in a name would be one of the syntax. */
const inner = text.filter((one) => one !== '' && !one.includes(']'));
const outer = fc.oneof(fc.constantFrom('progress', '__proto__', 'constructor', 'toString'), fc.stringMatching(/^[a-z_]{1,8}$/));
const { nested } = fc.letrec<{ nested: Nested }>((tie) => ({
  nested: fc.oneof(
    { maxDepth: NESTING_LIMIT - 2 },
    text,
    fc.array(tie('nested'), { minLength: 1, maxLength: 4 }),
    fc.dictionary(inner, tie('nested'), { minKeys: 1, maxKeys: 4 }),
  ),
}));
const data = fc.dictionary(outer, nested, { maxKeys: 4 });

/** The parameters of `http_build_query`, one a text. */
function parameters(of: Readonly<Record<string, Nested>>): [name: string, value: string][] {
  return Object.entries(of).flatMap(([name, value]) => within(name, value));
}

function within(name: string, value: Nested): [string, string][] {
  if (typeof value === 'string') return [[name, value]];
  return Object.entries(value).flatMap(([key, one]) => within(`${name}[${key}]`, one));
}

function written(pairs: readonly (readonly [string, string])[]): string {
  const encoded = (part: string): string => encodeURIComponent(part).replaceAll('%20', '+');
  return pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
}

/** The same with lists as PHP knows them. */
function tree(of: Readonly<Record<string, Nested>>): Tree {
  const entries = Object.entries(of).map(([name, value]): [string, string | Tree] =>
    [name, typeof value === 'string' ? value : tree(value as Readonly<Record<string, Nested>>)]);
  return Object.setPrototypeOf(Object.fromEntries(entries), null) as Tree;
}

describe('a query or form', () => {
  it('is read back as PHP wrote it', () => {
    fc.assert(fc.property(data, (sent) => {
      expect(urlEncoded(written(parameters(sent)))).toEqual(tree(sent));
    }));
  });

  it('says the same in any order', () => {
    const shuffled = data.chain((sent) => {
      const pairs = parameters(sent);
      return fc.tuple(fc.constant(sent), fc.shuffledSubarray(pairs, { minLength: pairs.length }));
    });
    fc.assert(fc.property(shuffled, ([sent, pairs]) => {
      expect(urlEncoded(written(pairs))).toEqual(tree(sent));
    }));
  });

  it('may leave the numbers of a list out', () => {
    fc.assert(fc.property(fc.array(text, { minLength: 1 }), (values) => {
      expect(urlEncoded(written(values.map((value) => ['list[a][]', value])))).toEqual(tree({ list: { a: values } }));
    }));
  });

  it('says of one name what it says last', () => {
    fc.assert(fc.property(data, data, (first, last) => {
      const overwritten = [...written(parameters({ ...first, ...last })).split('&'), ...written(parameters(last)).split('&')];
      expect(urlEncoded(overwritten.join('&'))).toEqual(tree({ ...first, ...last }));
    }));
  });

  it.each([
    ['', '{}'],
    ['a', '{"a":""}'],
    ['a=', '{"a":""}'],
    ['a=1&a=2', '{"a":"2"}'],
    ['a=b=c', '{"a":"b=c"}'],
    ['&&a=1&', '{"a":"1"}'],
    ['a=1;b=2', '{"a":"1;b=2"}'],
    ['a[]=x&a[]=y', '{"a":{"0":"x","1":"y"}}'],
    ['a[5]=x&a[]=y', '{"a":{"5":"x","6":"y"}}'],
    ['a[5]=x&a[2]=y&a[]=z', '{"a":{"2":"y","5":"x","6":"z"}}'],
    ['a[01]=x&a[]=y', '{"a":{"0":"y","01":"x"}}'],
    ['a[k]=x&a[]=y', '{"a":{"0":"y","k":"x"}}'],
    ['a[][]=x&a[][]=y', '{"a":{"0":{"0":"x"},"1":{"0":"y"}}}'],
    ['a[0][]=x&a[0][]=y', '{"a":{"0":{"0":"x","1":"y"}}}'],
    ['progress[0][0]=11&progress[0][1][]=a', '{"progress":{"0":{"0":"11","1":{"0":"a"}}}}'],
    ['a=1&a[b]=2', '{"a":{"b":"2"}}'],
    ['a[b]=1&a=2', '{"a":"2"}'],
    ['a[b]=1&a=2&a[]=3', '{"a":{"0":"3"}}'],
    ['a[b]c=1', '{"a":{"b":"1"}}'],
    ['a[b][c=1', '{"a":{"b":"1"}}'],
    ['a[[b]=1', '{"a":{"[b":"1"}}'],
    ['a=1&a[b=2', '{"a":"1","a[b":"2"}'],
    ['a[=1', '{"a[":"1"}'],
    ['a]=1', '{"a]":"1"}'],
    ['[a]=1', '{"[a]":"1"}'],
    ['=1', '{"":"1"}'],
    ['a%5Bb%5D=1', '{"a":{"b":"1"}}'],
    ['a+b=c+d%20e%2Bf', '{"a b":"c d e+f"}'],
    ['a=%d1%8f%D1%8F', '{"a":"яя"}'],
    [Buffer.from('я=ё').toString('latin1'), '{"я":"ё"}'],
    ['a=100%', '{"a":"100%"}'],
    ['a=%4&b=%zz&c=%u0441&d=%%41', '{"a":"%4","b":"%zz","c":"%u0441","d":"%A"}'],
    ['a=%00', '{"a":"\\u0000"}'],
    ['__proto__[x]=1&constructor[prototype][x]=2&toString=3', '{"__proto__":{"x":"1"},"constructor":{"prototype":{"x":"2"}},"toString":"3"}'],
    ['a[__proto__][x]=1', '{"a":{"__proto__":{"x":"1"}}}'],
  ])('%j says %s', (query, json) => {
    expect(JSON.stringify(urlEncoded(query))).toBe(json);
    expect(Object.prototype).not.toHaveProperty('x');
  });

  it.each(['%ff', 'a=%c0%af', 'a=%ed%a0%80', 'a=%f4%90%80%80', '%d1=%8f', '\xff'])('in another encoding is refused: %j', (query) => {
    expect(() => urlEncoded(query)).toThrow('The parameters are no UTF-8 text: send them in UTF-8.');
  });

  it(`may have ${PARAMETER_LIMIT} parameters and no more`, () => {
    const many = (count: number): string => Array.from({ length: count }, (_, index) => `a[${index}]=x`).join('&');
    expect(Object.keys(urlEncoded(many(PARAMETER_LIMIT))['a'] ?? {})).toHaveLength(PARAMETER_LIMIT);
    expect(() => urlEncoded(many(PARAMETER_LIMIT + 1))).toThrow(`Too many parameters: at most ${PARAMETER_LIMIT} are read.`);
  });

  it(`may nest ${NESTING_LIMIT} levels and no more`, () => {
    expect(JSON.stringify(treeOf([[`a${'[b]'.repeat(NESTING_LIMIT - 1)}`, 'x']]))).toBe(
      `${'{"b":'.repeat(NESTING_LIMIT).replace('b', 'a')}"x"${'}'.repeat(NESTING_LIMIT)}`);
    for (const levels of [NESTING_LIMIT, 1_000, 100_000]) {
      expect(() => treeOf([[`a${'[]'.repeat(levels)}`, 'x']])).toThrow(`at most ${NESTING_LIMIT} levels are read`);
    }
  });
});
