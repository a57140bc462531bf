import { Counter, Histogram, type Registry } from 'prom-client';

/** What is counted of background jobs. */
export class JobMetrics {
  private readonly runs: Counter<'job' | 'outcome'>;
  private readonly things: Counter<'job'>;
  private readonly durations: Histogram<'job'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.runs = new Counter({
      name: 'testodrom_job_runs_total', help: 'Runs of background jobs by this server.', labelNames: ['job', 'outcome'], registers,
    });
    this.things = new Counter({
      name: 'testodrom_job_deleted_total', help: 'Rows that background jobs deleted.', labelNames: ['job'], registers,
    });
    this.durations = new Histogram({
      name: 'testodrom_job_duration_seconds', help: 'How long runs of background jobs took.',
      labelNames: ['job'], buckets: [0.1, 1, 10, 60, 600], registers,
    });
  }

  /** Tells of a job before its first run: what is counted from 0 can be seen to stand still. */
  expect(job: string): void {
    for (const outcome of ['done', 'failed']) this.runs.inc({ job, outcome }, 0);
    this.things.inc({ job }, 0);
  }

  /** Counts a run; `deleted` is null when it failed. */
  count(job: string, milliseconds: number, deleted: number | null): void {
    this.runs.inc({ job, outcome: deleted === null ? 'failed' : 'done' });
    this.things.inc({ job }, deleted ?? 0);
    this.durations.observe({ job }, milliseconds / 1_000);
  }
}
