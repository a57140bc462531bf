import type { Localized } from '../../../kernel/localized.js';
import type { QuestionKind } from '../../question-kind.js';
import type { JsonObject } from '../json.js';
import type { Findings } from './findings.js';
import type { SurveyTexts } from './survey-texts.js';

/** What the readers of all types of questions share. */
export interface SurveyContext {
  readonly texts: SurveyTexts;
  readonly findings: Findings;
}

/** A question as the survey has it. */
export interface SurveyElement {
  readonly json: JsonObject;
  /** SurveyJS' id of the question, not empty. */
  readonly name: string;
  /** Where the question, or something in it such as `choices[1]`, stands in the file. */
  readonly place: (inside?: string) => string;
}

/** Makes questions of an element: several of a matrix, none of what cannot be read and was told to be a problem. */
export type ElementReader = (element: SurveyElement, context: SurveyContext) => readonly SurveyQuestion[];

/** A question that was read, but for its id and for words that depend on the languages of the whole test. */
export interface SurveyQuestion {
  /** What the id is made of, unless it fits as it is. */
  readonly name: string;
  readonly kind: QuestionKind;
  readonly title: Localized;
  readonly description: Localized | null;
  /** How many values a right answer has; null where that is not said. */
  readonly count: number | null;
  readonly options: readonly SurveyOption[];
  readonly place: string;
}

/** A question with the time that its page has. */
export interface TimedQuestion extends SurveyQuestion {
  /** 0 for no limit. */
  readonly timerSeconds: number;
}

/** A word of SurveyJS itself, which it has in many languages. */
export type BuiltInWord = 'YES' | 'NO';

export interface SurveyOption {
  readonly value: string;
  /** Null for no text. */
  readonly label: Localized | BuiltInWord | null;
  readonly image: string | null;
  readonly correct: boolean;
  readonly place: string;
}

/** The part of a question that is read alike for all types. */
export function headOf(
  { json, name, place }: SurveyElement,
  { texts }: SurveyContext,
): Omit<SurveyQuestion, 'kind' | 'options'> {
  return {
    name,
    title: texts.read(json.title, place('title')) ?? texts.plain(name),
    description: texts.read(json.description, place('description')),
    count: null,
    place: place(),
  };
}
