import { getQuestions } from '@bigfive-org/questions';
import { describe, expect, it } from '@jest/globals';
import { compileScoring, type ScaleItem } from '../../src/scoring/index.js';
import { item, question, readFixture, testOf } from './builders.js';

interface Sheet {
  /** The answers 1 to 5 in item order, one digit each. */
  readonly answers: string;
  /** Sums of the five domains and their thirty facets, computed by the library five-factor-e. */
  readonly sums: Readonly<Record<string, number>>;
}

const { sheets } = readFixture('ipip-neo-120') as { readonly sheets: readonly Sheet[] };

function inventory() {
  const scales = new Map<string, ScaleItem[]>();
  const questions = getQuestions('en').map(({ domain, facet, keyed }, index) => {
    const id = String(index + 1);
    for (const scale of [domain, `${domain}${facet}`]) {
      scales.set(scale, [...(scales.get(scale) ?? []), item(id, { reversed: keyed === 'minus' })]);
    }
    return question(['1', '2', '3', '4', '5'], { id });
  });
  return testOf(questions, Array.from(scales, ([id, items]) => ({ id, items })));
}

describe('IPIP-NEO-120', () => {
  const score = compileScoring(inventory());

  it.each(sheets)('gives the published library\'s 35 sums for the sheet $answers', ({ answers, sums }) => {
    const { scales } = score(new Map(Array.from(answers, (digit, index) => [String(index + 1), [digit]])));
    expect(Object.fromEntries(scales.map(({ scale, sum }) => [scale, sum]))).toEqual(sums);
    expect(scales.every(({ answered, items }) => answered === items)).toBe(true);
  });

  it('has facets of 4 items from 4 to 20 and domains of 24 items from 24 to 120', () => {
    const { scales } = score(new Map(Array.from({ length: 120 }, (_, index) => [String(index + 1), ['3']])));
    expect(scales).toHaveLength(35);
    for (const { scale, items, min, max, percentage } of scales) {
      const size = scale.length === 1 ? 24 : 4;
      expect({ items, min, max, percentage }).toEqual({ items: size, min: size, max: size * 5, percentage: 50 });
    }
  });
});
