import { checkDefinition } from './check-definition.js';
import type { DefinitionProblem } from './definition-problem.js';
import type { ImportedTest, SourceFile } from './imported-test.js';
import { parseJson } from './json.js';
import { readQuizXml } from './quiz-xml/index.js';
import { isMetadata, metadataPlace, type MetadataSource, readMetadata } from './read-metadata.js';
import { readSurveyJs } from './surveyjs/index.js';
import type { TestDefinition } from './test-definition.js';
import type { TestMetadata } from './test-metadata.js';

/** The formats of tests: the native one, the platform's quiz XML, and the JSON of SurveyJS. */
export const testFormats = ['json', 'quiz-xml', 'surveyjs'] as const;
export type TestFormat = (typeof testFormats)[number];

/** What a test is read of. */
export type TestSource = NativeSource | ForeignSource;

/** The native format says everything itself. */
interface NativeSource {
  readonly format: 'json';
  readonly file: SourceFile;
  readonly config: null;
  readonly meta: null;
}

interface ForeignSource {
  readonly format: Exclude<TestFormat, 'json'>;
  readonly file: SourceFile;
  /** Of `quiz-xml`: the texts and scenarios beside the questions; null when there are none. */
  readonly config: SourceFile | null;
  /** What formats of questions alone do not tell. */
  readonly meta: MetadataSource;
}

/** A checked test, or every reason why it is refused; places name the file or option and what is in it. */
export type TestReading =
  & { readonly warnings: readonly DefinitionProblem[] }
  & (
    | { readonly definition: TestDefinition; readonly problems: readonly [] }
    | { readonly definition: null; readonly problems: readonly DefinitionProblem[] }
  );

/** Reads a test in any of the formats. Never throws, whatever the files hold. */
export function readTest(source: TestSource): TestReading {
  const reading = source.format === 'json' ? readNative(source.file) : readForeign(source);
  const { draft, warnings, located } = reading;
  if (draft === undefined) return { definition: null, warnings, problems: reading.problems };
  const check = checkDefinition(draft);
  const problems = [...reading.problems, ...check.problems.map(located)];
  if (!check.definition || problems.length > 0) return { definition: null, warnings, problems };
  return { definition: check.definition, warnings: [...warnings, ...check.warnings.map(located)], problems: [] };
}

/** What is read of any format: the test as it came, to be checked; what the check finds is told where it stands. */
interface Reading extends Pick<ImportedTest, 'problems' | 'warnings'> {
  /** Undefined when nothing could be read. */
  readonly draft: unknown;
  readonly located: (problem: DefinitionProblem) => DefinitionProblem;
}

function readNative({ name, text }: SourceFile): Reading {
  const located = ({ path, message }: DefinitionProblem): DefinitionProblem =>
    ({ path: path === '' ? name : `${name}: ${path}`, message });
  const { value, reason } = parseJson(text);
  if (reason !== null) return { draft: undefined, problems: [{ path: name, message: reason }], warnings: [], located };
  return { draft: value, problems: [], warnings: [], located };
}

function readForeign(source: ForeignSource): Reading {
  const { meta, problems } = readMetadata(source.meta);
  // Without good metadata the questions are read all the same, to tell what is wrong with them, too.
  const imported = readQuestions(source, meta ?? NAMELESS);
  const located = ({ path, message }: DefinitionProblem): DefinitionProblem => {
    if (isMetadata(path)) return { path: metadataPlace(path, source.meta), message };
    // A place in another format does not tell which part of a test is meant.
    return { path: imported.placeOf(path), message: path === '' ? message : `${path}: ${message}` };
  };
  return { draft: imported.draft ?? undefined, problems: [...problems, ...imported.problems], warnings: imported.warnings, located };
}

/** Stands in for metadata that are refused. */
const NAMELESS: TestMetadata = {
  slug: 'nameless', name: { ru: '-' }, description: { ru: '-' }, authors: [], duration: 1, paid: false, bonus: false,
};

function readQuestions({ format, file, config }: ForeignSource, meta: TestMetadata): ImportedTest {
  return format === 'surveyjs' ? readSurveyJs(file, meta) : readQuizXml(file, config, meta);
}
