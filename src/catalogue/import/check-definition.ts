import type { Localized } from '../../kernel/localized.js';
import { QuestionKind } from '../question-kind.js';
import { type DefinitionProblem, repeated } from './definition-problem.js';
import { questionProblems } from './question-problems.js';
import { definitionLimits, type TestDefinition, testDefinitionShape } from './test-definition.js';

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
  yield* nameProblems(test);
  yield* foreignLocales(test);
  yield* optionCountProblems(test);
  for (const [index, question] of test.questions.entries()) {
    yield* questionProblems(question, `questions[${index}]`);
  }
  const questions = new Map(test.questions.map((question) => [question.id, question]));
  for (const [index, scale] of test.scales.entries()) {
    yield* scaleProblems(scale, questions, `scales[${index}]`);
  }
}

function* nameProblems({ name, locales: [own] }: TestDefinition): Generator<DefinitionProblem> {
  if (own !== undefined && !name[own]) {
    yield { path: 'name', message: `must have a text in "${own}", the test's own language` };
  }
}

function* optionCountProblems({ questions }: TestDefinition): Generator<DefinitionProblem> {
  const count = questions.reduce((sum, { options }) => sum + options.length, 0);
  if (count > definitionLimits.options) {
    yield { path: 'questions', message: `have ${count} options together; at most ${definitionLimits.options} are allowed` };
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
