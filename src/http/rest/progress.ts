import { type PublishedTest, QuestionKind } from '../../catalogue/index.js';
import type { GivenAnswer } from '../../results/index.js';
import type { Call } from './endpoint.js';
import { Refusal } from '../refusal.js';
import { RestError } from './rest-error.js';
import { PARAMETER_LIMIT, TOO_MANY } from './tree.js';

const MISSING = 'The required "progress" parameter is missing!';
const MALFORMED = 'The "progress" parameter has to list pairs of a question id and its values, such as [["1",["a"]],["3",[]]].';

/**
 * The progress that a request sent as JSON text or as an array, decoded but not yet looked into.
 *
 * @throws Refusal for broken JSON; RestError when there is nothing that could hold answers
 */
export function decodedProgress({ parameters, brokenJson }: Pick<Call, 'parameters' | 'brokenJson'>): object {
  const sent = parameters['progress'];
  if (sent === undefined && brokenJson) throw brokenJsonError();
  const progress = typeof sent === 'string' && sent !== '' ? parsed(sent) : sent;
  if (!isArray(progress) || Object.keys(progress).length === 0) throw new RestError(400, MISSING);
  return progress;
}

/** PHP calls both lists and objects arrays, and so do the documents. */
export function isArray(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/**
 * The answers in a progress: `[["1",["a"]],…]` or, as it was written at first, `{"1":["a"],…}`. One value need not be in
 * a list; a question without values was skipped. A question that comes twice keeps its first place and its last values,
 * and what a pair has beyond the two is not looked at, as on the platform.
 *
 * @param progress whose first key is 0 lists pairs
 */
export function answersIn(progress: object, test: PublishedTest): GivenAnswer[] {
  const keys = Object.keys(progress);
  if (keys.length > PARAMETER_LIMIT) throw new RestError(400, TOO_MANY);
  const pairs = keys[0] === '0' ? Object.values(progress).map(pairOf) : Object.entries(progress);
  const answers = new Map<string, readonly string[]>();
  for (const [id, values] of pairs) {
    const questionId = questionIdOf(id, test);
    answers.set(questionId, given(valuesOf(values), questionId, test));
  }
  return Array.from(answers, ([questionId, values]) => ({ questionId, values }));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw brokenJsonError();
  }
}

function brokenJsonError(): Refusal {
  return new Refusal(400, 'malformed', 'Invalid JSON provided: Syntax error');
}

function pairOf(pair: unknown): [id: string, values: unknown] {
  if (!isArray(pair)) throw new RestError(400, MALFORMED);
  // A form cannot send an empty list: nothing is left of it.
  const { 0: id, 1: values } = pair as { 0?: unknown; 1?: unknown };
  if (typeof id !== 'string' && typeof id !== 'number') throw new RestError(400, MALFORMED);
  return [String(id), values];
}

/** Ids are numbers in the documents: `01` is question 1, unless the test has a question `01`. */
function questionIdOf(id: string, test: PublishedTest): string {
  return test.questionsById.has(id) || !/^\d{1,15}$/.test(id) ? id : String(Number(id));
}

function valuesOf(values: unknown): string[] {
  return (isArray(values) ? Object.values(values) : [values]).flatMap(valueOf);
}

function valueOf(value: unknown): string[] {
  switch (typeof value) {
    case 'string': return [value];
    case 'number': return [String(value)];
    // As PHP writes them.
    case 'boolean': return [value ? '1' : '0'];
    default: {
      if (isArray(value)) throw new RestError(400, `${MALFORMED} A value has to be a text.`);
      return [];
    }
  }
}

/** A lone empty value is how a form says that nothing was chosen, unless the question takes one. */
function given(values: readonly string[], questionId: string, test: PublishedTest): readonly string[] {
  const question = test.questionsById.get(questionId);
  if (!question || values.length !== 1 || values[0] !== '') return values;
  const takesEmpty = question.kind === QuestionKind.TEXT || question.options.some(({ value }) => value === '');
  return takesEmpty ? values : [];
}
