import type { z } from 'zod';
import { type DefinitionProblem, repeated } from './definition-problem.js';
import { localizedTexts, sanitizeTexts } from './definition-texts.js';
import { definitionLimits } from './fields.js';
import { normProblems } from './norm-problems.js';
import { questionProblems, questionWarnings } from './question-problems.js';
import { reportProblems } from './report-problems.js';
import { reportWarnings } from './report-warnings.js';
import { scaleProblems } from './scale-problems.js';
import { type TestDefinition, testDefinitionShape } from './test-definition.js';

export type DefinitionCheck =
  | { readonly definition: TestDefinition; readonly problems: readonly []; readonly warnings: readonly DefinitionProblem[] }
  | { readonly definition: null; readonly problems: readonly DefinitionProblem[]; readonly warnings: readonly [] };

/**
 * Reads a definition in the native format: either a whole checked test, or every problem that it has. Warnings tell the
 * author what was left out of the texts, and what is allowed but hardly meant.
 */
export function checkDefinition(input: unknown): DefinitionCheck {
  const parsed = testDefinitionShape.safeParse(input);
  if (!parsed.success) return refused(problemsOf(parsed.error));
  const { definition, warnings, problems } = sanitizeTexts(parsed.data);
  const all = [...crossProblems(definition), ...problems];
  if (all.length > 0) return refused(all);
  return { definition, problems: [], warnings: [...warnings, ...crossWarnings(definition)] };
}

function refused(problems: readonly DefinitionProblem[]): DefinitionCheck {
  return { definition: null, problems, warnings: [] };
}

/** What does not fit a shape, each with its path. */
export function problemsOf({ issues }: z.ZodError): DefinitionProblem[] {
  return issues.map(({ path, message }) => ({ path: pathText(path), message }));
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
  yield* nameProblems(test);
  yield* foreignLocales(test);
  yield* optionCountProblems(test);
  for (const [index, question] of test.questions.entries()) {
    yield* questionProblems(question, `questions[${index}]`);
  }
  yield* scaleProblems(test);
  yield* normProblems(test);
  yield* reportProblems(test);
}

function* crossWarnings(test: TestDefinition): Generator<DefinitionProblem> {
  for (const [index, question] of test.questions.entries()) {
    yield* questionWarnings(question, `questions[${index}]`);
  }
  yield* reportWarnings(test);
  yield* scriptWarnings(test);
}

/** Letters that the font of pdfs has not. */
const UNPRINTABLE = /[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Common}\p{Script=Inherited}]/u;

function* scriptWarnings(test: TestDefinition): Generator<DefinitionProblem> {
  const unprintable = new Set([...localizedTexts(test)].flatMap(({ text }) =>
    Object.entries(text).filter(([, content]) => UNPRINTABLE.test(content)).map(([locale]) => locale)));
  for (const [index, locale] of test.locales.entries()) {
    if (unprintable.has(locale)) yield { path: `locales[${index}]`, message: `has letters that pdfs cannot print: send readers of "${locale}" to the html report` };
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

function* foreignLocales(test: TestDefinition): Generator<DefinitionProblem> {
  const declared = new Set(test.locales);
  for (const { path, text } of localizedTexts(test)) {
    for (const locale of Object.keys(text)) {
      if (!declared.has(locale)) yield { path: `${path}.${locale}`, message: `"${locale}" is not among the test's locales` };
    }
  }
}
