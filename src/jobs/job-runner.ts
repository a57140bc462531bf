import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, reasonOf } from '../database/index.js';
import type { Job } from './job.js';
import { runJobs } from './run-jobs.js';

/** When a server runs its jobs. */
export interface JobTimes {
  /** From the start of the server to the first run, in milliseconds. */
  readonly firstAfterMs: number;
  /** From the end of a run to the next one, in milliseconds. */
  readonly everyMs: number;
}

/** Runs the jobs of a server again and again, at most one server of a database at a time, until it is stopped. */
export class JobRunner {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  /** `onError` hears of every job that failed, and of every run that could not be made. */
  constructor(
    private readonly database: Database,
    private readonly jobs: readonly Job[],
    private readonly times: JobTimes,
    private readonly onError: (message: string) => void,
  ) {}

  /** Begins to wait for the first run. */
  start(): void {
    this.running = this.keepRunning();
  }

  /** Ends after the batch under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async keepRunning(): Promise<void> {
    const { firstAfterMs, everyMs } = this.times;
    for (let pause = firstAfterMs; await this.passes(pause); pause = everyMs) await this.runOnce();
  }

  /** Whether the time passes before the runner is stopped. No process lives on for it. */
  private passes(ms: number): Promise<boolean> {
    return sleep(ms, true, { ref: false, signal: this.stopping.signal }).catch(() => false);
  }

  private async runOnce(): Promise<void> {
    try {
      const runs = await runJobs(this.database, this.jobs, this.stopping.signal) ?? [];
      for (const { job, error } of runs) if (error !== null) this.onError(`The job "${job}" failed: ${reasonOf(error)}.`);
    } catch (error) {
      this.onError(`The jobs could not be run: ${reasonOf(error)}.`);
    }
  }
}
