import { QuestionKind } from '../question-kind.js';
import { type DefinitionProblem, repeated } from './definition-problem.js';
import type { TestDefinition } from './test-definition.js';

type ScaleDefinition = TestDefinition['scales'][number];
type ScaleItemDefinition = ScaleDefinition['items'][number];
type QuestionDefinition = TestDefinition['questions'][number];

/** What no single field of the scales can tell. */
export function* scaleProblems({ scales, questions }: TestDefinition): Generator<DefinitionProblem> {
  const byId = new Map(questions.map((question) => [question.id, question]));
  const scalesById = new Map(scales.map((scale) => [scale.id, scale]));
  yield* repeated(scales.map(({ id }) => id), (index) => `scales[${index}].id`);
  for (const [index, scale] of scales.entries()) {
    const path = `scales[${index}]`;
    yield* parentProblems(scale, scalesById, `${path}.parent`);
    yield* repeated(scale.items.map(({ question }) => question), (item) => `${path}.items[${item}].question`);
    for (const [position, item] of scale.items.entries()) {
      yield* itemProblems(item, byId.get(item.question), `${path}.items[${position}]`);
    }
  }
}

function* parentProblems(
  { id, parent }: ScaleDefinition,
  scales: ReadonlyMap<string, ScaleDefinition>,
  path: string,
): Generator<DefinitionProblem> {
  if (parent === undefined) return;
  const broader = scales.get(parent);
  if (!broader) yield { path, message: `the test has no scale "${parent}"` };
  else if (parent === id) yield { path, message: 'a scale is not a part of itself' };
  else if (broader.parent !== undefined) yield { path, message: `"${parent}" is itself a part of "${broader.parent}": there are two levels` };
}

function* itemProblems(
  item: ScaleItemDefinition,
  question: QuestionDefinition | undefined,
  path: string,
): Generator<DefinitionProblem> {
  if (!question) {
    yield { path: `${path}.question`, message: `the test has no question "${item.question}"` };
  } else if (item.correct) {
    if (item.points) yield { path, message: 'counts either points or right answers, not both' };
    if (!canBeRight(question)) {
      yield { path: `${path}.correct`, message: `question "${question.id}" has no right answer: mark options as correct` };
    }
  } else if (item.points) {
    yield* pointsProblems(item.points, question, `${path}.points`);
  } else {
    yield* amountProblems(question, `${path}.question`);
  }
}

function canBeRight({ kind, options }: QuestionDefinition): boolean {
  return kind === QuestionKind.TEXT || (isChoice(kind) && options.some(({ correct }) => correct));
}

function isChoice(kind: QuestionKind): boolean {
  return kind === QuestionKind.OPTION || kind === QuestionKind.CHECKBOX;
}

function* pointsProblems(
  points: Readonly<Record<string, number>>,
  { id, kind, options }: QuestionDefinition,
  path: string,
): Generator<DefinitionProblem> {
  if (!isChoice(kind)) {
    yield { path, message: `a question of kind ${kind} has no options to give points for` };
    return;
  }
  const values = new Set(options.map(({ value }) => value));
  for (const value of Object.keys(points)) {
    if (!values.has(value)) yield { path, message: `question "${id}" does not offer the value "${value}"` };
  }
  if (Object.keys(points).length === 0) yield { path, message: 'name the points of at least one value' };
}

function* amountProblems({ kind, options }: QuestionDefinition, path: string): Generator<DefinitionProblem> {
  if (kind === QuestionKind.TEXT || kind === QuestionKind.RATING) {
    yield { path, message: `a question of kind ${kind} has no number to add up` };
  } else if (options.length === 0) {
    yield { path, message: 'a question without options has no range to add up' };
  }
}
