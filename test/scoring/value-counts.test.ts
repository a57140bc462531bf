import { describe, expect, it } from '@jest/globals';
import { calculate } from '../../src/scoring/index.js';
import { answersInOrder, question, testOf, valueRows } from './builders.js';

describe('values and repeats', () => {
  it('give the share of the maximum, of the questions and of the options with the value', () => {
    const asked = testOf(['yes', 'yes', 'no'].map((value, index) => question([value], { id: String(index + 1) })));
    const { values, repeats } = calculate(asked, answersInOrder(['yes'], ['yes'], ['no']));
    expect(valueRows(repeats)).toEqual([['yes', 2, 67, 100], ['no', 1, 33, 100]]);
    expect(valueRows(values)).toEqual([['yes', 2, 0, 100], ['no', 1, 0, 100]]);
  });

  it('agree with the sample of the V3 documentation: 2 and 8 of 10 answers are 20 and 80 %', () => {
    const asked = testOf(Array.from({ length: 10 }, (_, index) => question(['0', '1'], { id: String(index + 1) })));
    const answers = answersInOrder(['0'], ['0'], ...Array.from({ length: 8 }, () => ['1']));
    expect(valueRows(calculate(asked, answers).values)).toEqual([['0', 2, 20, 20], ['1', 8, 80, 80]]);
  });

  it('keep the order in which options, skips and unknown values first appear', () => {
    const asked = testOf([question(['2', '1']), question(['0', '1'], { id: '2' }), question(['3', 'x'], { id: '3' })]);
    const { repeats } = calculate(asked, answersInOrder(['x'], [], ['3']));
    expect(valueRows(repeats)).toEqual([
      ['2', 0, 0, 0],
      ['1', 0, 0, 0],
      ['x', 1, 33, 100],
      ['0', 0, 0, 0],
      ['', 1, 33, null],
      ['3', 1, 33, 100],
    ]);
  });

  it('count a skipped question, an absent one and an empty value alike as ""', () => {
    const asked = testOf(['1', '2', '3'].map((id) => question(['5'], { id })));
    const answers = new Map([['1', []], ['2', ['']]]);
    expect(valueRows(calculate(asked, answers).repeats)).toEqual([['5', 0, 0, 0], ['', 3, 100, null]]);
  });

  it('leave the share of the options null for a value that no option has', () => {
    const { values } = calculate(testOf([question([], { kind: 'GRADIENT' })]), answersInOrder(['2']));
    expect(valueRows(values)).toEqual([['2', 1, 0, null]]);
  });

  it('count each value of an answer that has several', () => {
    const boxes = testOf([question(['1', '2', '3'], { kind: 'CHECKBOX' })]);
    const { repeats } = calculate(boxes, answersInOrder(['1', '3']));
    expect(valueRows(repeats)).toEqual([['1', 1, 100, 100], ['2', 0, 0, 0], ['3', 1, 100, 100]]);
  });

  it('count a value that a question offers twice as two occurrences', () => {
    const { values } = calculate(testOf([question(['1', '1'])]), answersInOrder(['1']));
    expect(valueRows(values)).toEqual([['1', 1, 100, 50]]);
  });

  it('tell apart values that are equal as numbers only', () => {
    const { repeats } = calculate(testOf([question(['1'])]), answersInOrder(['01']));
    expect(valueRows(repeats)).toEqual([['1', 0, 0, 0], ['01', 1, 100, null]]);
  });

  it('accept values named like properties of every object', () => {
    const { repeats } = calculate(testOf([question(['__proto__', 'toString'])]), answersInOrder(['__proto__']));
    expect(valueRows(repeats)).toEqual([['__proto__', 1, 100, 100], ['toString', 0, 0, 0]]);
  });
});

describe('nonNegativeAnswerValuesSum', () => {
  it('counts answers instead of adding values, texts and skipped questions included', () => {
    const asked = testOf(['1', '2', '3', '4'].map((id) => question(['-1', '7', 'text'], { id })));
    expect(calculate(asked, answersInOrder(['-1'], ['7'], ['text'], [])).nonNegativeAnswerValuesSum).toBe(3);
  });
});

describe('a test without questions', () => {
  it('gives zeros and empty lists', () => {
    expect(calculate(testOf([]), answersInOrder(['1']))).toEqual({
      sum: 0,
      max: 0,
      percentage: 0,
      values: [],
      repeats: [],
      nonNegativeAnswerValuesSum: 0,
      groups: [],
      scales: [],
      norm: null,
    });
  });
});
