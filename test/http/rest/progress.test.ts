import { describe, expect, it } from '@jest/globals';
import { QuestionKind } from '../../../src/catalogue/index.js';
import { answersIn, decodedProgress } from '../../../src/http/rest/progress.js';
import { PARAMETER_LIMIT } from '../../../src/http/rest/tree.js';
import { urlEncoded } from '../../../src/http/rest/url-encoded.js';
import { published } from '../../setup/published.js';
import { smallTest } from '../../setup/small-tests.js';

const small = smallTest('test', { paid: false });
const [option] = small.questions;
const test = published({
  ...small,
  scales: [],
  questions: [
    ...['0', '1', '2', '3', '01'].map((id) => ({ ...option!, id })),
    { ...option!, id: '4', kind: QuestionKind.TEXT, options: [{ value: 'дом' }] },
    { ...option!, id: '5', options: [{ value: '', text: { ru: 'Ничего', en: 'None' } }, ...option!.options] },
  ],
});

/** The answers as `id=value,value` each, or why there are none. */
function read(progress: unknown): string {
  try {
    const answers = answersIn(decodedProgress({ parameters: { progress }, brokenJson: false }), test);
    return answers.map(({ questionId, values }) => `${questionId}=${values.map((value) => JSON.stringify(value)).join(',')}`).join(' ');
  } catch (error) {
    return (error as Error).message;
  }
}

const MISSING = 'The required "progress" parameter is missing!';
const SYNTAX = 'Invalid JSON provided: Syntax error';
const MALFORMED = 'The "progress" parameter has to list pairs of a question id and its values, such as [["1",["a"]],["3",[]]].';
const NO_TEXT = `${MALFORMED} A value has to be a text.`;

describe('a progress', () => {
  it.each<[form: unknown, expected: string]>([
    // Both forms of the platform, as its own tests had them.
    [{ 1: 'a', 2: ['b', 'c'] }, '1="a" 2="b","c"'],
    [[['1', 'a'], ['2', ['b', 'c']]], '1="a" 2="b","c"'],
    // Lists of pairs.
    [[['1', ['a']], ['3', []]], '1="a" 3='],
    [[['1']], '1='],
    [[['1', null]], '1='],
    [[['1', [null, 'a']]], '1="a"'],
    [[['1', ['a'], 'more']], '1="a"'],
    [[[1, [2, -1.5, true, false]]], '1="2","-1.5","1","0"'],
    [[[1, 1e21]], '1="1e+21"'],
    [[['1', { x: 'a', y: 'b' }]], '1="a","b"'],
    [[{ 0: '1', 1: ['a'] }], '1="a"'],
    [{ 0: ['1', ['a']], 1: ['2', ['b']] }, '1="a" 2="b"'],
    [[['2', ['b']], ['1', ['a']]], '2="b" 1="a"'],
    [[['1', ['a']], ['2', ['b']], ['1', ['c']]], '1="c" 2="b"'],
    [[['900', ['a']], ['', ['b']], ['x y', []]], '900="a" ="b" x y='],
    // Objects, as at first.
    [{ 1: [], 2: ['a'] }, '1= 2="a"'],
    [{ 1: 5, 2: null, 3: true }, '1="5" 2= 3="1"'],
    [JSON.parse('{"__proto__":["a"],"constructor":"b","toString":[]}'), '__proto__="a" constructor="b" toString='],
    // Ids are numbers, unless the test says otherwise.
    [[['001', 'a'], ['01', 'b'], ['02', 'c']], '1="a" 01="b" 2="c"'],
    [[[1.5, 'a'], ['1e0', 'b'], [' 1', 'c']], '1.5="a" 1e0="b"  1="c"'],
    [[['9'.repeat(16), 'a']], `${'9'.repeat(16)}="a"`],
    // A form has no empty lists.
    [[['1', ['']], ['2', '']], '1= 2='],
    [[['4', ['']], ['5', ['']]], '4="" 5=""'],
    [[['1', ['', 'a']], ['900', ['']]], '1="","a" 900=""'],
    // Text of JSON.
    ['[["1",["a"]]]', '1="a"'],
    [' {"1":"a"} ', '1="a"'],
    ['[["1",["a"]]', SYNTAX],
    ['1,2', SYNTAX],
    ['a', SYNTAX],
    // Nothing.
    ...[undefined, null, '', '""', '0', '1', 'true', 'null', '"[]"', '[]', '{}', [], {}, 0, 1, false, true].map((form): [unknown, string] =>
      [form, MISSING]),
    // No answers.
    [['a'], MALFORMED],
    [[1, 2], MALFORMED],
    [[null], MALFORMED],
    [[[]], MALFORMED],
    [[{}], MALFORMED],
    [[[null, ['a']]], MALFORMED],
    [[[true, ['a']]], MALFORMED],
    [[[['1'], ['a']]], MALFORMED],
    [[{ id: '1', values: ['a'] }], MALFORMED],
    [{ 0: 'a' }, MALFORMED],
    [[['1', ['a']], 'x'], MALFORMED],
    [[['1', [['a']]]], NO_TEXT],
    [[['1', [{}]]], NO_TEXT],
    [{ 1: { 2: ['a'] } }, NO_TEXT],
  ])('%j is read as %s', (form, expected) => {
    expect(read(form)).toBe(expected);
  });

  it.each([
    ['progress[0][0]=1&progress[0][1][]=a&progress[1][0]=2&progress[1][1][]=b&progress[1][1][]=c', '1="a" 2="b","c"'],
    ['progress[0][0]=1&progress[0][1]=a&progress[1][0]=2', '1="a" 2='],
    ['progress[0][0]=1&progress[0][1][]=&progress[1][0]=4&progress[1][1]=', '1= 4=""'],
    ['progress[1][]=a&progress[2][]=b&progress[2][]=c', '1="a" 2="b","c"'],
    ['progress[1]=a&progress[2]=', '1="a" 2='],
    ['progress[0][1][]=a&progress[0][0]=1', '1="a"'],
    ['progress[]=1', MALFORMED],
    ['progress[0][1][]=a', MALFORMED],
    ['progress[0][0]=1&progress[0][1][][]=a', NO_TEXT],
    ['progress=', MISSING],
    ['progress=[["1",["a"]]]', '1="a"'],
  ])('of a form %s is read as %s', (form, expected) => {
    expect(read(urlEncoded(form)['progress'])).toBe(expected);
  });

  it('that broken JSON should have told is no missing one', () => {
    expect(() => decodedProgress({ parameters: {}, brokenJson: true })).toThrow(SYNTAX);
    expect(decodedProgress({ parameters: { progress: ['x'] }, brokenJson: true })).toEqual(['x']);
  });

  it(`may hold ${PARAMETER_LIMIT} answers and no more, in any form`, () => {
    const ids = Array.from({ length: PARAMETER_LIMIT + 1 }, (_, index) => String(index + 1));
    const forms = [(some: string[]) => some.map((id) => [id]), (some: string[]) => Object.fromEntries(some.map((id) => [id, []]))];
    for (const form of forms) {
      expect(answersIn(form(ids.slice(1)), test)).toHaveLength(PARAMETER_LIMIT);
      expect(() => answersIn(form(ids), test)).toThrow(`at most ${PARAMETER_LIMIT} are read`);
    }
  });
});
