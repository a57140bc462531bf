import type { Command } from 'commander';
import { checkBackup, restoreBackup, summaryOf } from '../database/backup/index.js';
import { JSON_OPTION } from './client-options.js';
import { printJson } from './output.js';
import { onDatabaseAsItIs } from './run.js';

export function restore(program: Command): void {
  program.command('restore <file>')
    .description('fill a new DATA_DIR or database with a backup, and bring it up to date')
    .option('--check', 'only read the backup and tell whether it is whole')
    .option(...JSON_OPTION)
    .action(async (file: string, { check, json }: { check?: boolean; json?: boolean }) => {
      // Before a database is made for it.
      const found = await checkBackup(file);
      const migrations = check ? [] : await onDatabaseAsItIs((database) => restoreBackup(database, file, found));
      const held = { ...summaryOf(found), migrations };
      if (json) return printJson(held);
      console.log(`${file}: ${check ? 'whole' : 'restored'}, of ${held.createdAt}, tables ${held.tables}, rows ${held.rows}.`);
      if (migrations.length > 0) console.log(`Brought up to date by: ${migrations.join(', ')}.`);
    });
}
