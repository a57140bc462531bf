import { checkDefinition, problemsOf } from './check-definition.js';
import type { DefinitionProblem } from './definition-problem.js';
import type { ImportedTest, SourceFile } from './imported-test.js';
import { readQuizXml } from './quiz-xml/index.js';
import { readSurveyJs } from './surveyjs/index.js';
import type { TestDefinition } from './test-definition.js';
import { type TestMetadata, testMetadataShape } from './test-metadata.js';

/** The formats of tests: the native one, the platform's quiz XML, and the JSON of SurveyJS. */
export const testFormats = ['json', 'quiz-xml', 'surveyjs'] as const;
export type TestFormat = (typeof testFormats)[number];

/** The files of one test. */
export interface TestSource {
  readonly format: TestFormat;
  readonly file: SourceFile;
  /** Of `quiz-xml`: the texts and scenarios beside the questions; null when there are none. */
  readonly config: SourceFile | null;
  /** What formats of questions alone do not tell; not used for `json`. */
  readonly meta: unknown;
}

/** A checked test, or every reason why it is refused; places name the file and what is in it. */
export type TestReading =
  | { readonly definition: TestDefinition; readonly warnings: readonly DefinitionProblem[]; readonly problems: readonly [] }
  | { readonly definition: null; readonly warnings: readonly DefinitionProblem[]; readonly problems: readonly DefinitionProblem[] };

/** Reads a test in any of the formats. Never throws, whatever the files hold. */
export function readTest(source: TestSource): TestReading {
  const imported = source.format === 'json' ? readNative(source.file) : readForeign(source);
  const { input, problems, warnings, placeOf } = imported;
  if (input === null) return { definition: null, warnings, problems };
  const check = checkDefinition(input);
  const located = (list: readonly DefinitionProblem[]): DefinitionProblem[] =>
    list.map((problem) => locatedAt(placeOf(problem.path), problem));
  if (!check.definition) return { definition: null, warnings, problems: located(check.problems) };
  return { definition: check.definition, warnings: [...warnings, ...located(check.warnings)], problems: [] };
}

/** A place in another format does not tell which part of a test is meant. */
function locatedAt(place: string, { path, message }: DefinitionProblem): DefinitionProblem {
  return { path: place, message: place.endsWith(path) ? message : `${path}: ${message}` };
}

/** What is read of any format: the test as it came, to be checked. */
type Reading = Omit<ImportedTest, 'input'> & { readonly input: unknown };

const BYTE_ORDER_MARK = /^\uFEFF/;

function readNative({ name, text }: SourceFile): Reading {
  const placeOf = (path: string): string => (path === '' ? name : `${name}: ${path}`);
  try {
    return { input: JSON.parse(text.replace(BYTE_ORDER_MARK, '')), problems: [], warnings: [], placeOf };
  } catch (error) {
    return refused([{ path: name, message: jsonReason(error) }]);
  }
}

function readForeign({ format, file, config, meta }: TestSource): Reading {
  const parsed = testMetadataShape.safeParse(meta);
  if (!parsed.success) {
    return refused(problemsOf(parsed.error).map(({ path, message }) => ({ path: path === '' ? 'meta' : `meta ${path}`, message })));
  }
  return readQuestions(format, file, config, parsed.data);
}

function readQuestions(format: TestFormat, file: SourceFile, config: SourceFile | null, meta: TestMetadata): Reading {
  return format === 'surveyjs' ? readSurveyJs(file, meta) : readQuizXml(file, config, meta);
}

function refused(problems: readonly DefinitionProblem[]): Reading {
  return { input: null, problems, warnings: [], placeOf: (path) => path };
}

/** The parser quotes the file with its line breaks. */
function jsonReason(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\s+/g, ' ') : 'is no JSON';
}
