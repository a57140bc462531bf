import { extname } from 'node:path';
import { type Command, Option } from 'commander';
import {
  type DefinitionProblem, type Publication, publishTest, readTest, type SourceFile, type TestDefinition, type TestFormat,
  testFormats, type TestReading,
} from '../catalogue/import/index.js';
import { RevisionSource } from '../catalogue/index.js';
import { OperatorError } from '../kernel/operator-error.js';
import { JSON_OPTION } from './client-options.js';
import { addMetadataOptions, metadataFields, type MetadataOptions } from './metadata-options.js';
import { printJson } from './output.js';
import { onDatabase } from './run.js';
import { configBeside, questionFile, readText } from './test-files.js';

/** How many problems of a file are listed; the count tells of the others. */
const PROBLEMS_TOLD = 1_000;

interface ImportOptions extends MetadataOptions {
  readonly format?: TestFormat;
  readonly meta?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function testImport(test: Command): void {
  const command = test.command('import <path>')
    .description('publish a test from a file: the native JSON (docs/test.schema.json), quiz.xml with the config.xml beside it, or SurveyJS JSON')
    .addOption(new Option('--format <format>', 'by default quiz-xml for .xml and folders, else what the JSON looks like').choices([...testFormats]))
    .option('--meta <file>', 'JSON with slug, name, description, duration, paid, ... for quiz-xml and surveyjs')
    .option('--dry-run', 'check the file and tell what it would make, without a database')
    .option(...JSON_OPTION);
  addMetadataOptions(command).action(async (path: string, options: ImportOptions) => {
    const { definition, warnings } = accepted(await readSource(path, options));
    const publication = options.dryRun ? null : await publish(path, definition);
    if (options.json) return printJson({ ...(publication ?? { outcome: 'CHECKED', slug: definition.slug }), ...made(definition), warnings });
    for (const warning of warnings) console.error(`warning: ${line(warning)}`);
    console.log(`${definition.slug}: ${outcomeText(publication)}, ${madeText(definition)}`);
  });
}

async function readSource(path: string, options: ImportOptions): Promise<TestReading> {
  const file = await questionFile(path);
  const format = options.format ?? formatOf(file);
  const fields = metadataFields(options);
  if (format === 'json') {
    const isSaid = options.meta !== undefined || fields.some(({ value }) => value !== undefined);
    if (!isSaid) return readTest({ format, file, config: null, meta: null });
    throw new OperatorError('The native format says everything itself: leave --meta and the options of the test out.');
  }
  const meta = { file: options.meta === undefined ? null : await readText(options.meta), options: fields };
  return readTest({ format, file, config: format === 'quiz-xml' ? await configBeside(file) : null, meta });
}

/** A survey has pages or elements, which the native format has not. */
function formatOf({ name, text }: SourceFile): TestFormat {
  if (extname(name).toLowerCase() === '.xml') return 'quiz-xml';
  return /"(?:pages|elements)"\s*:\s*\[/.test(text) && !/"locales"\s*:/.test(text) ? 'surveyjs' : 'json';
}

function accepted(reading: TestReading): Extract<TestReading, { definition: TestDefinition }> {
  if (reading.definition) return reading;
  const { problems } = reading;
  const lines = problems.slice(0, PROBLEMS_TOLD).map(line);
  if (problems.length > lines.length) lines.push(`and ${problems.length - lines.length} more`);
  throw new OperatorError(problems.length === 1 ? lines.join() : [`The test was not imported; problems: ${problems.length}`, ...lines].join('\n'));
}

async function publish(path: string, definition: TestDefinition): Promise<PublishedOutcome> {
  const publication = await onDatabase((database) => publishTest(database, definition, RevisionSource.IMPORTED));
  if (publication.outcome === 'LEGACY_ID_TAKEN') {
    throw new OperatorError(`${path}: legacyId: ${publication.legacyId} belongs to the test "${publication.by}"`);
  }
  return publication;
}

type PublishedOutcome = Extract<Publication, { revision: number }>;

function line({ path, message }: DefinitionProblem): string {
  return path === '' ? message : `${path}: ${message}`;
}

function made({ questions, scales, report }: TestDefinition): Record<'questions' | 'scales' | 'interpretations', number> {
  return { questions: questions.length, scales: scales.length, interpretations: report?.interpretations?.length ?? 0 };
}

function madeText(definition: TestDefinition): string {
  return Object.entries(made(definition)).filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${count === 1 ? what.slice(0, -1) : what}`).join(', ');
}

function outcomeText(publication: PublishedOutcome | null): string {
  if (publication === null) return 'can be imported';
  const { outcome, revision } = publication;
  if (outcome === 'UNCHANGED') return `unchanged (revision ${revision})`;
  return outcome === 'CREATED' ? 'created' : `revision ${revision}`;
}
