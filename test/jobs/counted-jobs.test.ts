import { describe, expect, it } from '@jest/globals';
import { countedJobs, type Job } from '../../src/jobs/index.js';
import { Metrics } from '../../src/observability/index.js';

const job = (name: string, run: Job['run']): Job => ({ name, description: name, run });
const never = new AbortController().signal;

/** The samples of jobs, without their durations. */
async function counted(metrics: Metrics): Promise<string[]> {
  return (await metrics.text()).split('\n').filter((line) => /^testodrom_job_(?!duration)|^testodrom_job_duration_seconds_count/.test(line));
}

describe('background jobs', () => {
  it('are counted by outcome with what they deleted, from 0 before their first run', async () => {
    const metrics = new Metrics();
    const [good, bad] = countedJobs([
      job('good', async () => 7),
      job('bad', async () => {
        throw new Error('No luck.');
      }),
    ], metrics);
    const before = [
      'testodrom_job_runs_total{job="good",outcome="done"} 0',
      'testodrom_job_runs_total{job="good",outcome="failed"} 0',
      'testodrom_job_runs_total{job="bad",outcome="done"} 0',
      'testodrom_job_runs_total{job="bad",outcome="failed"} 0',
      'testodrom_job_deleted_total{job="good"} 0',
      'testodrom_job_deleted_total{job="bad"} 0',
    ];
    expect(await counted(metrics)).toEqual(before);

    expect(await good!.run(never)).toBe(7);
    expect(await good!.run(never)).toBe(7);
    await expect(bad!.run(never)).rejects.toThrow('No luck.');
    expect(await counted(metrics)).toEqual([
      'testodrom_job_runs_total{job="good",outcome="done"} 2',
      'testodrom_job_runs_total{job="good",outcome="failed"} 0',
      'testodrom_job_runs_total{job="bad",outcome="done"} 0',
      'testodrom_job_runs_total{job="bad",outcome="failed"} 1',
      'testodrom_job_deleted_total{job="good"} 14',
      'testodrom_job_deleted_total{job="bad"} 0',
      'testodrom_job_duration_seconds_count{job="good"} 2',
      'testodrom_job_duration_seconds_count{job="bad"} 1',
    ]);
  });
});
