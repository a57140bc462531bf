import type { Localized } from '../../kernel/localized.js';
import { sanitizeRichText } from '../../kernel/rich-text.js';
import type { DefinitionProblem } from './definition-problem.js';
import { definitionLimits } from './fields.js';
import type { TestDefinition } from './test-definition.js';

/** A translated text of a test with its place. */
export interface LocatedText {
  readonly path: string;
  readonly text: Localized;
  /** Whether it is simple HTML. */
  readonly rich: boolean;
}

/** Every translated text of a test. */
export function* localizedTexts(test: Partial<TestDefinition>): Generator<LocatedText> {
  yield* plain('name', test.name);
  yield* rich('description', test.description);
  yield* rich('instruction', test.instruction);
  for (const [index, { name }] of (test.authors ?? []).entries()) yield* plain(`authors[${index}].name`, name);
  for (const [index, question] of (test.questions ?? []).entries()) yield* questionTexts(question, `questions[${index}]`);
  for (const [index, { name, description }] of (test.scales ?? []).entries()) {
    yield* plain(`scales[${index}].name`, name);
    yield* rich(`scales[${index}].description`, description);
  }
  yield* plain('norm.name', test.norm?.name);
  for (const [index, { name }] of (test.norm?.groups ?? []).entries()) yield* plain(`norm.groups[${index}].name`, name);
  yield* reportTexts(test.report);
}

function* questionTexts(question: TestDefinition['questions'][number], path: string): Generator<LocatedText> {
  yield* plain(`${path}.name`, question.name);
  yield* rich(`${path}.text`, question.text);
  yield* rich(`${path}.correctFeedback`, question.correctFeedback);
  yield* rich(`${path}.wrongFeedback`, question.wrongFeedback);
  for (const [index, { text, translations }] of question.options.entries()) {
    yield* plain(`${path}.options[${index}].text`, text);
    yield* plain(`${path}.options[${index}].translations`, translations);
  }
}

function* reportTexts(report: TestDefinition['report']): Generator<LocatedText> {
  yield* rich('report.intro', report?.intro);
  for (const [index, { name, bar, text }] of (report?.interpretations ?? []).entries()) {
    const path = `report.interpretations[${index}]`;
    yield* plain(`${path}.name`, name);
    yield* plain(`${path}.bar.label`, bar?.label);
    yield* rich(`${path}.text`, text);
  }
  yield* rich('report.outro', report?.outro);
  for (const [key, text] of Object.entries(report?.texts ?? {})) yield* rich(`report.texts.${key}`, text);
}

function* plain(path: string, text: Localized | undefined): Generator<LocatedText> {
  if (text) yield { path, text, rich: false };
}

function* rich(path: string, text: Localized | undefined): Generator<LocatedText> {
  if (text) yield { path, text, rich: true };
}

/** A test without anything in its texts that could run, what was left out, and texts of which too little or too much is left. */
export interface SanitizedDefinition {
  readonly definition: TestDefinition;
  readonly warnings: readonly DefinitionProblem[];
  readonly problems: readonly DefinitionProblem[];
}

/** Reduces all rich texts to simple HTML. */
export function sanitizeTexts(test: TestDefinition): SanitizedDefinition {
  const clean = new Map<unknown, Localized>();
  const warnings: DefinitionProblem[] = [];
  const problems: DefinitionProblem[] = [];
  for (const { path, text, rich: isRich } of localizedTexts(test)) {
    if (!isRich) continue;
    const cleaned = Object.entries(text).map(([locale, content]) => {
      const { html, dropped } = sanitizeRichText(content);
      const place = `${path}.${locale}`;
      if (dropped.length > 0) warnings.push({ path: place, message: `is not simple HTML; left out: ${dropped.join(', ')}` });
      if (html.trim() === '') problems.push({ path: place, message: 'has nothing that may be shown' });
      if (html.length > definitionLimits.textLength) {
        problems.push({ path: place, message: `is longer than ${definitionLimits.textLength} characters as clean HTML` });
      }
      return [locale, html.trim()] as const;
    });
    if (cleaned.some(([locale, html]) => text[locale] !== html)) clean.set(text, Object.fromEntries(cleaned));
  }
  if (clean.size === 0) return { definition: test, warnings, problems };
  const definition = JSON.parse(JSON.stringify(test, (_key, value: unknown) => clean.get(value) ?? value)) as TestDefinition;
  return { definition, warnings, problems };
}
