import { describe, expect, it } from '@jest/globals';
import { calculate, type NormGroup, type Respondent, type ScorableNorm } from '../../src/scoring/index.js';
import { answersInOrder, item, question, testOf } from './builders.js';

const questions = ['1', '2'].map((id) => question(['0', '10', '20', '30'], { id }));
const scales = [{ id: 'S', items: [item('1'), item('2')] }, { id: 'T', items: [item('2')] }];
const figures = { mean: 20, sd: 5 };
const everyone: NormGroup = { id: 'everyone', scales: { S: figures } };

/** Scores the two answers against a norm of these groups. */
function scored(norm: Omit<ScorableNorm, 'id'>, answers: string[], respondent?: Respondent | null) {
  const test = testOf(questions, scales, { id: 'edition', ...norm });
  return calculate(test, answersInOrder(...answers.map((value) => [value])), respondent);
}

function standardScoreOf(norm: Partial<ScorableNorm>, answers: string[]) {
  return scored({ groups: [everyone], ...norm }, answers).scales[0]?.standardized;
}

describe('a standard score', () => {
  it.each([
    [['20', '0'], 50, 50],
    [['10', '0'], 30, 2.275013194817921],
    [['20', '10'], 70, 97.72498680518208],
    [['30', '30'], 130, 100],
    [['0', '0'], 10, 0.003167124183311992],
  ])('of %j is a T of %d and by the normal distribution a percentile of %d', (answers, tScore, percentile) => {
    expect(standardScoreOf({}, answers)).toEqual({ tScore, percentile: expect.closeTo(percentile, 10) });
  });

  it('is not rounded', () => {
    const groups = [{ ...everyone, scales: { S: { mean: 20, sd: 3 } } }];
    expect(standardScoreOf({ groups }, ['10', '0'])?.tScore).toBeCloseTo(50 - 100 / 3, 12);
  });

  it.each([
    [['0', '0'], 10, 1],
    [['10', '0'], 30, 7],
    [['20', '0'], 50, 29],
    [['20', '10'], 70, 67],
    [['20', '20'], 90, 99],
  ])('of %j (T %d) follows a curve from 30 to 70, limits included: %d', (answers, tScore, percentile) => {
    const curve = { coefficients: [4, -0.5, 0.02], from: 30, to: 70 };
    const score = standardScoreOf({ percentile: curve }, answers);
    expect(score).toEqual({ tScore, percentile: expect.closeTo(percentile, 10) });
  });

  it.each([[500, 100], [-500, 0]])('has a percentile from 0 to 100 where a curve gives %d', (constant, percentile) => {
    expect(standardScoreOf({ percentile: { coefficients: [constant], from: 0, to: 100 } }, ['20', '0'])).toEqual({
      tScore: 50, percentile,
    });
  });

  it('is absent rather than infinite', () => {
    const tiny = [{ ...everyone, scales: { S: { mean: 20, sd: Number.MIN_VALUE } } }];
    expect(standardScoreOf({ groups: tiny }, ['30', '0'])).toBeNull();
    const huge = { coefficients: [0, -1e308, 1e308], from: 0, to: 200 };
    expect(standardScoreOf({ percentile: huge }, ['20', '0'])).toBeNull();
  });

  it('is given only to the scales that the group has figures for', () => {
    const { norm, scales: [first, second] } = scored({ groups: [everyone] }, ['10', '10']);
    expect(norm).toEqual({ norm: 'edition', group: 'everyone' });
    expect(first?.standardized).toEqual({ tScore: 50, percentile: 50 });
    expect(second?.standardized).toBeNull();
  });

  it('is not given to a scale called like a property of every object', () => {
    const test = testOf(questions, [{ id: 'constructor', items: [item('1')] }], { id: 'edition', groups: [everyone] });
    expect(calculate(test, answersInOrder(['10'])).scales[0]?.standardized).toBeNull();
  });

  it('takes an answer to every item', () => {
    const { norm, scales: [first] } = scored({ groups: [everyone] }, ['10']);
    expect(first).toMatchObject({ answered: 1, percentage: expect.any(Number), standardized: null });
    expect(norm).toBeNull();
  });

  it('leaves the rest of the calculation as it is', () => {
    const { norm: _, scales: compared, ...rest } = scored({ groups: [everyone] }, ['10', '20']);
    const { norm: none, scales: plain, ...same } = calculate(testOf(questions, scales), answersInOrder(['10'], ['20']));
    expect(rest).toEqual(same);
    expect(compared.map((score) => ({ ...score, standardized: null }))).toEqual(plain);
    expect(none).toBeNull();
  });
});

describe('the group of a norm', () => {
  const S = { S: figures };
  const groups: readonly NormGroup[] = [
    { id: 'boys', sex: 'MALE', ageTo: 17, scales: S },
    { id: 'men', sex: 'MALE', scales: S },
    { id: 'adults', ageFrom: 18, ageTo: 60, scales: S },
    { id: 'old women', sex: 'FEMALE', ageFrom: 61, scales: S },
  ];

  it.each([
    [{ sex: 'MALE', age: 17 }, 'boys'],
    [{ sex: 'MALE', age: 18 }, 'men'],
    [{ sex: 'MALE', age: null }, 'men'],
    [{ sex: 'FEMALE', age: 17 }, null],
    [{ sex: 'FEMALE', age: 18 }, 'adults'],
    [{ sex: 'FEMALE', age: 60 }, 'adults'],
    [{ sex: 'FEMALE', age: 61 }, 'old women'],
    [{ sex: 'FEMALE', age: null }, null],
    [{ sex: null, age: 17 }, null],
    [{ sex: null, age: 40 }, 'adults'],
    [{ sex: null, age: 70 }, null],
    [{ sex: null, age: null }, null],
    [null, null],
  ] as const)('is for %j the first that fits: %j', (respondent, group) => {
    const { norm } = scored({ groups }, ['10', '10'], respondent);
    expect(norm).toEqual(group === null ? null : { norm: 'edition', group });
  });

  it('without conditions is for anybody, known or not', () => {
    for (const respondent of [undefined, null, { sex: null, age: null }, { sex: 'MALE', age: 3 }] as const) {
      const { norm } = scored({ groups: [everyone] }, ['10', '10'], respondent);
      expect(norm).toEqual({ norm: 'edition', group: 'everyone' });
    }
  });

  it('is not passed over for a later one when it lacks figures', () => {
    const { norm, scales: [first] } = scored({ groups: [{ id: 'empty', scales: {} }, everyone] }, ['10', '10']);
    expect([norm, first?.standardized]).toEqual([null, null]);
  });
});
