import { QuestionKind } from '../../question-kind.js';
import { markRight } from './right-answer.js';
import { isAbsent } from './scalars.js';
import { readOptions } from './survey-items.js';
import {
  type ElementReader, headOf, type SurveyContext, type SurveyElement, type SurveyOption, type SurveyQuestion,
} from './survey-question.js';

/** Of `radiogroup` and `dropdown`. */
export const readSingleChoice: ElementReader = (element, context) => readChoice(element, QuestionKind.OPTION, context);

/** Of `checkbox` and `tagbox`. */
export const readMultipleChoice: ElementReader = (element, context) =>
  readChoice(element, QuestionKind.CHECKBOX, context);

/** Of `imagepicker`, which shows the texts of its choices only when told to. */
export const readImageChoice: ElementReader = (element, context) => {
  const { multiSelect, showLabel, contentMode } = element.json;
  if (contentMode === 'video') {
    context.findings.problem(element.place('contentMode'), 'videos cannot be shown; use images');
    return [];
  }
  const kind = multiSelect === true ? QuestionKind.CHECKBOX : QuestionKind.OPTION;
  const questions = readChoice(element, kind, context);
  if (showLabel === true) return questions;
  return questions.map((question) => ({ ...question, options: question.options.map(unlabelled) }));
};

/** Of `ranking`. An order is not scored as right or wrong. */
export const readRanking: ElementReader = (element, context) => {
  if (!isAbsent(element.json.correctAnswer)) {
    context.findings.warning(element.place('correctAnswer'), 'is left out: an order is not scored as right or wrong');
  }
  const options = readOptions(element, 'choices', context);
  return options ? [{ ...headOf(element, context), kind: QuestionKind.RATING, options }] : [];
};

/** A right answer to a multiple choice has all the right choices and no other. */
function readChoice(element: SurveyElement, kind: QuestionKind, context: SurveyContext): readonly SurveyQuestion[] {
  const offered = readOptions(element, 'choices', context);
  if (!offered) return [];
  const several = kind === QuestionKind.CHECKBOX;
  const place = element.place('correctAnswer');
  const options = markRight(offered, element.json.correctAnswer, several ? offered.length : 1, place, context);
  const right = options.filter(({ correct }) => correct).length;
  return [{ ...headOf(element, context), kind, options, count: several && right > 0 ? right : null }];
}

function unlabelled(option: SurveyOption): SurveyOption {
  return option.image === null ? option : { ...option, label: null };
}
