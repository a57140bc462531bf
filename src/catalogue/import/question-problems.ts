import { GRADIENT_VALUE, QuestionKind } from '../question-kind.js';
import { type DefinitionProblem, repeated } from './definition-problem.js';
import type { TestDefinition } from './test-definition.js';

type QuestionDefinition = TestDefinition['questions'][number];
type OptionDefinition = QuestionDefinition['options'][number];

/** What no single field of a question can tell. */
export function* questionProblems(question: QuestionDefinition, path: string): Generator<DefinitionProblem> {
  yield* countProblems(question, `${path}.count`);
  yield* optionListProblems(question, `${path}.options`);
  for (const [index, option] of question.options.entries()) {
    yield* optionProblems(question.kind, option, `${path}.options[${index}]`);
  }
}

function* countProblems({ kind, options, count }: QuestionDefinition, path: string): Generator<DefinitionProblem> {
  if (count === undefined) return;
  if (kind === QuestionKind.TEXT) {
    yield { path, message: 'has no meaning for kind TEXT: the number of fields tells how many values are expected' };
  } else if (kind === QuestionKind.GRADIENT && count > 1) {
    yield { path, message: `expects ${count} values, but an answer to kind GRADIENT has one` };
  } else if (options.length > 0 && count > options.length) {
    yield { path, message: `expects ${count} values, but there are only ${options.length} options` };
  }
}

function* optionListProblems({ kind, options }: QuestionDefinition, path: string): Generator<DefinitionProblem, void> {
  const values = options.map(({ value }) => value);
  switch (kind) {
    case QuestionKind.GRADIENT:
      return yield* gradientProblems(values, path);
    case QuestionKind.CHECKBOX:
    case QuestionKind.RATING:
      // An answer names options by their values. OPTION may repeat them: one is chosen, and the platform counts values.
      yield* repeated(values, (index) => `${path}[${index}].value`);
  }
  if (options.length === 0) yield { path, message: `a question of kind ${kind} needs at least one option` };
}

function* gradientProblems(values: readonly string[], path: string): Generator<DefinitionProblem, void> {
  if (values.length === 0) return;
  const misfits = [...values.entries()].filter(([, value]) => !GRADIENT_VALUE.test(value));
  for (const [index] of misfits) {
    yield { path: `${path}[${index}].value`, message: 'must be a whole number of at most nine digits for kind GRADIENT' };
  }
  if (values.length === 1) {
    yield { path, message: 'a question of kind GRADIENT needs at least two options, its ends, or none at all' };
  } else if (misfits.length === 0 && new Set(values.map(Number)).size === 1) {
    yield { path, message: 'the ends of a question of kind GRADIENT must differ' };
  }
}

function* optionProblems(kind: QuestionKind, option: OptionDefinition, path: string): Generator<DefinitionProblem> {
  if (kind === QuestionKind.TEXT) {
    if (option.correct) yield { path: `${path}.correct`, message: 'has no meaning for kind TEXT: the value is the right answer' };
    return;
  }
  if (option.translations) yield { path: `${path}.translations`, message: 'are the right texts of kind TEXT; other kinds have none' };
  // The marks of a gradient may go without labels.
  if (kind !== QuestionKind.GRADIENT && !option.text && !option.image) yield { path, message: 'needs a text or an image to show' };
}

/** What is allowed, but hardly meant. */
export function* questionWarnings({ kind, options, count }: QuestionDefinition, path: string): Generator<DefinitionProblem> {
  const right = options.filter(({ correct }) => correct).length;
  if (kind === QuestionKind.CHECKBOX && right > 1 && count === undefined) {
    yield { path, message: `any one of the ${right} correct options is right and all together are wrong: give the expected count` };
  }
  if (kind === QuestionKind.TEXT && options.every(({ value }) => value === '')) {
    yield { path, message: 'has no right answer, so that whatever is answered scores 0: leave it out of scores that count' };
  }
}
