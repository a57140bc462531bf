import { describe, expect, it } from '@jest/globals';
import { calculate, toPlatformJson, type Calculation, type ScorableTest } from '../../src/scoring/index.js';
import { answersInOrder, item, question, testOf } from './builders.js';

const likert = question(['0', '1', '2'], { group: 'g' });

function json(test: ScorableTest, ...answers: string[][]): unknown {
  return JSON.parse(JSON.stringify(toPlatformJson(calculate(test, answersInOrder(...answers)))));
}

describe('toPlatformJson', () => {
  it('names everything as the platform does', () => {
    const zero = { sum: 0, percentage: 0, percentage_value: 0 };
    expect(json(testOf([likert]), ['1'])).toEqual({
      SUM: 1,
      SCALE: 50,
      VALUES: { 0: zero, 1: { sum: 1, percentage: 50, percentage_value: 100 }, 2: zero },
      REPEATS: { 0: zero, 1: { sum: 1, percentage: 100, percentage_value: 100 }, 2: zero },
      NON_NEGATIVE_ANSWER_VALUES_SUM: 1,
      GROUPS: { g: { SUM: 1, SCALE: 50, SCALE_OF_ALL: 50 } },
    });
  });

  it('shows maps as objects where the platform shows arrays', () => {
    for (const values of [['0', '1', '2'], ['2', '1', '0'], []]) {
      const { VALUES, REPEATS, GROUPS } = toPlatformJson(calculate(testOf([question(values)]), new Map()));
      expect([VALUES, REPEATS, GROUPS].some(Array.isArray)).toBe(false);
    }
    expect(json(testOf([]))).toMatchObject({ VALUES: {}, REPEATS: {}, GROUPS: {} });
  });

  it('shows the share of an unknown value as null', () => {
    expect(json(testOf([likert]), [])).toMatchObject({
      VALUES: { '': { sum: 1, percentage: 50, percentage_value: null } },
    });
  });

  it('adds SCALES only when the test declares scales', () => {
    expect(json(testOf([likert]))).not.toHaveProperty('SCALES');
    const scaled = testOf([likert], [{ id: 'S', items: [item('1')] }, { id: 'T', items: [] }]);
    expect(json(scaled, ['1'])).toMatchObject({
      SCALES: {
        S: { sum: 1, min: 0, max: 2, answered: 1, items: 1, percentage: 50 },
        T: { sum: 0, min: 0, max: 0, answered: 0, items: 0, percentage: null },
      },
    });
  });

  describe('of a test with a norm', () => {
    const norm = { id: 'n', groups: [{ id: 'all', scales: { S: { mean: 1, sd: 2 } } }] };
    const scales = ['S', 'T'].map((id) => ({ id, items: [item('1')] }));
    const compared = testOf([likert], scales, norm);
    const plain = { sum: 2, min: 0, max: 2, answered: 1, items: 1, percentage: 100 };

    it('adds the standard score to the scales that have one, and nothing else', () => {
      const percentile = expect.closeTo(69.146246, 6);
      expect(json(compared, ['2'])).toEqual({
        ...toPlatformJson(calculate(testOf([likert]), answersInOrder(['2']))),
        SCALES: { S: { ...plain, tScore: 55, percentile }, T: plain },
      });
    });

    it('shows a calculation from before there were norms as it was shown then', () => {
      const { norm: _, ...calculation } = calculate(testOf([likert], scales), answersInOrder(['2']));
      const stored = calculation.scales.map(({ standardized: _none, ...score }) => score);
      const shown = toPlatformJson({ ...calculation, scales: stored } as unknown as Calculation);
      expect(shown['SCALES']).toEqual({ S: plain, T: plain });
      expect(Object.keys(shown)).toEqual([
        'SUM', 'SCALE', 'VALUES', 'REPEATS', 'NON_NEGATIVE_ANSWER_VALUES_SUM', 'GROUPS', 'SCALES',
      ]);
    });
  });

  it('loses no key, not even "__proto__"', () => {
    const test = testOf([question(['__proto__'], { group: '__proto__' })], [{ id: '__proto__', items: [item('1')] }]);
    const shown = toPlatformJson(calculate(test, answersInOrder(['__proto__'])));
    for (const map of [shown['VALUES'], shown['REPEATS'], shown['GROUPS'], shown['SCALES']]) {
      expect(JSON.stringify(map)).toContain('"__proto__":{');
    }
  });
});
