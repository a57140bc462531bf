import type { Command } from 'commander';
import { listTests } from '../catalogue/index.js';
import { JSON_OPTION } from './client-options.js';
import { printJson, printTable } from './output.js';
import { onDatabase } from './run.js';

export function testList(test: Command): void {
  test.command('list')
    .description('list the published tests')
    .option(...JSON_OPTION)
    .action(async ({ json }: { json?: boolean }) => {
      const tests = await onDatabase(listTests);
      if (json) return printJson(tests);
      printTable([
        ['slug', 'revision', 'questions', 'paid', 'bonus', 'locales', 'name'],
        ...tests.map(({ slug, revision, questions, paid, bonus, locales, name }) => [
          slug, String(revision), String(questions), paid ? 'paid' : 'free', bonus ? 'bonus' : '', locales.join(','), name,
        ]),
      ]);
    });
}
