import { z } from 'zod';
import type { Localized } from '../../../kernel/localized.js';
import { QuestionKind } from '../../question-kind.js';
import { definitionLimits } from '../fields.js';
import { markRight } from './right-answer.js';
import { optionOf, readItems, type SurveyItem } from './survey-items.js';
import { type ElementReader, headOf, type SurveyContext, type SurveyElement } from './survey-question.js';

/** How many values SurveyJS makes of a range at most. */
const GENERATED_VALUES = 20;
/** Decimals of a generated value. */
const DECIMALS = 9;

/** Of `rating`. The descriptions of its ends go with the texts of the first and the last option. */
export const readRating: ElementReader = (element, context) => {
  const { json, place } = element;
  const values = readValues(element, context);
  if (!values) return [];
  const described = describeEnds(values, element, context);
  const options = markRight(described.map(optionOf), json.correctAnswer, 1, place('correctAnswer'), context);
  return [{ ...headOf(element, context), kind: QuestionKind.OPTION, options }];
};

/** The values as they are listed, else those of the range; null when there are none, which is told. */
function readValues(element: SurveyElement, context: SurveyContext): readonly SurveyItem[] | null {
  const listed = readItems(element, 'rateValues', definitionLimits.optionsPerQuestion, context);
  if (listed === null || (listed.length > 0 && element.json.autoGenerate !== true)) return listed;
  return rangeValues(element, context);
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

const rangeShape = z.object({
  rateMin: z.number().nullish(),
  rateMax: z.number().nullish(),
  rateStep: z.number().positive().nullish(),
  rateCount: z.int().min(1).nullish(),
});

function rangeValues(
  { json, place }: SurveyElement,
  { texts, findings }: SurveyContext,
): readonly SurveyItem[] | null {
  const parsed = rangeShape.safeParse(json);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) findings.problem(place(path.join('.')), message);
    return null;
  }
  const { from, to, step } = range(parsed.data);
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  if (!(count >= 1)) {
    findings.problem(place(), `a scale from ${from} to ${to} by ${step} has no values`);
    return null;
  }
  // Fractions do not add up exactly: 3 times 0.1 is a little more than 0.3.
  const values = Array.from({ length: Math.min(count, GENERATED_VALUES) }, (_, index) =>
    String(Number((from + index * step).toFixed(DECIMALS))));
  if (new Set(values).size < values.length) {
    const advice = `choose a larger "rateStep": values have ${DECIMALS} decimals`;
    findings.problem(place(), `a scale from ${from} to ${to} by ${step} has equal values; ${advice}`);
    return null;
  }
  if (count > GENERATED_VALUES) {
    findings.warning(place(), `SurveyJS shows the first ${GENERATED_VALUES} values of a scale; the rest is left out`);
  }
  return values.map((value) => ({ value, text: texts.plain(value), image: null, place: place() }));
}

/** A number of values stands for the end that is not given; without anything a scale is from 1 to 5. */
function range({ rateMin, rateMax, rateStep, rateCount }: z.output<typeof rangeShape>): Range {
  const step = rateStep ?? 1;
  const length = typeof rateCount === 'number' ? step * (rateCount - 1) : null;
  const counted = length !== null && typeof rateMax === 'number' ? rateMax - length : 1;
  const from = rateMin ?? counted;
  const to = rateMax ?? (length === null ? 5 : from + length);
  return { from, to, step };
}

function describeEnds(
  values: readonly SurveyItem[],
  { json, place }: SurveyElement,
  { texts }: SurveyContext,
): readonly SurveyItem[] {
  const first = texts.read(json.minRateDescription, place('minRateDescription'));
  const last = texts.read(json.maxRateDescription, place('maxRateDescription'));
  const described = (item: SurveyItem, description: Localized | null): SurveyItem =>
    description === null ? item : { ...item, text: texts.joined(item.text, ' – ', description) };
  return values.map((item, index) => {
    const begun = index === 0 ? described(item, first) : item;
    return index === values.length - 1 ? described(begun, last) : begun;
  });
}
