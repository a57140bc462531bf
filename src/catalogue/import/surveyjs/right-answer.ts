import { isObject } from '../json.js';
import { quoted } from '../quoted-text.js';
import { isAbsent, scalarText } from './scalars.js';
import type { SurveyContext, SurveyOption } from './survey-question.js';

/**
 * Marks the options that are right; what is no value of an option is told to be a problem.
 *
 * @param most how many options may be right
 * @param place where the right answer stands
 */
export function markRight(
  options: readonly SurveyOption[],
  answer: unknown,
  most: number,
  place: string,
  { findings }: SurveyContext,
): readonly SurveyOption[] {
  const values = valuesOf(answer, most);
  if (values === null) {
    findings.problem(place, `must be ${most === 1 ? 'one value' : 'a list of values'} of those offered`);
    return options;
  }
  const right = new Set<SurveyOption>();
  for (const value of values) {
    const option = named(options, value);
    if (option) right.add(option);
    else findings.problem(place, `${quoted(value)} is none of the values that are offered`);
  }
  return options.map((option) => (right.has(option) ? { ...option, correct: true } : option));
}

/** The values that a right answer names; null when it is not made of values, or of more than may be. */
function valuesOf(answer: unknown, most: number): readonly string[] | null {
  if (isAbsent(answer)) return [];
  const list: readonly unknown[] = Array.isArray(answer) ? answer : [answer];
  if (list.length > most) return null;
  const values = list.map(scalarText);
  return values.every((value) => value !== null) ? values : null;
}

/** The parts of a right answer that has one for each row; null when it is not made so. */
export function rightByRow(answer: unknown): ReadonlyMap<string, unknown> | null {
  if (isAbsent(answer)) return new Map();
  return isObject(answer) ? new Map(Object.entries(answer)) : null;
}

/** The option with the value as it is, else, as SurveyJS compares, without regard to case and spaces around. */
function named(options: readonly SurveyOption[], value: string): SurveyOption | undefined {
  return options.find((option) => option.value === value)
    ?? options.find((option) => folded(option.value) === folded(value));
}

function folded(value: string): string {
  return value.trim().toLowerCase();
}
