import { readFileSync } from 'node:fs';
import {
  calculate,
  type Answers,
  type Calculation,
  type ScaleItem,
  type ScaleScore,
  type ScorableKind,
  type ScorableNorm,
  type ScorableQuestion,
  type ScorableScale,
  type ScorableTest,
  type ValueScore,
} from '../../src/scoring/index.js';

interface QuestionDetails {
  readonly id?: string;
  readonly kind?: ScorableKind;
  readonly group?: string;
  readonly count?: number;
  /** Those of the values that are marked correct. */
  readonly correct?: readonly string[];
}

/**
 * A question with these option values (or right texts, and their translations in the same order); question "1" of kind
 * OPTION unless told otherwise.
 */
export function question(
  values: readonly string[],
  details: QuestionDetails = {},
  translations: readonly Readonly<Record<string, string>>[] = [],
): ScorableQuestion {
  const { id = '1', kind = 'OPTION', group = null, count = null, correct = [] } = details;
  const options = values.map((value, index) =>
    ({ value, correct: correct.includes(value), translations: translations[index] }));
  return { id, kind, group, count, options };
}

export function testOf(
  questions: readonly ScorableQuestion[],
  scales: readonly ScorableScale[] = [],
  norm: ScorableNorm | null = null,
): ScorableTest {
  return { questions, scales, norm };
}

export function item(question: string, details: Partial<ScaleItem> = {}): ScaleItem {
  return { question, weight: 1, reversed: false, ...details };
}

/** How these items score as a scale named "S". */
export function scaleOf(
  questions: readonly ScorableQuestion[],
  items: readonly ScaleItem[],
  answers: Answers,
  details: { readonly minimumAnswered?: number } = {},
): ScaleScore {
  const [score] = calculate(testOf(questions, [{ id: 'S', items, ...details }]), answers).scales;
  if (!score) throw new Error('no scale was scored');
  return score;
}

/** Answers to the questions "1", "2" and so on. */
export function answersInOrder(...answers: readonly (readonly string[])[]): Answers {
  return new Map(answers.map((values, index) => [String(index + 1), values]));
}

/** A value's row as `[value, sum, percentage, valuePercentage]`. */
export type ValueRow = readonly [string, number, number, number | null];

export function valueRows(scores: readonly ValueScore[]): ValueRow[] {
  return scores.map(({ value, sum, percentage, valuePercentage }) => [value, sum, percentage, valuePercentage]);
}

export function allNumbers({ values, repeats, groups, scales, ...totals }: Calculation): number[] {
  const standardized = scales.flatMap((scale) => scale.standardized ?? []);
  return [totals, ...values, ...repeats, ...groups, ...scales, ...standardized]
    .flatMap((part) => Object.values(part))
    .filter((content) => typeof content === 'number');
}

export function readFixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'));
}
