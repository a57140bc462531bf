import { deleteEndedKeys, deleteSpentTokens } from '../clients/index.js';
import type { Database, Deleted } from '../database/index.js';
import { deleteEndedWindows } from '../rate-limits/index.js';
import { deleteUnattachedResults } from '../results/index.js';
import { inBatches, type Job } from './job.js';

const DAY_MS = 86_400_000;

/** The jobs of the platform, in the order in which they are run. */
export function backgroundJobs(
  database: Database, { resultRetentionDays }: { readonly resultRetentionDays: number }, now: () => Date,
): readonly Job[] {
  /** A job whose batches all reckon from the moment at which it began. */
  const job = (name: string, description: string, batch: (at: Date, size: number) => Promise<Deleted>): Job => ({
    name,
    description,
    run(signal) {
      const at = now();
      return inBatches(signal, (size) => batch(at, size));
    },
  });
  const retention = resultRetentionDays * DAY_MS;
  return [
    job('unattached-results', 'deletes results that nobody attached within RESULT_RETENTION_DAYS',
      (at, size) => deleteUnattachedResults(database, new Date(at.getTime() - retention), size)),
    job('access-tokens', 'deletes access tokens that have expired or were used over an hour ago',
      (at, size) => deleteSpentTokens(database, at, size)),
    job('client-keys', 'deletes client keys that ended over 90 days ago',
      (at, size) => deleteEndedKeys(database, at, size)),
    job('rate-limits', 'deletes what was counted of budgets of cost whose minute has passed',
      (at, size) => deleteEndedWindows(database, at, size)),
  ];
}
