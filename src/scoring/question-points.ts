import { canonicalValue, leadingInteger } from './numbers.js';
import type { ScorableOption, ScorableQuestion } from './scorable-test.js';

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

function pointsRule({ kind, count, options }: ScorableQuestion): PointsRule {
  if (kind === 'TEXT') return pointForRightTexts(options);
  const correct = options.filter((option) => option.correct);
  const canBeRight = (kind === 'OPTION' || kind === 'CHECKBOX') && correct.length > 0;
  return canBeRight ? pointForRightOptions(correct, count ?? 1) : sumOfValues;
}

/** One point when the answers are the fields' right values as a set: order and repetition are free, spelling is not. */
function pointForRightTexts(fields: readonly ScorableOption[]): PointsRule {
  const right = new Set(fields.map(({ value }) => value));
  return (answer) => {
    const given = new Set(answer);
    return given.size === right.size && answer.every((value) => right.has(value)) ? 1 : 0;
  };
}

/** One point when exactly the expected number of values was answered and each of them is right. */
function pointForRightOptions(correct: readonly ScorableOption[], expected: number): PointsRule {
  const right = new Set(correct.map(({ value }) => canonicalValue(value)));
  return (answer) => (answer.length === expected && answer.every((value) => right.has(canonicalValue(value))) ? 1 : 0);
}

function sumOfValues(answer: readonly string[]): number {
  return answer.reduce((sum, value) => sum + leadingInteger(value), 0);
}
