import { readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { type DefinitionProblem, type Publication, RevisionSource, checkDefinition, publishTest } from '../catalogue/index.js';
import { reasonOf } from '../database/index.js';
import { OperatorError } from '../kernel/operator-error.js';
import { JSON_OPTION } from './client-options.js';
import { printJson } from './output.js';
import { onDatabase } from './run.js';

/** The largest file that is read, in bytes. */
const FILE_SIZE_LIMIT = 20 * 1024 * 1024;

const BYTE_ORDER_MARK = /^\uFEFF/;

export function testImport(test: Command): void {
  test.command('import <file>')
    .description('publish a test from a file in the native JSON format (docs/test.schema.json)')
    .option(...JSON_OPTION)
    .action(async (file: string, { json }: { json?: boolean }) => {
      const { definition, problems } = checkDefinition(await readJson(file));
      if (!definition) throw new OperatorError(listing(file, problems));
      const publication = await onDatabase((database) => publishTest(database, definition, RevisionSource.IMPORTED));
      if (publication.outcome === 'LEGACY_ID_TAKEN') {
        throw new OperatorError(`${file}: legacyId: ${publication.legacyId} belongs to the test "${publication.by}"`);
      }
      const made = { questions: definition.questions.length, scales: definition.scales.length };
      if (json) return printJson({ ...publication, ...made });
      console.log(`${publication.slug}: ${outcomeText(publication)}, ${made.questions} questions, ${made.scales} scales`);
    });
}

async function readJson(file: string): Promise<unknown> {
  try {
    const { size } = await stat(file);
    if (size > FILE_SIZE_LIMIT) throw new OperatorError(`${file}: larger than ${FILE_SIZE_LIMIT} bytes`);
    return JSON.parse((await readFile(file, 'utf8')).replace(BYTE_ORDER_MARK, ''));
  } catch (error) {
    // The parser quotes the file with its line breaks.
    throw error instanceof OperatorError ? error : new OperatorError(`${file}: ${reasonOf(error).replace(/\s+/g, ' ')}`);
  }
}

function listing(file: string, problems: readonly DefinitionProblem[]): string {
  const lines = problems.map(({ path, message }) => `${file}: ${path === '' ? '' : `${path}: `}${message}`);
  return [`The test was not imported; problems: ${problems.length}`, ...lines].join('\n');
}

function outcomeText({ outcome, revision }: Extract<Publication, { revision: number }>): string {
  if (outcome === 'UNCHANGED') return `unchanged (revision ${revision})`;
  return outcome === 'CREATED' ? 'created' : `revision ${revision}`;
}
