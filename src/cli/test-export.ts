import type { Command } from 'commander';
import { exportTest } from '../catalogue/import/index.js';
import { OperatorError } from '../kernel/operator-error.js';
import { onDatabase } from './run.js';
import { writeText } from './test-files.js';

export function testExport(test: Command): void {
  test.command('export <slug>')
    .description('write a published test in the native JSON format; importing it again changes nothing')
    .option('--output <file>', 'where to write it; by default it is printed')
    .action(async (slug: string, { output }: { output?: string }) => {
      const definition = await onDatabase((database) => exportTest(database, slug));
      if (!definition) throw new OperatorError(`There is no published test "${slug}": \`test list\` shows them.`);
      const text = `${JSON.stringify(definition, null, 2)}\n`;
      if (output === undefined) process.stdout.write(text);
      else await writeText(output, text);
    });
}
