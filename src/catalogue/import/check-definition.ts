import type { Localized } from '../../kernel/localized.js';
import { QuestionKind } from '../question-kind.js';
import { type TestDefinition, testDefinitionShape } from './test-definition.js';

/** One thing that is wrong with a definition, and where. */
export interface DefinitionProblem {
  /** Path into the file, for example `questions[3].options[0].text`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

export type DefinitionCheck =
  | { readonly definition: TestDefinition; readonly problems: readonly [] }
  | { readonly definition: null; readonly problems: readonly DefinitionProblem[] };

/** Reads a definition in the native format: either a whole checked test, or every problem that it has. */
export function checkDefinition(input: unknown): DefinitionCheck {
  const parsed = testDefinitionShape.safeParse(input);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({ path: pathText(path), message }));
    return { definition: null, problems };
  }
  const problems = [...crossProblems(parsed.data)];
  if (problems.length > 0) return { definition: null, problems };
  return { definition: parsed.data, problems: [] };
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

/** What no single field can tell. */
function* crossProblems(test: TestDefinition): Generator<DefinitionProblem> {
  yield* repeated(test.locales, (index) => `locales[${index}]`);
  yield* repeated(test.authors.map(({ slug }) => slug), (index) => `authors[${index}].slug`);
  yield* repeated(test.questions.map(({ id }) => id), (index) => `questions[${index}].id`);
  yield* repeated(test.scales.map(({ id }) => id), (index) => `scales[${index}].id`);
  yield* foreignLocales(test);
  for (const [index, question] of test.questions.entries()) {
    yield* questionProblems(question, `questions[${index}]`);
  }
  const questions = new Map(test.questions.map((question) => [question.id, question]));
  for (const [index, scale] of test.scales.entries()) {
    yield* scaleProblems(scale, questions, `scales[${index}]`);
  }
}

function* repeated(values: readonly string[], path: (index: number) => string): Generator<DefinitionProblem> {
  const seen = new Set<string>();
  for (const [index, value] of values.entries()) {
    if (seen.has(value)) yield { path: path(index), message: `"${value}" stands here a second time` };
    seen.add(value);
  }
}

function* questionProblems(question: TestDefinition['questions'][number], path: string): Generator<DefinitionProblem> {
  const { kind, options, count } = question;
  if (options.length === 0 && kind !== QuestionKind.GRADIENT) {
    yield { path: `${path}.options`, message: `a question of kind ${kind} needs at least one option` };
  }
  if (count !== undefined && options.length > 0 && count > options.length) {
    yield { path: `${path}.count`, message: `expects ${count} values, but there are only ${options.length} options` };
  }
  for (const [index, option] of options.entries()) {
    const optionPath = `${path}.options[${index}]`;
    if (kind === QuestionKind.TEXT) {
      if (option.correct) yield { path: `${optionPath}.correct`, message: 'has no meaning for kind TEXT: the value is the right answer' };
    } else if (!option.text && !option.image) {
      yield { path: optionPath, message: 'needs a text or an image to show' };
    }
  }
}

function* scaleProblems(
  scale: TestDefinition['scales'][number],
  questions: ReadonlyMap<string, TestDefinition['questions'][number]>,
  path: string,
): Generator<DefinitionProblem> {
  yield* repeated(scale.items.map(({ question }) => question), (index) => `${path}.items[${index}].question`);
  for (const [index, item] of scale.items.entries()) {
    const question = questions.get(item.question);
    const itemPath = `${path}.items[${index}].question`;
    if (!question) {
      yield { path: itemPath, message: `the test has no question "${item.question}"` };
    } else if (question.kind === QuestionKind.TEXT || question.kind === QuestionKind.RATING) {
      yield { path: itemPath, message: `a question of kind ${question.kind} has no number to add up` };
    } else if (question.options.length === 0) {
      yield { path: itemPath, message: 'a question without options has no range to add up' };
    }
  }
}

function* foreignLocales(test: TestDefinition): Generator<DefinitionProblem> {
  const declared = new Set(test.locales);
  for (const [path, text] of localizedTexts(test)) {
    for (const locale of Object.keys(text)) {
      if (!declared.has(locale)) yield { path: `${path}.${locale}`, message: `"${locale}" is not among the test's locales` };
    }
  }
}

/** Every translated text of the test with its path. */
function* localizedTexts(test: TestDefinition): Generator<[path: string, text: Localized]> {
  const present = function* (path: string, texts: Record<string, Localized | undefined>): Generator<[string, Localized]> {
    for (const [key, text] of Object.entries(texts)) {
      if (text) yield [path === '' ? key : `${path}.${key}`, text];
    }
  };
  const { name, description, instruction } = test;
  yield* present('', { name, description, instruction });
  for (const [index, author] of test.authors.entries()) yield* present(`authors[${index}]`, { name: author.name });
  for (const [index, scale] of test.scales.entries()) yield* present(`scales[${index}]`, { name: scale.name });
  for (const [index, question] of test.questions.entries()) {
    const path = `questions[${index}]`;
    yield* present(path, {
      name: question.name,
      text: question.text,
      correctFeedback: question.correctFeedback,
      wrongFeedback: question.wrongFeedback,
    });
    for (const [position, option] of question.options.entries()) {
      yield* present(`${path}.options[${position}]`, { text: option.text });
    }
  }
}
