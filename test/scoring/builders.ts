import { readFileSync } from 'node:fs';
import type {
  Answers,
  Calculation,
  ScaleItem,
  ScorableKind,
  ScorableQuestion,
  ScorableScale,
  ScorableTest,
  ValueScore,
} from '../../src/scoring/index.js';

interface QuestionDetails {
  readonly id?: string;
  readonly kind?: ScorableKind;
  readonly group?: string;
  readonly count?: number;
  /** Those of the values that are marked correct. */
  readonly correct?: readonly string[];
}

/** A question with these option values (or right texts); question "1" of kind OPTION unless told otherwise. */
export function question(values: readonly string[], details: QuestionDetails = {}): ScorableQuestion {
  const { id = '1', kind = 'OPTION', group = null, count = null, correct = [] } = details;
  return { id, kind, group, count, options: values.map((value) => ({ value, correct: correct.includes(value) })) };
}

export function testOf(questions: readonly ScorableQuestion[], scales: readonly ScorableScale[] = []): ScorableTest {
  return { questions, scales };
}

export function item(question: string, details: Partial<ScaleItem> = {}): ScaleItem {
  return { question, weight: 1, reversed: false, ...details };
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
  return [totals, ...values, ...repeats, ...groups, ...scales]
    .flatMap((part) => Object.values(part))
    .filter((content) => typeof content === 'number');
}

export function readFixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'));
}
