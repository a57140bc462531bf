import type { Command } from 'commander';
import { backgroundJobs } from '../jobs/index.js';
import { JSON_OPTION } from './client-options.js';
import { printJson, printTable } from './output.js';
import { onDatabase } from './run.js';

export function jobsList(jobs: Command): void {
  jobs.command('list')
    .description('list the background jobs')
    .option(...JSON_OPTION)
    .action(async ({ json }: { json?: boolean }) => {
      const all = await onDatabase(async (database, config) => backgroundJobs(database, config, () => new Date()));
      if (json) return printJson(all.map(({ name, description }) => ({ name, description })));
      printTable([['name', 'description'], ...all.map(({ name, description }) => [name, description])]);
    });
}
