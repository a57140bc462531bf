import { leadingInteger } from './numbers.js';
import { rightAnswer } from './right-answer.js';
import type { ScorableQuestion } from './scorable-test.js';

type PointsRule = (answer: readonly string[]) => number;

/** How many points a question gives. */
export interface QuestionPoints {
  /** The points counted as the question's 100 %. An answer can earn more: see the README. */
  readonly max: number;
  /** The points of an answer, a skipped question being an empty list. */
  readonly points: PointsRule;
}

/** One question by the platform's rules: a point for being right where something is right, else the values' sum. */
export function questionPoints(question: ScorableQuestion): QuestionPoints {
  return { max: maximum(question), points: pointsRule(question) };
}

function maximum({ kind, options }: ScorableQuestion): number {
  if (kind === 'TEXT') return 0;
  const correct = options.filter((option) => option.correct).length;
  if (correct > 0) return correct;
  return options.reduce((largest, { value }) => Math.max(largest, leadingInteger(value)), 0);
}

function pointsRule(question: ScorableQuestion): PointsRule {
  const isRight = rightAnswer(question);
  return isRight ? (answer) => (isRight(answer) ? 1 : 0) : sumOfValues;
}

function sumOfValues(answer: readonly string[]): number {
  return answer.reduce((sum, value) => sum + leadingInteger(value), 0);
}
