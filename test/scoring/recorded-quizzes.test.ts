import { describe, expect, it } from '@jest/globals';
import { compileScoring, type ScorableQuestion } from '../../src/scoring/index.js';
import { readFixture, testOf, valueRows, type ValueRow } from './builders.js';

interface RecordedCase {
  readonly title: string;
  readonly answers: readonly (readonly [string, readonly string[]])[];
  readonly sum: number;
  readonly percentage: number;
  readonly nonNegative: number;
  readonly values: readonly ValueRow[];
  readonly repeats: readonly ValueRow[];
  /** `[group, sum, percentage]`; the platform records no share of the whole. */
  readonly groups: readonly (readonly [string, number, number])[];
}

interface RecordedQuiz {
  readonly name: string;
  readonly questions: readonly ScorableQuestion[];
  readonly cases: readonly RecordedCase[];
}

const { quizzes } = readFixture('recorded-quizzes') as { readonly quizzes: readonly RecordedQuiz[] };

describe.each(quizzes)('what the platform calculated for the quiz $name', ({ questions, cases }) => {
  const score = compileScoring(testOf(questions));

  it.each(cases)('is calculated here too: $title', ({ title: _, answers, ...recorded }) => {
    const { sum, percentage, nonNegativeAnswerValuesSum, values, repeats, groups } = score(new Map(answers));
    expect({
      sum,
      percentage,
      nonNegative: nonNegativeAnswerValuesSum,
      values: valueRows(values),
      repeats: valueRows(repeats),
      groups: groups.map((group) => [group.group, group.sum, group.percentage]),
    }).toEqual(recorded);
  });
});
