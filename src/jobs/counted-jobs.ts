import type { Metrics } from '../observability/index.js';
import type { Job } from './job.js';

/** The jobs, counted whenever they are run. */
export function countedJobs(jobs: readonly Job[], { jobs: metrics }: Metrics): readonly Job[] {
  return jobs.map((job): Job => {
    metrics.expect(job.name);
    return {
      ...job,
      async run(signal) {
        const begun = performance.now();
        let deleted: number | null = null;
        try {
          return deleted = await job.run(signal);
        } finally {
          metrics.count(job.name, performance.now() - begun, deleted);
        }
      },
    };
  });
}
