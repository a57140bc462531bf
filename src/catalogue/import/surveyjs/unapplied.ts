import type { JsonObject } from '../json.js';
import type { Findings } from './findings.js';

/** Properties that change which questions are asked, what they offer or what may be answered. */
const properties: ReadonlySet<string> = new Set([
  'visibleIf', 'enableIf', 'requiredIf', 'readOnly', 'questionOrder', 'questionsOrder',
  'choicesByUrl', 'choicesFromQuestion', 'choicesMin', 'choicesMax',
  'choicesOrder', 'choicesVisibleIf', 'choicesEnableIf',
  'hasOther', 'showOtherItem', 'hasNone', 'showNoneItem', 'hasSelectAll', 'showSelectAllItem',
  'showRefuseItem', 'showDontKnowItem', 'isExclusive', 'hasComment', 'showCommentArea',
  'minSelectedChoices', 'maxSelectedChoices', 'selectToRankEnabled',
  'rowsVisibleIf', 'columnsVisibleIf', 'rowOrder', 'rowsOrder', 'eachRowUnique',
  'validators', 'inputType', 'maskType', 'maxLength', 'min', 'max', 'minValueExpression', 'maxValueExpression',
  'defaultValue', 'defaultValueExpression', 'setValueIf', 'setValueExpression', 'resetValueIf', 'valueExpression',
]);

const surveyProperties: ReadonlySet<string> = new Set([
  'triggers', 'calculatedValues', 'timeLimit', 'maxTimeToFinish', 'questionOrder', 'questionsOrder',
]);

/** Values that say the same as leaving the property out. */
const idle: ReadonlySet<unknown> = new Set([null, false, 0, '', 'none', 'default', 'initial', 'text']);

/** Tells what of a page, panel, question or choice does not come along. */
export function tellUnapplied(json: JsonObject, place: string, findings: Findings): void {
  const hidden = json.visible === false ? ['visible'] : [];
  tell([...hidden, ...atWork(properties, json)], place, findings);
}

/** Tells what of the survey as a whole does not come along. */
export function tellUnappliedOfSurvey(survey: JsonObject, findings: Findings): void {
  tell(atWork(surveyProperties, survey), findings.place(), findings);
}

function tell(names: readonly string[], place: string, findings: Findings): void {
  if (names.length === 0) return;
  const list = names.map((name) => `"${name}"`).join(', ');
  findings.warning(place, `left out, for it has no counterpart here: ${list}`);
}

function atWork(watched: ReadonlySet<string>, json: JsonObject): readonly string[] {
  const isIdle = (value: unknown): boolean => idle.has(value) || (Array.isArray(value) && value.length === 0);
  return Object.keys(json).filter((property) => watched.has(property) && !isIdle(json[property]));
}
