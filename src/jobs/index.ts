export { backgroundJobs } from './background-jobs.js';
export { countedJobs } from './counted-jobs.js';
export type { Job } from './job.js';
export { JobRunner } from './job-runner.js';
export { type JobRun, runJobs } from './run-jobs.js';
