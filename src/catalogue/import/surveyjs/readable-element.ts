import { isObject } from '../json.js';
import { quoted } from '../quoted-text.js';
import { readImageChoice, readMultipleChoice, readRanking, readSingleChoice } from './choice-question.js';
import type { Findings } from './findings.js';
import { readMatrix } from './matrix-questions.js';
import { readRating } from './rating-question.js';
import { scalarText } from './scalars.js';
import type { Located } from './survey-pages.js';
import type { ElementReader, SurveyElement } from './survey-question.js';
import { readText } from './text-question.js';
import { readYesNo } from './yes-no-question.js';

const readers: ReadonlyMap<unknown, ElementReader> = new Map([
  ['radiogroup', readSingleChoice],
  ['dropdown', readSingleChoice],
  ['checkbox', readMultipleChoice],
  ['tagbox', readMultipleChoice],
  ['imagepicker', readImageChoice],
  ['ranking', readRanking],
  ['rating', readRating],
  ['boolean', readYesNo],
  ['matrix', readMatrix],
  ['text', readText],
  ['comment', readText],
]);

/** Types that only show something. */
const shown: ReadonlySet<unknown> = new Set(['html', 'image']);

/** A question of the survey with what reads it. */
export interface ReadableElement {
  readonly element: SurveyElement;
  readonly read: ElementReader;
}

/** What stands somewhere as a question that can be read; null when it is left out or refused, which is told. */
export function readableElement({ json, path }: Located, findings: Findings): ReadableElement | null {
  if (!isObject(json)) return refused(findings.place(path), 'must be an object with a "type" and a "name"', findings);
  const name = scalarText(json.name)?.trim() ?? '';
  const quotedName = name === '' ? null : quoted(name);
  const place = (inside?: string): string =>
    findings.place(inside === undefined ? path : `${path}.${inside}`, quotedName);
  if (shown.has(json.type)) {
    findings.warning(place(), `is of type "${String(json.type)}", no question, and left out`);
    return null;
  }
  const read = readers.get(json.type);
  if (!read) {
    const what = typeof json.type === 'string' ? `type ${quoted(json.type)} cannot be read` : 'needs a "type"';
    return refused(place(), `${what}; supported are ${[...readers.keys()].join(', ')}`, findings);
  }
  if (name === '') return refused(place(), 'needs a "name": answers refer to it', findings);
  return { element: { json, name, place }, read };
}

function refused(place: string, message: string, findings: Findings): null {
  findings.problem(place, message);
  return null;
}
