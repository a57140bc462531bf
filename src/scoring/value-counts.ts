import type { ValueScore } from './calculation.js';
import { leadingInteger, percent } from './numbers.js';
import { answerTo, type Answers, type ScorableOption, type ScorableQuestion } from './scorable-test.js';

const SKIPPED_VALUE = '';

/** How often each value was answered, in order of first appearance among options and answers. */
export type ValueCounts = ReadonlyMap<string, number>;

/** Counts the answered values of one test. */
export class ValueCounter {
  /** Per question the values that no earlier question offers: the others are counted already when it is their turn. */
  private readonly questions: readonly { readonly id: string; readonly newValues: readonly string[] }[];
  /** How many options of the whole test carry a value. */
  private readonly occurrences = new Map<string, number>();

  constructor(questions: readonly ScorableQuestion[]) {
    this.questions = questions.map(({ id, options }) => ({ id, newValues: this.register(options) }));
  }

  /** Counts every answered value, a skipped question as `""`; values that were offered only count 0. */
  count(answers: Answers): ValueCounts {
    const counts = new Map<string, number>();
    const add = (value: string, times: number) => counts.set(value, (counts.get(value) ?? 0) + times);
    for (const { id, newValues } of this.questions) {
      for (const value of newValues) add(value, 0);
      const answer = answerTo(id, answers);
      if (answer.length === 0) add(SKIPPED_VALUE, 1);
      for (const value of answer) add(value, 1);
    }
    return counts;
  }

  /** Turns counts into percentages, `hundred` being the count that is 100 %. */
  scores(counts: ValueCounts, hundred: number): ValueScore[] {
    return Array.from(counts, ([value, sum]) => {
      const offered = this.occurrences.get(value);
      const valuePercentage = offered === undefined ? null : percent(sum, offered);
      return { value, sum, percentage: percent(sum, hundred), valuePercentage };
    });
  }

  private register(options: readonly ScorableOption[]): string[] {
    const newValues: string[] = [];
    for (const { value } of options) {
      const before = this.occurrences.get(value);
      if (before === undefined) newValues.push(value);
      this.occurrences.set(value, (before ?? 0) + 1);
    }
    return newValues;
  }
}

/** How many answers were not negative numbers; a text counts, and so does a skipped question. */
export function countNonNegative(counts: ValueCounts): number {
  let total = 0;
  for (const [value, count] of counts) {
    if (leadingInteger(value) >= 0) total += count;
  }
  return total;
}
