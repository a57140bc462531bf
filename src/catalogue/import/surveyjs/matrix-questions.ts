import { QuestionKind } from '../../question-kind.js';
import { repeated } from '../definition-problem.js';
import { definitionLimits } from '../fields.js';
import { isObject } from '../json.js';
import { quoted } from '../quoted-text.js';
import { markRight, rightByRow } from './right-answer.js';
import { isAbsent } from './scalars.js';
import { readItems, readOptions } from './survey-items.js';
import { type ElementReader, headOf, type SurveyContext, type SurveyElement } from './survey-question.js';

/** Of `matrix`: a question for each row, the columns being its options. */
export const readMatrix: ElementReader = (element, context) => {
  const { name, place } = element;
  if (hasOtherCells(element, context)) return [];
  const columns = readOptions(element, 'columns', context);
  const rows = readItems(element, 'rows', definitionLimits.questions, context);
  if (!columns || !rows) return [];
  if (rows.length === 0) context.findings.problem(place(), 'needs rows: each of them becomes a question');
  for (const { path, message } of repeated(rows.map(({ value }) => value), (index) => place(`rows[${index}]`))) {
    context.findings.problem(path, message);
  }
  const right = readRight(element, new Set(rows.map(({ value }) => value)), context);
  const head = headOf(element, context);
  return rows.map((row) => ({
    ...head,
    name: `${name}-${row.value}`,
    kind: QuestionKind.OPTION,
    title: context.texts.joined(head.title, ': ', row.text),
    options: markRight(columns, right.get(row.value), 1, place('correctAnswer'), context),
    place: row.place,
  }));
};

/** Cells must be what one column is chosen by, and say no more than the column does. */
function hasOtherCells({ json: { cellType, cells }, place }: SurveyElement, { findings }: SurveyContext): boolean {
  const isRadio = isAbsent(cellType) || cellType === 'radio';
  const isBare = isAbsent(cells) || (isObject(cells) && Object.keys(cells).length === 0);
  if (!isRadio) findings.problem(place('cellType'), 'must be "radio": one column is chosen in each row');
  if (!isBare) findings.problem(place('cells'), 'texts of single cells cannot be read; make each row a radiogroup');
  return !isRadio || !isBare;
}

function readRight(
  { json, place }: SurveyElement,
  rows: ReadonlySet<string>,
  { findings }: SurveyContext,
): ReadonlyMap<string, unknown> {
  const right = rightByRow(json.correctAnswer);
  if (right === null) findings.problem(place('correctAnswer'), 'must name a column for each row, as {"row": "column"}');
  for (const row of right?.keys() ?? []) {
    if (!rows.has(row)) findings.problem(place('correctAnswer'), `${quoted(row)} is no row`);
  }
  return right ?? new Map();
}
