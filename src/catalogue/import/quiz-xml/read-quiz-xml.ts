import type { XmlElement } from '@rgrove/parse-xml';
import type { DefinitionProblem } from '../definition-problem.js';
import { localizedTexts } from '../definition-texts.js';
import type { ImportedTest, SourceFile } from '../imported-test.js';
import { languagesOf, ownLanguage } from '../languages.js';
import type { TestMetadata } from '../test-metadata.js';
import { languages } from './localized-text.js';
import { Notes } from './notes.js';
import { parseFile } from './parse-file.js';
import { placeFinder } from './places.js';
import { readConfig } from './read-config.js';
import { readQuiz } from './read-quiz.js';

/**
 * Makes a test of the platform's quiz XML, and of the config XML with its texts and scenarios where there is one. Never
 * throws, whatever the files hold: every problem of both is listed.
 */
export function readQuizXml(quiz: SourceFile, config: SourceFile | null, meta: TestMetadata): ImportedTest {
  const own = ownLanguage(meta, languages);
  const questions = readFile(quiz, 'quiz', (root, notes) => readQuiz(root, own, notes));
  const reporting = config && readFile(config, 'config', readConfig);
  const files = [questions, ...(reporting ? [reporting] : [])];
  const warnings = files.flatMap((file) => file.warnings);
  const problems = files.flatMap((file) => file.problems);
  if (!questions.content || questions.content.questions.length === 0) {
    const nothing = problems.length > 0 ? problems : [{ path: quiz.name, message: 'has no questions' }];
    return { input: null, draft: null, problems: nothing, warnings, placeOf: placeFinder(null, new Map(), quiz.name) };
  }
  const { instruction, questions: list } = questions.content;
  const report = reporting?.content;
  const content = { ...meta, ...(instruction && { instruction }), questions: list, ...(report && { report }) };
  const texts = Array.from(localizedTexts(content), ({ text }) => text);
  const draft = { ...content, locales: languagesOf(texts, [own, ...languages]) };
  const origins = new Map(files.flatMap((file) => [...file.origins]));
  const input = problems.length === 0 ? draft : null;
  return { input, draft, problems, warnings, placeOf: placeFinder(draft, origins, quiz.name) };
}

/** What was read of a file; no content when the file is not well-formed. */
interface FileReading<Content> {
  readonly content: Content | null;
  readonly problems: readonly DefinitionProblem[];
  readonly warnings: readonly DefinitionProblem[];
  readonly origins: ReadonlyMap<object, string>;
}

function readFile<Content>(
  file: SourceFile,
  rootName: string,
  read: (root: XmlElement, notes: Notes) => Content,
): FileReading<Content> {
  const parsed = parseFile(file, rootName);
  if (!parsed.root) return { content: null, problems: [parsed.problem], warnings: [], origins: new Map() };
  const notes = new Notes(parsed.placeOf);
  const content = read(parsed.root, notes);
  return { content, problems: notes.problems, warnings: notes.warnings, origins: notes.origins };
}
