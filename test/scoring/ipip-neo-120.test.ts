import { getQuestions } from '@bigfive-org/questions';
import { describe, expect, it } from '@jest/globals';
import { ipipNeo120Norm } from '../../src/catalogue/content/ipip-neo-120-norm.js';
import { normSchema } from '../../src/catalogue/import/norm-definition.js';
import { compileScoring, type Answers, type ScaleItem, type Sex } from '../../src/scoring/index.js';
import { item, question, readFixture, testOf } from './builders.js';

interface Sheet {
  /** The answers 1 to 5 in item order, one digit each. */
  readonly answers: string;
  /** Sums of the five domains and their thirty facets, computed by the library five-factor-e. */
  readonly sums: Readonly<Record<string, number>>;
}

/** A sheet with what the same library makes of it for a respondent, rounded to six decimals. */
interface StandardizedSheet {
  readonly sex: Sex;
  readonly age: number;
  /** The norm's group for the two. */
  readonly group: string;
  readonly answers: string;
  /** Of the five domains only. */
  readonly tScores: Readonly<Record<string, number>>;
  readonly percentiles: Readonly<Record<string, number>>;
}

const { sheets } = readFixture('ipip-neo-120') as { readonly sheets: readonly Sheet[] };
const standardized = readFixture('ipip-neo-120-norm') as { readonly sheets: readonly StandardizedSheet[] };

function inventory() {
  const scales = new Map<string, ScaleItem[]>();
  const questions = getQuestions('en').map(({ domain, facet, keyed }, index) => {
    const id = String(index + 1);
    for (const scale of [domain, `${domain}${facet}`]) {
      scales.set(scale, [...(scales.get(scale) ?? []), item(id, { reversed: keyed === 'minus' })]);
    }
    return question(['1', '2', '3', '4', '5'], { id });
  });
  return testOf(questions, Array.from(scales, ([id, items]) => ({ id, items })), ipipNeo120Norm);
}

function answersFrom(digits: string): Answers {
  return new Map(Array.from(digits, (digit, index) => [String(index + 1), [digit]]));
}

describe('IPIP-NEO-120', () => {
  const score = compileScoring(inventory());

  it.each(sheets)('gives the published library\'s 35 sums for the sheet $answers', ({ answers, sums }) => {
    const { scales } = score(answersFrom(answers));
    expect(Object.fromEntries(scales.map(({ scale, sum }) => [scale, sum]))).toEqual(sums);
    expect(scales.every(({ answered, items }) => answered === items)).toBe(true);
  });

  it('has facets of 4 items from 4 to 20 and domains of 24 items from 24 to 120', () => {
    const { scales } = score(answersFrom('3'.repeat(120)));
    expect(scales).toHaveLength(35);
    for (const { scale, items, min, max, percentage } of scales) {
      const size = scale.length === 1 ? 24 : 4;
      expect({ items, min, max, percentage }).toEqual({ items: size, min: size, max: size * 5, percentage: 50 });
    }
  });
});

describe('the norm of the IPIP-NEO-120', () => {
  const score = compileScoring(inventory());
  /** The recorded figures are rounded to six decimals; the next coarser step leaves room for nothing else. */
  const recorded = (figures: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(figures).map(([scale, figure]) => [scale, expect.closeTo(figure, 5)]));

  it.each(standardized.sheets)(
    'gives the published library\'s standard scores, compared with $group ($age): $answers',
    ({ sex, age, group, answers, tScores, percentiles }) => {
      const { norm, scales } = score(answersFrom(answers), { sex, age });
      expect(norm).toEqual({ norm: ipipNeo120Norm.id, group });
      const scored = (pick: 'tScore' | 'percentile') =>
        Object.fromEntries(scales.map((scale) => [scale.scale, scale.standardized?.[pick]]));
      expect(scored('tScore')).toMatchObject(recorded(tScores));
      expect(scored('percentile')).toEqual(recorded(percentiles));
    },
  );

  it('is checked with people of all eight groups', () => {
    const groups = new Set(standardized.sheets.map(({ group }) => group));
    expect(groups).toEqual(new Set(ipipNeo120Norm.groups.map(({ id }) => id)));
    expect(groups.size).toBe(8);
  });

  it('has figures for every scale in every group', () => {
    const ids = inventory().scales.map(({ id }) => id).sort();
    expect(ids).toHaveLength(35);
    for (const { scales } of ipipNeo120Norm.groups) expect(Object.keys(scales).sort()).toEqual(ids);
  });

  it('follows the native format', () => {
    expect(normSchema.safeParse(ipipNeo120Norm).error).toBeUndefined();
  });

  it.each([
    [null],
    [{ sex: null, age: 30 }],
    [{ sex: 'FEMALE' as const, age: null }],
  ])('compares nobody of whom %j is known', (respondent) => {
    const { norm, scales } = score(answersFrom('3'.repeat(120)), respondent);
    expect(norm).toBeNull();
    expect(scales.every((scale) => scale.standardized === null)).toBe(true);
  });

  it('leaves out the scales of an unanswered item and keeps the others', () => {
    const { norm, scales } = score(answersFrom('3'.repeat(119)), { sex: 'MALE', age: 30 });
    expect(norm).not.toBeNull();
    expect(scales.filter((scale) => scale.standardized === null).map(({ scale }) => scale)).toEqual(['C', 'C6']);
  });
});
