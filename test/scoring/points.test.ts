import { describe, expect, it } from '@jest/globals';
import { calculate, type ScorableQuestion } from '../../src/scoring/index.js';
import { answersInOrder, question, testOf, valueRows } from './builders.js';

function score(asked: ScorableQuestion, ...answer: string[]) {
  return calculate(testOf([asked]), answersInOrder(answer));
}

describe('a question without right answers', () => {
  it('gives the answered value', () => {
    expect(score(question(['1', '2', '3']), '3')).toMatchObject({ sum: 3, max: 3, percentage: 100 });
  });

  it('gives the sum of several values, which can exceed its maximum', () => {
    const boxes = question(['1', '2'], { kind: 'CHECKBOX' });
    expect(score(boxes, '1', '2')).toMatchObject({ sum: 3, max: 2, percentage: 150 });
  });

  it('rounds a negative percentage away from zero', () => {
    expect(score(question(['-1', '40']), '-1')).toMatchObject({ sum: -1, max: 40, percentage: -3 });
  });

  it('has a maximum of 0 when all its values are negative', () => {
    expect(score(question(['-5', '-1']), '-5')).toMatchObject({ sum: -5, max: 0, percentage: 0 });
  });

  it('reads values as leading numbers', () => {
    const asked = [question(['1e2'], { id: '1' }), question(['3abc'], { id: '2' })];
    expect(calculate(testOf(asked), answersInOrder(['1e2'], ['3abc'])).sum).toBe(103);
  });

  it('takes a value that no option has at its number', () => {
    expect(score(question([], { kind: 'GRADIENT' }), '2')).toMatchObject({ sum: 2, max: 0, percentage: 0 });
  });
});

describe('a question with right options', () => {
  const one = question(['1', '2', '3'], { correct: ['3'] });
  const alternatives = question(['1', '2', '3'], { correct: ['1', '2'] });

  it('gives one point for the right option and none for another', () => {
    expect(score(one, '3').sum).toBe(1);
    expect(score(one, '2').sum).toBe(0);
    expect(score(one).sum).toBe(0);
  });

  it('is right with any one of several right options', () => {
    expect(['1', '2', '3'].map((value) => score(alternatives, value).sum)).toEqual([1, 1, 0]);
  });

  it('counts all right options into the maximum, so that one of two is 50 %', () => {
    expect(score(alternatives, '1')).toMatchObject({ sum: 1, max: 2, percentage: 50 });
  });

  it('is wrong with two right options when no count asks for two', () => {
    const boxes = question(['1', '2', '3'], { kind: 'CHECKBOX', correct: ['1', '2'] });
    expect(score(boxes, '1', '2').sum).toBe(0);
  });

  it.each([
    [['1', '2'], 1],
    [['2', '1'], 1],
    [['1'], 0],
    [['3'], 0],
    [['1', '3'], 0],
    [['1', '2', '3'], 0],
    [[], 0],
  ])('with a count of 2 gives to %j %d', (answer, points) => {
    const boxes = question(['1', '2', '3'], { kind: 'CHECKBOX', count: 2, correct: ['1', '2'] });
    expect(score(boxes, ...answer).sum).toBe(points);
  });

  it('compares a count of 1 as a number', () => {
    expect(score(question(['a', 'b'], { count: 1, correct: ['a'] }), 'a').sum).toBe(1);
  });

  it('compares numbers as numbers and texts to the letter', () => {
    expect(['01', '1.0', ' 1', '1a'].map((value) => score(alternatives, value).sum)).toEqual([1, 1, 1, 0]);
    const word = question(['abc', 'd'], { correct: ['abc'] });
    expect(['abc', ' abc', 'ABC'].map((value) => score(word, value).sum)).toEqual([1, 0, 0]);
  });

  it.each(['RATING', 'GRADIENT'] as const)('is ignored by %s, whose values add up', (kind) => {
    expect(score(question(['4', '5'], { kind, correct: ['4'] }), '5')).toMatchObject({ sum: 5, max: 1 });
  });
});

describe('a text question', () => {
  const fields = question(['16', '20'], { kind: 'TEXT' });

  it.each([
    [['16'], 0],
    [['16', '20'], 1],
    [['20', '16', '16'], 1],
    [['16', '20', '21'], 0],
    [['016', '20'], 0],
    [[], 0],
  ])('gives to %j %d', (answer, points) => {
    expect(score(fields, ...answer).sum).toBe(points);
  });

  it('compares case and spaces', () => {
    const house = question(['Дом'], { kind: 'TEXT' });
    expect(['Дом', ' дом', 'дом', 'Дом '].map((text) => score(house, text).sum)).toEqual([1, 0, 0, 0]);
  });

  describe('with translations', () => {
    const translated = question(['дом', 'кот', '7'], { kind: 'TEXT' }, [{ en: 'house', de: 'Haus' }, { en: 'cat' }]);

    it.each([
      ['the own language', ['дом', 'кот', '7'], 1],
      ['another language, where a field without a translation keeps its text', ['house', 'cat', '7'], 1],
      ['a language in which only one field is translated', ['Haus', 'кот', '7'], 1],
      ['another order', ['7', 'cat', 'house'], 1],
      ['two languages at once', ['дом', 'cat', '7'], 0],
      ['two other languages at once', ['Haus', 'cat', '7'], 0],
      ['a missing field', ['house', 'cat'], 0],
      ['another spelling', ['House', 'cat', '7'], 0],
      ['both languages together', ['дом', 'кот', '7', 'house', 'cat'], 0],
    ])('gives to %s (%j) %d', (_title, answer, points) => {
      expect(score(translated, ...answer).sum).toBe(points);
    });

    it('lists only the texts of its own language among the values', () => {
      const { values } = score(translated, 'house', 'cat', '7');
      expect(valueRows(values)).toEqual([
        ['дом', 0, 0, 0], ['кот', 0, 0, 0], ['7', 1, 0, 100], ['house', 1, 0, null], ['cat', 1, 0, null],
      ]);
    });

    it.each(['__proto__', 'constructor'])('takes a locale called %s for one like any other', (locale) => {
      const odd = question(['a', 'b'], { kind: 'TEXT' }, [Object.fromEntries([[locale, 'x']])]);
      expect([['a', 'b'], ['x', 'b'], ['x', 'a']].map((answer) => score(odd, ...answer).sum)).toEqual([1, 1, 0]);
    });

    it('are of no use to other kinds', () => {
      const options = question(['1', '2'], { correct: ['1'] }, [{ en: '2' }]);
      expect(['1', '2'].map((value) => score(options, value).sum)).toEqual([1, 0]);
    });
  });

  it('counts 0 into the maximum: alone it leaves 0 %, among others it can exceed 100 %', () => {
    const right = question(['16'], { kind: 'TEXT' });
    expect(score(right, '16')).toMatchObject({ sum: 1, max: 0, percentage: 0 });
    const both = testOf([right, question(['1', '0'], { id: '2' })]);
    expect(calculate(both, answersInOrder(['16'], ['1']))).toMatchObject({ sum: 2, max: 1, percentage: 200 });
  });
});

describe('groups', () => {
  it('keep the order of first appearance, ungrouped questions counting only into the whole', () => {
    const grouped = testOf([
      question(['0', '4'], { id: '1', group: 'b' }),
      question(['0', '2'], { id: '2', group: 'a' }),
      question(['0', '4'], { id: '3', group: 'b' }),
      question(['0', '10'], { id: '4' }),
    ]);
    expect(calculate(grouped, answersInOrder(['4'], ['2'], ['0'], ['10'])).groups).toEqual([
      { group: 'b', sum: 4, max: 8, percentage: 50, percentageOfAll: 20 },
      { group: 'a', sum: 2, max: 2, percentage: 100, percentageOfAll: 10 },
    ]);
  });

  it.each(['', '0'])('named %j are none', (group) => {
    expect(calculate(testOf([question(['1'], { group })]), new Map()).groups).toEqual([]);
  });

  it('named like properties of every object are groups like any other', () => {
    const named = testOf([question(['1'], { group: '__proto__' }), question(['1'], { id: '2', group: 'constructor' })]);
    expect(calculate(named, answersInOrder(['1'], ['1'])).groups.map(({ sum }) => sum)).toEqual([1, 1]);
  });
});
