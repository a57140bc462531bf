import type { Localized } from '../../../kernel/localized.js';
import { QuestionKind } from '../../question-kind.js';
import { markRight } from './right-answer.js';
import { isAbsent, scalarText } from './scalars.js';
import {
  type BuiltInWord, type ElementReader, headOf, type SurveyContext, type SurveyElement, type SurveyOption,
} from './survey-question.js';

/** Of `boolean`. A right answer is one of the two values, or simply true or false. */
export const readYesNo: ElementReader = (element, context) => {
  const yes = readAnswer(element, { value: 'valueTrue', usual: 'true', label: 'labelTrue', word: 'YES' }, context);
  const no = readAnswer(element, { value: 'valueFalse', usual: 'false', label: 'labelFalse', word: 'NO' }, context);
  const { correctAnswer } = element.json;
  const right = typeof correctAnswer === 'boolean' ? (correctAnswer ? yes : no).value : correctAnswer;
  const options = markRight([yes, no], right, 1, element.place('correctAnswer'), context);
  return [{ ...headOf(element, context), kind: QuestionKind.OPTION, options }];
};

/** The properties that tell one of the two answers, and what it is without them. */
interface AnswerProperties {
  readonly value: string;
  readonly usual: string;
  readonly label: string;
  readonly word: BuiltInWord;
}

function readAnswer(
  { json, place }: SurveyElement,
  { value, usual, label, word }: AnswerProperties,
  { texts, findings }: SurveyContext,
): SurveyOption {
  const given = isAbsent(json[value]) ? usual : scalarText(json[value]);
  if (given === null) findings.problem(place(value), 'must be a text, a number, true or false');
  const text = texts.read(json[label], place(label));
  if (text === null && !Object.hasOwn(words[word], texts.language)) {
    findings.warning(place(), `has no "${label}", and SurveyJS' own word is known here in English and Russian only`);
  }
  return { value: given ?? usual, label: text ?? word, image: null, correct: false, place: place() };
}

/** SurveyJS' own words, as far as they are known here. */
const words = {
  YES: { en: 'Yes', ru: 'Да' },
  NO: { en: 'No', ru: 'Нет' },
} as const satisfies Readonly<Record<BuiltInWord, Localized>>;

/** A word in those of the test's languages in which it is known, else in English. */
export function wordIn(locales: readonly string[], word: BuiltInWord): Localized {
  const known = Object.entries(words[word]).filter(([locale]) => locales.includes(locale));
  const [own = 'en'] = locales;
  return known.length > 0 ? Object.fromEntries(known) : { [own]: words[word].en };
}
