import { canonicalValue, leadingNumber, wholeNumber } from './numbers.js';
import { ownValue } from './own-value.js';
import { rightAnswer } from './right-answer.js';
import type { ScaleItem, ScorableQuestion } from './scorable-test.js';

/** How the answers to a question are read as numbers. */
export interface AnswerNumber {
  readonly smallest: number;
  readonly largest: number;
  /** The number between the two that an answer stands for; null when it is not an answer the question allows. */
  readonly read: (answer: readonly string[]) => number | null;
}

/**
 * How an item of a declared scale reads the answers to its question: an option's number or points, a gradient's
 * position, the sum of ticked boxes, or whether the answer is right. Null when the answers are not amounts, there is
 * nothing to choose from, or nothing is right.
 */
export function answerNumber(question: ScorableQuestion, { points, correct }: ScaleItem): AnswerNumber | null {
  if (correct) return rightness(question);
  const amount = (value: string) => (points ? (ownValue(points, value) ?? 0) : leadingNumber(value));
  const numbers = new Map(question.options.map(({ value }) => [canonicalValue(value), amount(value)]));
  if (numbers.size === 0) return null;
  switch (question.kind) {
    case 'OPTION':
      return chosenOption(numbers);
    case 'CHECKBOX':
      return tickedBoxes(numbers);
    case 'GRADIENT':
      return points ? null : position(numbers);
    case 'TEXT':
    case 'RATING':
      return null;
  }
}

function rightness(question: ScorableQuestion): AnswerNumber | null {
  const isRight = rightAnswer(question);
  if (!isRight) return null;
  return { smallest: 0, largest: 1, read: (answer) => (answer.length === 0 ? null : Number(isRight(answer))) };
}

type OptionNumbers = ReadonlyMap<string, number>;

function chosenOption(numbers: OptionNumbers): AnswerNumber {
  return {
    ...limits(numbers),
    read: (answer) => {
      const value = onlyValue(answer);
      return value === null ? null : (numbers.get(canonicalValue(value)) ?? null);
    },
  };
}

function position(numbers: OptionNumbers): AnswerNumber {
  const { smallest, largest } = limits(numbers);
  return {
    smallest,
    largest,
    read: (answer) => {
      const value = onlyValue(answer);
      const number = value === null ? null : wholeNumber(value);
      return number !== null && number >= smallest && number <= largest ? number : null;
    },
  };
}

function tickedBoxes(numbers: OptionNumbers): AnswerNumber {
  const all = [...numbers.values()];
  return {
    smallest: total(all.filter((number) => number < 0)),
    largest: total(all.filter((number) => number > 0)),
    read: (answer) => {
      const ticked = new Set(answer.map(canonicalValue));
      const known = [...numbers].filter(([value]) => ticked.has(value));
      const allowed = ticked.size > 0 && known.length === ticked.size;
      return allowed ? total(known.map(([, number]) => number)) : null;
    },
  };
}

function limits(numbers: OptionNumbers): { smallest: number; largest: number } {
  const all = [...numbers.values()];
  return { smallest: Math.min(...all), largest: Math.max(...all) };
}

function onlyValue(answer: readonly string[]): string | null {
  const [value] = answer;
  return answer.length === 1 && value !== undefined ? value : null;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
