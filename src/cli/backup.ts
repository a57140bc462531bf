import type { Command } from 'commander';
import { summaryOf, writeBackup } from '../database/backup/index.js';
import { JSON_OPTION } from './client-options.js';
import { printJson } from './output.js';
import { onDatabaseAsItIs } from './run.js';

export function backup(program: Command): void {
  program.command('backup <file>')
    .description('write all that the database holds at this moment into a new file; also while the server is running')
    .option(...JSON_OPTION)
    .action(async (file: string, { json }: { json?: boolean }) => {
      const held = summaryOf(await onDatabaseAsItIs((database) => writeBackup(database, file)));
      if (json) return printJson(held);
      console.log(`${file}: tables ${held.tables}, rows ${held.rows}.`);
    });
}
