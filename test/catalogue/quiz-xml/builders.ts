import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readQuizXml } from '../../../src/catalogue/import/quiz-xml/index.js';
import type { ImportedTest, SourceFile } from '../../../src/catalogue/import/imported-test.js';
import type { TestDefinitionInput } from '../../../src/catalogue/import/index.js';
import type { TestMetadata } from '../../../src/catalogue/import/test-metadata.js';

export const meta: TestMetadata = {
  slug: 'quiz', name: { ru: 'Тест', en: 'Test' }, description: { ru: '<p>О тесте</p>' }, authors: [],
  duration: 7, paid: false, bonus: false,
};

/** An option for items that are about something else. */
export const OPTION = '<options><option value="1">Да</option></options>';

/** A quiz with these items, the first of them on line 2. */
export function quizOf(items: string, beside = ''): string {
  return `<quiz>${beside}<items>\n${items}\n</items></quiz>`;
}

export const GOOD_QUIZ = quizOf(`<item id="1"><name>Вопрос</name>${OPTION}</item>`);

/** A config with this content, which begins on line 2. */
export function configOf(content: string): string {
  return `<config>\n${content}\n</config>`;
}

export function read(quiz: string, config: string | null = null, about: TestMetadata = meta): ImportedTest {
  return readQuizXml(fileOf('quiz.xml', quiz), config === null ? null : fileOf('config.xml', config), about);
}

/** The test that was read without problems. */
export function inputOf({ input, problems }: ImportedTest): TestDefinitionInput {
  if (!input) throw new Error(JSON.stringify(problems));
  return input;
}

/** Problems or warnings as `place: message`. */
export function lines(list: ImportedTest['problems']): string[] {
  return list.map(({ path, message }) => `${path}: ${message}`);
}

/** A scenario that the platform showed, with its bar; for a label there stands its index, such as `L4`. */
export interface RecordedScenario {
  readonly index: number;
  readonly scale?: { readonly text: string; readonly color: string; readonly percentage: string };
}

/** A quiz that was written for the tests of the platform, with what the platform calculated for some answers. */
export interface Fixture {
  readonly name: string;
  readonly quiz: string;
  readonly config: string | null;
  readonly cases: readonly RecordedCase[];
}

export interface RecordedCase {
  readonly title: string;
  readonly answers: readonly (readonly [string, readonly string[]])[];
  /** In the platform's shape, without the parts that say nothing. */
  readonly result: unknown;
  readonly scenarios: readonly RecordedScenario[];
}

export function readFixtures(): Fixture[] {
  const folder = join(import.meta.dirname, 'fixtures');
  return readdirSync(folder).sort().map((name) => {
    const text = (file: string): string => readFileSync(join(folder, name, file), 'utf8');
    const config = existsSync(join(folder, name, 'config.xml')) ? text('config.xml') : null;
    return { name, quiz: text('quiz.xml'), config, cases: JSON.parse(text('cases.json')) as RecordedCase[] };
  });
}

function fileOf(name: string, text: string): SourceFile {
  return { name, text };
}
