import type { Command } from 'commander';
import type { Config } from '../config.js';
import { type Database, reasonOf } from '../database/index.js';
import { backgroundJobs, type Job, type JobRun, runJobs } from '../jobs/index.js';
import { InputError } from '../kernel/input-error.js';
import { OperatorError } from '../kernel/operator-error.js';
import { JSON_OPTION } from './client-options.js';
import { printJson, printTable } from './output.js';
import { onDatabase } from './run.js';

export function jobsRun(jobs: Command): void {
  jobs.command('run [name]')
    .description('run one background job, or all of them, and tell how much was done; refused while another process runs them')
    .option(...JSON_OPTION)
    .action(async (name: string | undefined, { json }: { json?: boolean }) => {
      const runs = await onDatabase((database, config) => run(database, config, name));
      const told = runs.map(({ job, done, error }) => ({ job, done, error: error === null ? null : reasonOf(error) }));
      if (json) printJson(told);
      else printTable([['job', 'done'], ...told.map(({ job, done }) => [job, String(done ?? 'failed')])]);
      const failures = told.filter(({ error }) => error !== null);
      if (failures.length > 0) throw new OperatorError(failures.map(({ job, error }) => `${job}: ${error}.`).join('\n'));
    });
}

async function run(database: Database, config: Config, name: string | undefined): Promise<readonly JobRun[]> {
  const jobs = backgroundJobs(database, config, () => new Date());
  const runs = await runJobs(database, name === undefined ? jobs : [jobOf(jobs, name)], new AbortController().signal);
  if (!runs) throw new OperatorError('Another process runs the jobs at this moment: try again when it has finished.');
  return runs;
}

function jobOf(jobs: readonly Job[], name: string): Job {
  const job = jobs.find((one) => one.name === name);
  if (!job) throw new InputError(`There is no job "${name}". "jobs list" shows all.`);
  return job;
}
