import { canonicalValue } from './numbers.js';
import { ownValue } from './own-value.js';
import type { ScorableOption, ScorableQuestion } from './scorable-test.js';

type RightAnswer = (answer: readonly string[]) => boolean;

/** Tells right answers from wrong ones by the platform's rules; null when the question has nothing that is right. */
export function rightAnswer({ kind, count, options }: ScorableQuestion): RightAnswer | null {
  if (kind === 'TEXT') return rightTexts(options);
  const correct = options.filter((option) => option.correct);
  const canBeRight = (kind === 'OPTION' || kind === 'CHECKBOX') && correct.length > 0;
  return canBeRight ? rightOptions(correct, count ?? 1) : null;
}

/**
 * Right when the answers are the fields' right texts as a set: order and repetition are free, spelling is not.
 * The texts of one language count together; a field without a translation has the same text in all.
 */
function rightTexts(fields: readonly ScorableOption[]): RightAnswer {
  const locales = new Set(fields.flatMap(({ translations }) => Object.keys(translations ?? {})));
  const right = [
    new Set(fields.map(({ value }) => value)),
    ...Array.from(locales, (locale) => new Set(fields.map((field) => textIn(locale, field)))),
  ];
  return (answer) => {
    const given = new Set(answer);
    return right.some((texts) => given.size === texts.size && answer.every((text) => texts.has(text)));
  };
}

function textIn(locale: string, { value, translations }: ScorableOption): string {
  return ownValue(translations ?? {}, locale) ?? value;
}

/** Right when exactly the expected number of values was answered and each of them is right. */
function rightOptions(correct: readonly ScorableOption[], expected: number): RightAnswer {
  const right = new Set(correct.map(({ value }) => canonicalValue(value)));
  return (answer) => answer.length === expected && answer.every((value) => right.has(canonicalValue(value)));
}
