import { advisoryLock, type Database } from '../database/index.js';
import type { Job } from './job.js';

/** What became of one job in a run. */
export interface JobRun {
  readonly job: string;
  /** How many things were done; null when the job failed, though batches before the failure are done. */
  readonly done: number | null;
  /** Why the job failed; null when it did not. */
  readonly error: unknown;
}

/**
 * Runs jobs one after another, a failed one stopping none of the others, while no other process runs any; null when
 * another one does. Ends after the batch under way when the signal aborts; jobs that did not begin are not told of then.
 */
export function runJobs(database: Database, jobs: readonly Job[], signal: AbortSignal): Promise<JobRun[] | null> {
  return database.tryExclusively(advisoryLock.jobs, async (lost) => {
    const ended = AbortSignal.any([signal, lost]);
    const runs: JobRun[] = [];
    for (const job of jobs) {
      if (ended.aborted) break;
      runs.push(await runJob(job, ended));
    }
    return runs;
  });
}

async function runJob(job: Job, signal: AbortSignal): Promise<JobRun> {
  try {
    return { job: job.name, done: await job.run(signal), error: null };
  } catch (error) {
    return { job: job.name, done: null, error };
  }
}
