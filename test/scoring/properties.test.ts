import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  calculate,
  compileScoring,
  toPlatformJson,
  type Answers,
  type Respondent,
  type ScaleItem,
  type ScorableTest,
} from '../../src/scoring/index.js';
import {
  anyQuestion,
  normFigures,
  percentileCurve,
  questionnaire,
  respondent,
  sitting,
  sittingWithDigits,
  value,
} from './arbitraries.js';
import { allNumbers, item, testOf } from './builders.js';

describe('scoring', () => {
  it('is pure: a compiled test gives the same result again and again, and leaves test and answers alone', () => {
    fc.assert(
      fc.property(sitting, ([test, answers]) => {
        const before = structuredClone({ test, answers });
        const score = compileScoring(test);
        const first = score(answers);
        score(new Map());
        expect(score(answers)).toEqual(first);
        expect({ test, answers }).toEqual(before);
      }),
    );
  });

  it('gives finite numbers and no negative zero whatever the texts', () => {
    fc.assert(
      fc.property(sitting, respondent, ([test, answers], person) => {
        const numbers = allNumbers(calculate(test, answers, person));
        expect(numbers.filter((number) => !Number.isFinite(number) || Object.is(number, -0))).toEqual([]);
      }),
    );
  });

  it('counts in repeats every answered value once, and every skipped question once', () => {
    fc.assert(
      fc.property(sitting, ([test, answers]) => {
        const counted = calculate(test, answers).repeats.reduce((total, { sum }) => total + sum, 0);
        const given = test.questions.map(({ id }) => Math.max(1, answers.get(id)?.length ?? 0));
        expect(counted).toBe(given.reduce((total, count) => total + count, 0));
      }),
    );
  });

  it('counts the same in values and repeats, each value once', () => {
    fc.assert(
      fc.property(sitting, ([test, answers]) => {
        const { values, repeats } = calculate(test, answers);
        expect(values.map(({ value, sum }) => [value, sum])).toEqual(repeats.map(({ value, sum }) => [value, sum]));
        expect(new Set(values.map(({ value }) => value)).size).toBe(values.length);
      }),
    );
  });

  it('does not depend on the order of questions', () => {
    const shuffled = sitting.chain(([test, answers]) =>
      fc.tuple(
        fc.constant({ test, answers }),
        fc.shuffledSubarray([...test.questions], { minLength: test.questions.length }),
      ),
    );
    const unordered = (test: ScorableTest, answers: Answers) => {
      const { values, repeats, groups, ...totals } = calculate(test, answers);
      return { ...totals, lists: [values, repeats, groups].map((list) => new Set<unknown>(list)) };
    };
    fc.assert(
      fc.property(shuffled, ([{ test, answers }, questions]) => {
        expect(unordered({ ...test, questions }, answers)).toEqual(unordered(test, answers));
      }),
    );
  });

  it('is indifferent to answers to questions that the test does not have', () => {
    fc.assert(
      fc.property(sitting, fc.array(value), ([test, answers], stray) => {
        expect(calculate(test, new Map([...answers, ['stray', stray]]))).toEqual(calculate(test, answers));
      }),
    );
  });

  it('gives a questionnaire of non-negative values only percentages from 0 to 100', () => {
    fc.assert(
      fc.property(questionnaire, ({ test, answers }) => {
        const { percentage, repeats, groups } = calculate(test, answers);
        const all = [
          percentage,
          ...repeats.flatMap((score) => [score.percentage, score.valuePercentage ?? 0]),
          ...groups.flatMap((score) => [score.percentage, score.percentageOfAll]),
        ];
        expect(all.filter((share) => share < 0 || share > 100)).toEqual([]);
      }),
    );
  });

  it('splits the sum of a wholly grouped test among its groups', () => {
    fc.assert(
      fc.property(questionnaire, ({ test, answers }) => {
        const { sum, max, groups } = calculate(test, answers);
        expect(groups.reduce((total, group) => total + group.sum, 0)).toBe(sum);
        expect(groups.reduce((total, group) => total + group.max, 0)).toBe(max);
      }),
    );
  });
});

describe('a declared scale', () => {
  it('lies between 0 and 100 % or has no percentage', () => {
    fc.assert(
      fc.property(sitting, ([test, answers]) => {
        for (const { percentage, answered, items } of calculate(test, answers).scales) {
          expect(percentage === null || (percentage >= 0 && percentage <= 100)).toBe(true);
          expect(answered).toBeLessThanOrEqual(items);
        }
      }),
    );
  });

  it('does not change when an unrelated question is added', () => {
    fc.assert(
      fc.property(sitting, anyQuestion, fc.array(value), ([test, answers], details, answer) => {
        const extended = { ...test, questions: [{ ...details, id: 'unrelated' }, ...test.questions] };
        const { scales } = calculate(extended, new Map([...answers, ['unrelated', answer]]));
        expect(scales).toEqual(calculate(test, answers).scales);
      }),
    );
  });

  it('is mirrored within its limits by reversing all items, and restored by reversing them again', () => {
    const reverse = ({ questions, scales }: ScorableTest) =>
      testOf(questions, scales.map((scale) => ({ ...scale, items: scale.items.map(reverseItem) })));
    const reverseItem = (item: ScaleItem) => ({ ...item, reversed: !item.reversed });
    fc.assert(
      fc.property(sittingWithDigits, ([test, answers]) => {
        const { scales } = calculate(test, answers);
        const mirrored = calculate(reverse(test), answers).scales;
        for (const [index, { sum, min, max, answered }] of scales.entries()) {
          expect(mirrored[index]).toMatchObject({ min, max, answered, sum: expect.closeTo(min + max - sum, 9) });
        }
        expect(calculate(reverse(reverse(test)), answers).scales).toEqual(scales);
      }),
    );
  });
});

describe('a standard score', () => {
  it('is finite, its percentile from 0 to 100, whatever the norm', () => {
    fc.assert(
      fc.property(questionnaire, normFigures, percentileCurve, ({ test, answers }, figures, percentile) => {
        const scales = [{ id: 'S', items: test.questions.map(({ id }) => item(id)) }];
        const norm = { id: 'any', percentile, groups: [{ id: 'everyone', scales: { S: figures } }] };
        for (const { standardized } of calculate({ ...test, scales, norm }, answers).scales) {
          const { tScore, percentile: share } = standardized ?? { tScore: 50, percentile: 50 };
          expect([Number.isFinite(tScore), share >= 0, share <= 100]).toEqual([true, true, true]);
        }
      }),
    );
  });

  it('belongs to a scale answered in full; the norm is named when there is one', () => {
    fc.assert(
      fc.property(sitting, respondent, ([test, answers], person) => {
        const { scales, norm } = calculate(test, answers, person);
        const given = scales.filter(({ standardized }) => standardized !== null);
        expect(norm === null).toBe(given.length === 0);
        for (const { answered, items } of given) expect(answered).toBe(items);
      }),
    );
  });

  it('changes with the respondent, nothing else does', () => {
    const rest = (test: ScorableTest, answers: Answers, person: Respondent | null) => {
      const { norm: _, scales, ...others } = calculate(test, answers, person);
      return { ...others, scales: scales.map(({ standardized: _score, ...score }) => score) };
    };
    fc.assert(
      fc.property(sitting, respondent, ([test, answers], person) => {
        expect(rest(test, answers, person)).toEqual(rest({ ...test, norm: null }, answers, null));
      }),
    );
  });
});

describe('toPlatformJson', () => {
  it('has a fixed set of keys, and a key for every value, group and scale', () => {
    fc.assert(
      fc.property(sitting, ([test, answers]) => {
        const calculation = calculate(test, answers);
        const shown = JSON.parse(JSON.stringify(toPlatformJson(calculation))) as Record<string, object>;
        const keys = ['SUM', 'SCALE', 'VALUES', 'REPEATS', 'NON_NEGATIVE_ANSWER_VALUES_SUM', 'GROUPS'];
        expect(Object.keys(shown)).toEqual(test.scales.length > 0 ? [...keys, 'SCALES'] : keys);
        const keysOf = (name: string) => new Set(Object.keys(shown[name] ?? {}));
        expect(keysOf('VALUES')).toEqual(new Set(calculation.values.map(({ value }) => value)));
        expect(keysOf('REPEATS')).toEqual(new Set(calculation.repeats.map(({ value }) => value)));
        expect(keysOf('GROUPS')).toEqual(new Set(calculation.groups.map(({ group }) => group)));
        expect(keysOf('SCALES')).toEqual(new Set(calculation.scales.map(({ scale }) => scale)));
      }),
    );
  });
});
