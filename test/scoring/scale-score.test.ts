import { describe, expect, it } from '@jest/globals';
import type { ScorableQuestion } from '../../src/scoring/index.js';
import { answersInOrder, item, question, scaleOf } from './builders.js';

const LIKERT = ['1', '2', '3', '4', '5'];
const likert = ['1', '2', '3'].map((id) => question(LIKERT, { id }));

describe('a declared scale', () => {
  it('adds the answers between the limits of its items', () => {
    expect(scaleOf(likert, [item('1'), item('2')], answersInOrder(['2'], ['5']))).toEqual({
      scale: 'S', sum: 7, min: 2, max: 10, answered: 2, items: 2, percentage: 62.5, standardized: null,
    });
  });

  it('mirrors reversed items within the range of their options', () => {
    const reversed = [item('1', { reversed: true }), item('2', { reversed: true })];
    expect(scaleOf(likert, reversed, answersInOrder(['2'], ['5']))).toMatchObject({ sum: 5, min: 2, max: 10 });
    const fromZero = [question(['0', '1', '2', '3'])];
    expect(scaleOf(fromZero, [item('1', { reversed: true })], answersInOrder(['0'])).sum).toBe(3);
  });

  it('multiplies by the weight, a negative one swapping the limits', () => {
    const weighted = [item('1', { weight: 2 }), item('2', { weight: -1 })];
    expect(scaleOf(likert, weighted, answersInOrder(['4'], ['1']))).toMatchObject({ sum: 7, min: -3, max: 9 });
  });

  it.each([false, true])('leaves unanswered items out of sum, limits and count (reversed: %s)', (reversed) => {
    const items = [item('1'), item('2', { reversed }), item('3', { reversed })];
    expect(scaleOf(likert, items, new Map([['1', ['4']], ['2', []]]))).toEqual({
      scale: 'S', sum: 4, min: 1, max: 5, answered: 1, items: 3, percentage: 75, standardized: null,
    });
  });

  it('has no percentage when nothing is answered', () => {
    expect(scaleOf(likert, [item('1')], new Map())).toEqual({
      scale: 'S', sum: 0, min: 0, max: 0, answered: 0, items: 1, percentage: null, standardized: null,
    });
  });

  it('has no percentage when the answered items leave no room', () => {
    expect(scaleOf([question(['3'])], [item('1')], answersInOrder(['3'])).percentage).toBeNull();
    expect(scaleOf(likert, [item('1', { weight: 0 })], answersInOrder(['3'])).percentage).toBeNull();
  });

  it('does not round its percentage', () => {
    const asked = [question(['0', '1', '3'])];
    expect(scaleOf(asked, [item('1')], answersInOrder(['1'])).percentage).toBeCloseTo(100 / 3, 10);
  });

  it('stays within 100 % where fractional weights are rounded', () => {
    expect(scaleOf([question(['0', '9'])], [item('1', { weight: 0.3 })], answersInOrder(['9'])).percentage).toBe(100);
  });

  it('reads option values as leading numbers, fractions included', () => {
    expect(scaleOf([question(['0.5', '2 points'])], [item('1')], answersInOrder(['2 points']))).toMatchObject({
      sum: 2, min: 0.5, max: 2,
    });
  });

  it('is indifferent to right answers', () => {
    const asked = [question(LIKERT, { correct: ['5'] })];
    expect(scaleOf(asked, [item('1')], answersInOrder(['4'])).sum).toBe(4);
  });
});

describe('a scale that asks for a share of its items', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => question(LIKERT, { id: String(index + 1) }));
  const judged = (questions: readonly ScorableQuestion[], answered: number, minimumAnswered: number) => {
    const answers = answersInOrder(...Array.from({ length: answered }, () => ['4']));
    return scaleOf(questions, questions.map(({ id }) => item(id)), answers, { minimumAnswered });
  };

  it.each([
    [1, 1 / 3, 75],
    [1, 0.34, null],
    [2, 0.66, 75],
    [2, 0.67, null],
    [2, 1, null],
    [3, 1, 75],
    [0, 0.1, null],
  ])('has with %d of 3 answered and a share of %d the percentage %j', (answered, share, percentage) => {
    expect(judged(likert, answered, share).percentage).toBe(percentage);
  });

  it('compares the share without errors of rounding: 7 of 100 are a share of 0.07', () => {
    expect(judged(hundred, 7, 0.07).percentage).toBe(75);
    expect(judged(hundred, 6, 0.07).percentage).toBeNull();
  });

  it('keeps what was counted when too few were answered', () => {
    expect(judged(likert, 1, 0.5)).toEqual({
      scale: 'S', sum: 4, min: 1, max: 5, answered: 1, items: 3, percentage: null, standardized: null,
    });
  });
});

describe('what a scale accepts as an answer', () => {
  const answered = (asked: ScorableQuestion, ...answer: string[]) => {
    const { answered, sum } = scaleOf([asked], [item('1')], answersInOrder(answer));
    return answered === 0 ? null : sum;
  };

  it('of an option question: exactly one of its options, numbers comparing as numbers', () => {
    const asked = question(LIKERT);
    expect([answered(asked, '3'), answered(asked, '03')]).toEqual([3, 3]);
    expect(answered(question(['01', '02']), '2')).toBe(2);
    expect([answered(asked, '6'), answered(asked, 'x'), answered(asked, ''), answered(asked, '3', '4')]).toEqual([
      null, null, null, null,
    ]);
  });

  it('of a gradient: one number within the range of its options', () => {
    const asked = question(['-10', '10'], { kind: 'GRADIENT' });
    expect([answered(asked, '7'), answered(asked, '-10')]).toEqual([7, -10]);
    expect([answered(asked, '11'), answered(asked, '-11'), answered(asked, 'abc'), answered(asked, '1', '2')]).toEqual([
      null, null, null, null,
    ]);
  });

  it('of a checkbox: any of its options, each once, between the sums of the negative and the positive values', () => {
    const asked = question(['-2', '-1', '0', '3', '4'], { kind: 'CHECKBOX' });
    const ticked = scaleOf([asked], [item('1')], answersInOrder(['-1', '4', '4']));
    expect(ticked).toMatchObject({ sum: 3, min: -3, max: 7 });
    expect([answered(asked, '3', 'x'), answered(asked)]).toEqual([null, null]);
    const mirrored = scaleOf([asked], [item('1', { reversed: true })], answersInOrder(['3', '4']));
    expect(mirrored).toMatchObject({ sum: -3, min: -3, max: 7, percentage: 0 });
  });

  it.each(['TEXT', 'RATING'] as const)('of a question of kind %s: nothing', (kind) => {
    expect(answered(question(['1', '2'], { kind }), '1', '2')).toBeNull();
  });

  it('of a question without options or of an unknown one: nothing', () => {
    expect(answered(question([], { kind: 'GRADIENT' }), '2')).toBeNull();
    expect(scaleOf([], [item('1')], answersInOrder(['2']))).toMatchObject({ answered: 0, items: 1 });
  });
});
