import { readFileSync } from 'node:fs';
import { checkDefinition } from '../../../src/catalogue/import/check-definition.js';
import type { ImportedTest } from '../../../src/catalogue/import/imported-test.js';
import { readSurveyJs } from '../../../src/catalogue/import/surveyjs/index.js';
import type { TestDefinition, TestDefinitionInput } from '../../../src/catalogue/import/test-definition.js';
import type { TestMetadata } from '../../../src/catalogue/import/test-metadata.js';

export const meta: TestMetadata = {
  slug: 'quiz', name: { ru: 'Тест', en: 'Test' }, description: { ru: '<p>О тесте</p>' }, authors: [],
  duration: 7, paid: false, bonus: false,
};

/** Metadata of a test whose name is in these languages. */
export function metaIn(...locales: readonly string[]): TestMetadata {
  const text = Object.fromEntries(locales.map((locale) => [locale, 'Test']));
  return { ...meta, name: text, description: text };
}

/** Reads a survey, given as it stands in the file or as what its JSON says. */
export function read(survey: unknown, about: TestMetadata = meta): ImportedTest {
  const text = typeof survey === 'string' ? survey : JSON.stringify(survey);
  return readSurveyJs({ name: 'survey.json', text }, about);
}

/** A survey of one page with these elements. */
export function surveyOf(...elements: readonly unknown[]): { pages: { elements: unknown[] }[] } {
  return { pages: [{ elements: [...elements] }] };
}

/** A question that is about something else. */
export function element(name: string, more: object = {}): object {
  return { type: 'radiogroup', name, choices: ['a', 'b'], ...more };
}

/** The test that was read without problems. */
export function inputOf({ input, problems }: ImportedTest): TestDefinitionInput {
  if (!input) throw new Error(JSON.stringify(problems));
  return input;
}

/** The same, checked, with every default filled in. */
export function checked(imported: ImportedTest): TestDefinition {
  const { definition, problems } = checkDefinition(inputOf(imported));
  if (!definition) throw new Error(JSON.stringify(problems));
  return definition;
}

/** Problems or warnings as `place: message`. */
export function lines(list: ImportedTest['problems']): string[] {
  return list.map(({ path, message }) => `${path}: ${message}`);
}

export function readFixture(name: string): string {
  return readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8');
}
