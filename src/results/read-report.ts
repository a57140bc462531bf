import type { Catalogue } from '../catalogue/index.js';
import type { Sql } from '../database/index.js';
import { readResults, reportIsAvailable } from './read-results.js';
import type { ReportSource } from './report/index.js';

/** What may be shown of the report of a result. */
export type ReportReading =
  /** No result has this key. */
  | { readonly kind: 'NOT_FOUND' }
  /** The test is paid, and no user has the result yet. */
  | { readonly kind: 'USER_REQUIRED' }
  | {
    readonly kind: 'AVAILABLE';
    readonly source: ReportSource;
    /** The client of the user who has the result; null until attached. */
    readonly clientId: string | null;
  };

/** Looks a report up by its RESULT_KEY; the key is the secret, so whoever holds it may read. */
export async function readReport(sql: Sql, catalogue: Catalogue, key: string): Promise<ReportReading> {
  const [result] = await readResults(sql, [key]);
  if (!result) return { kind: 'NOT_FOUND' };
  const edition = await catalogue.revision(result.testId, result.revisionNumber);
  if (!reportIsAvailable(edition, result)) return { kind: 'USER_REQUIRED' };
  const { calculation, savedAt, clientId } = result;
  return { kind: 'AVAILABLE', source: { edition, calculation, savedAt }, clientId };
}
