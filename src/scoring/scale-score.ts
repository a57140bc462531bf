import { answerNumber } from './answer-number.js';
import type { ScaleScore } from './calculation.js';
import { answerTo, type Answers, type ScaleItem, type ScorableQuestion, type ScorableScale } from './scorable-test.js';
import type { Comparison } from './standard-score.js';

/** An item whose answers can be scored, its weight and direction applied. */
interface WeightedItem {
  readonly question: string;
  readonly min: number;
  readonly max: number;
  readonly points: (answer: readonly string[]) => number | null;
}

/** Scores one scale; without a comparison there is no standard score. */
type ScaleScoring = (answers: Answers, comparison: Comparison | null) => ScaleScore;

/**
 * Prepares a declared scale. Items that can never be scored (such as one of an unknown question or without options: see
 * the README) are not an error here: they stay unanswered for ever. Importing a test is the moment to refuse them.
 */
export function compileScale(scale: ScorableScale, questions: ReadonlyMap<string, ScorableQuestion>): ScaleScoring {
  const weighted = scale.items.map((item) => weightedItem(item, questions)).filter((item) => item !== null);
  const { id, items: { length: items }, minimumAnswered = 0 } = scale;
  return (answers, comparison) => {
    let [sum, min, max, answered] = [0, 0, 0, 0];
    for (const item of weighted) {
      const points = item.points(answerTo(item.question, answers));
      if (points === null) continue;
      sum += points;
      min += item.min;
      max += item.max;
      answered += 1;
    }
    const percentage = answered / items < minimumAnswered ? null : position(sum, min, max);
    // A norm describes complete sums; one that misses an item would always look low.
    const standardized = answered === items ? (comparison?.standardize(id, sum) ?? null) : null;
    return { scale: id, sum, min, max, answered, items, percentage, standardized };
  };
}

function weightedItem(item: ScaleItem, questions: ReadonlyMap<string, ScorableQuestion>): WeightedItem | null {
  const question = questions.get(item.question);
  const amount = question ? answerNumber(question, item) : null;
  if (amount === null) return null;
  const { smallest, largest, read } = amount;
  const weigh = (number: number) => (item.reversed ? smallest + largest - number : number) * item.weight;
  return {
    question: item.question,
    min: Math.min(weigh(smallest), weigh(largest)),
    max: Math.max(weigh(smallest), weigh(largest)),
    points: (answer) => {
      const number = read(answer);
      return number === null ? null : weigh(number);
    },
  };
}

function position(sum: number, min: number, max: number): number | null {
  if (max <= min) return null;
  // Fractional weights can round a sum at the very end of the range to just beyond it.
  return Math.min(100, Math.max(0, (100 * (sum - min)) / (max - min)));
}
