import { describe, expect, it } from '@jest/globals';
import type { Body } from '../../../src/http/rest/body.js';
import { echo, mergeParameters, requiredText, textOf } from '../../../src/http/rest/parameters.js';
import type { Tree } from '../../../src/http/rest/tree.js';

const Q: Tree = { a: 'query' };
const F: Pick<Body, 'form' | 'json'> = { form: { a: 'form' }, json: {} };
const J: Pick<Body, 'form' | 'json'> = { form: {}, json: { a: 'json' } };
const NONE: Pick<Body, 'form' | 'json'> = { form: {}, json: {} };

describe('the parameters of a request', () => {
  it.each<[what: string, Tree, Pick<Body, 'form' | 'json'>, usually: unknown, bodyFirst: unknown]>([
    ['only a query', Q, NONE, 'query', 'query'],
    ['only a form', {}, F, 'form', 'form'],
    ['only JSON', {}, J, 'json', 'json'],
    ['query and form', Q, F, 'query', 'form'],
    ['query and JSON', Q, J, 'query', 'json'],
    ['an empty query parameter and a form', { a: '' }, F, '', 'form'],
    ['a query and an empty form parameter', Q, { form: { a: '' }, json: {} }, 'query', ''],
    ['a zero in the query and JSON', { a: '0' }, J, '0', 'json'],
    ['an array in the query and a form', { a: { 0: 'x' } }, F, { 0: 'x' }, 'form'],
    ['arrays in both, which do not mix', { a: { 0: 'x' } }, { form: { a: { 1: 'y' } }, json: {} }, { 0: 'x' }, { 1: 'y' }],
    ['query and a JSON null, which is nothing', Q, { form: {}, json: { a: null } }, 'query', 'query'],
    ['only a JSON null', {}, { form: {}, json: { a: null } }, undefined, undefined],
    ['query and JSON false', Q, { form: {}, json: { a: false } }, 'query', false],
    ['other names', { b: 'x' }, { form: { c: 'y' }, json: { d: 'z' } }, undefined, undefined],
  ])('of %s', (_what, query, body, usually, bodyFirst) => {
    expect(mergeParameters(query, body, false)['a']).toEqual(usually);
    expect(mergeParameters(query, body, true)['a']).toEqual(bodyFirst);
  });

  it('are those of all places together', () => {
    expect({ ...mergeParameters({ b: '1' }, { form: { c: '2' }, json: { d: 3 } }, false) }).toEqual({ b: '1', c: '2', d: 3 });
  });

  it('inherit nothing, whatever they are called', () => {
    const json = JSON.parse('{"__proto__":{"a":"inherited"},"constructor":{"prototype":{"a":"inherited"}}}');
    const parameters = mergeParameters({}, { form: {}, json }, false);
    expect(Object.getPrototypeOf(parameters)).toBeNull();
    expect(['a', 'toString', 'hasOwnProperty'].map((name) => parameters[name])).toEqual([undefined, undefined, undefined]);
    expect(Object.keys(parameters)).toEqual(['__proto__', 'constructor']);
    expect({}).not.toHaveProperty('a');
  });
});

describe('a text parameter', () => {
  it.each([
    ['a', 'a'], [' ', ' '], ['00', '00'], ['0.0', '0.0'], ['false', 'false'], ['null', 'null'],
    ['', null], ['0', null], [0, null], [1, null], [true, null], [['a'], null], [{ a: 'a' }, null], [undefined, null],
  ])('%j is read as %j, missing as PHP saw it', (value, expected) => {
    expect(textOf({ a: value }, 'a')).toBe(expected);
  });

  it('that is required is told of by its name', () => {
    expect(() => requiredText({}, 'user_id')).toThrow('The required "user_id" parameter is missing.');
    expect(requiredText({ user_id: '7' }, 'user_id')).toBe('7');
  });

  it.each([
    ['x'.repeat(255), 'x'.repeat(255)],
    ['x'.repeat(256), `${'x'.repeat(255)}…`],
    [`${'x'.repeat(254)}🙂y`, `${'x'.repeat(254)}\ufffd…`],
  ])('is repeated as far as its reader needs it', (text, expected) => {
    expect(echo(text)).toBe(expected);
  });
});
