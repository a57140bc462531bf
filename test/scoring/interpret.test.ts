import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  calculate,
  compileScoring,
  interpret,
  toPlatformJson,
  type BarRule,
  type ConditionOperator,
  type InterpretationRule,
  type Interpreted,
  type LevelColor,
  type ScorableQuestion,
} from '../../src/scoring/index.js';
import { absentOr, sitting, value } from './arbitraries.js';
import { readFixture, testOf } from './builders.js';

/** What was shown as `[rule]`, or with a bar as `[rule, percentage, value, color]`. */
type Row = readonly [number] | readonly [number, number, number | null, LevelColor];

interface RecordedQuiz {
  readonly name: string;
  readonly questions: readonly ScorableQuestion[];
  readonly rules: readonly InterpretationRule[];
  readonly cases: readonly {
    readonly title: string;
    readonly answers: readonly (readonly [string, readonly string[]])[];
    readonly interpreted: readonly Row[];
  }[];
}

const { quizzes } = readFixture('recorded-interpretations') as { readonly quizzes: readonly RecordedQuiz[] };

function rows(interpreted: readonly Interpreted[]): Row[] {
  return interpreted.map(({ index, bar }) => (bar ? [index, bar.percentage, bar.value, bar.color] : [index]));
}

describe.each(quizzes)('what the platform showed for the quiz $name', ({ questions, rules, cases }) => {
  const score = compileScoring(testOf(questions));

  it.each(cases)('is given here too: $title', ({ answers, interpreted }) => {
    expect(rows(interpret(rules, toPlatformJson(score(new Map(answers)))))).toEqual(interpreted);
  });
});

describe('an interpretation', () => {
  const result = { SUM: 5, SCALE: 49.9, LOSS: -2.7, GROUPS: { g: { SUM: 0, SHARE: null } } };
  const given = (...when: (readonly [string, ConditionOperator, number])[]) => {
    const conditions = when.map(([path, operator, value]) => ({ path, operator, value }));
    return interpret([{ when: conditions }], result).length === 1;
  };

  it.each([
    ['>', [true, false, false]],
    ['>=', [true, true, false]],
    ['<', [false, false, true]],
    ['<=', [false, true, true]],
    ['=', [false, true, false]],
  ] as const)('whose condition is %s compares with a smaller, an equal and a larger number', (operator, expected) => {
    expect([4, 5, 6].map((value) => given(['SUM', operator, value]))).toEqual(expected);
  });

  it('compares whole numbers, fractions cut off on both sides', () => {
    expect([given(['SCALE', '=', 49]), given(['SCALE', '>', 49])]).toEqual([true, false]);
    expect([given(['LOSS', '=', -2]), given(['LOSS', '<', -2])]).toEqual([true, false]);
    expect([given(['SUM', '=', 5.9]), given(['SUM', '<', 5.9])]).toEqual([true, false]);
  });

  it('takes all of its conditions', () => {
    expect(given(['SUM', '>', 1], ['GROUPS.g.SUM', '=', 0])).toBe(true);
    expect(given(['SUM', '>', 1], ['GROUPS.g.SUM', '=', 1])).toBe(false);
  });

  const empty = ['GROUPS.none.SUM', 'GROUPS.g.SHARE', 'GROUPS.g', 'constructor'];
  it.each(empty)('is not given when there is no number at %s', (path) => {
    for (const operator of ['>', '>=', '<', '<=', '='] as const) expect(given([path, operator, 0])).toBe(false);
  });

  it('is always given without conditions', () => {
    expect(interpret([{}, { when: [] }], {})).toEqual([{ index: 0, bar: null }, { index: 1, bar: null }]);
  });

  it('is given beside the others that fit, in their order', () => {
    const fails = { when: [{ path: 'SUM', operator: '>', value: 99 }] } as const;
    expect(interpret([{}, fails, {}, fails], result).map(({ index }) => index)).toEqual([0, 2]);
    expect(interpret([fails], result)).toEqual([]);
    expect(interpret([], result)).toEqual([]);
  });
});

describe('the bar of an interpretation', () => {
  const result = { LOW: 24.9, MIDDLE: 25, HIGH: 100.9, OVER: 120, LOSS: -5, SUM: 7, NONE: null };
  const bar = (rule: BarRule) => interpret([{ bar: rule }], result)[0]?.bar;
  const levels = [
    { upTo: 24, color: 'success' },
    { upTo: 50, color: 'warning' },
    { upTo: 100, color: 'danger' },
  ] as const;

  it.each([
    ['LOSS', -5, 'success'],
    ['LOW', 24.9, 'success'],
    ['MIDDLE', 25, 'warning'],
    ['HIGH', 100.9, 'danger'],
    ['OVER', 120, 'primary'],
  ])('has at %s the percentage %d and the color of the first level that reaches it', (percent, percentage, color) => {
    expect(bar({ percent, levels })).toEqual({ percentage, value: null, color });
  });

  it('takes the levels in the order in which they stand', () => {
    expect(bar({ percent: 'LOW', levels: [...levels].reverse() })?.color).toBe('danger');
  });

  it('is primary without levels', () => {
    expect(bar({ percent: 'LOW' })?.color).toBe('primary');
    expect(bar({ percent: 'LOW', levels: [] })?.color).toBe('primary');
  });

  it('has the value that the result has for it', () => {
    expect(bar({ percent: 'LOW', value: 'SUM' })?.value).toBe(7);
    expect([bar({ percent: 'LOW', value: 'NONE' })?.value, bar({ percent: 'LOW' })?.value]).toEqual([null, null]);
  });

  it('is left out, the interpretation is not, when the result has nothing to fill it with', () => {
    expect(interpret([{ bar: { percent: 'NONE', value: 'SUM' } }], result)).toEqual([{ index: 0, bar: null }]);
  });
});

describe('interpret', () => {
  const step = fc.oneof(
    fc.constantFrom('SUM', 'SCALE', 'VALUES', 'REPEATS', 'GROUPS', 'SCALES', 'a', 'S0', 'sum', 'percentage', 'tScore'),
    fc.constantFrom('__proto__', 'constructor', 'length', ''),
    value,
  );
  const dotted = fc.array(step, { maxLength: 5 }).map((steps) => steps.join('.'));
  const path = fc.oneof(fc.constantFrom('SUM', 'SCALE'), dotted);
  const operator = fc.constantFrom('>', '>=', '<', '<=', '=');
  const color = fc.constantFrom('primary', 'success', 'warning', 'danger');
  const level = fc.record({ upTo: fc.integer({ min: 0, max: 100 }), color });
  const condition = fc.record({ path, operator, value: fc.integer({ min: -9, max: 9 }) });
  const bar = fc.record({ percent: path, value: absentOr(path), levels: absentOr(fc.array(level, { maxLength: 3 })) });
  const rules: fc.Arbitrary<InterpretationRule[]> = fc.array(
    fc.record({ when: absentOr(fc.array(condition, { maxLength: 2 })), bar: absentOr(bar) }),
  );
  const result = fc.oneof(
    sitting.map(([test, answers]) => toPlatformJson(calculate(test, answers))),
    fc.dictionary(fc.oneof(step, fc.string()), fc.jsonValue()),
  );

  it('judges every rule by itself, in order, whatever the result', () => {
    fc.assert(
      fc.property(rules, result, (all, json) => {
        const oneByOne = all.flatMap((rule, index) => interpret([rule], json).map(({ bar }) => ({ index, bar })));
        expect(interpret(all, json)).toEqual(oneByOne);
      }),
    );
  });

  it('gives finite numbers', () => {
    fc.assert(
      fc.property(rules, result, (all, json) => {
        const numbers = interpret(all, json).flatMap(({ bar }) => (bar ? [bar.percentage, bar.value ?? 0] : []));
        expect(numbers.filter((number) => !Number.isFinite(number))).toEqual([]);
      }),
    );
  });
});
