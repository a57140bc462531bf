import type { Catalogue, PublishedTest } from '../catalogue/index.js';
import type { Sql } from '../database/index.js';
import { belongsTo, readResults } from './read-results.js';
import type { StoredAnswers } from './result.js';

/** What was asked and what was answered. */
export interface AnswerSheet {
  /** The edition of the test that was answered. */
  readonly edition: PublishedTest;
  readonly answers: StoredAnswers;
}

/**
 * Looks up the answers of a result of one of the client's own users, by its RESULT_KEY. Null for an unknown key, and alike for a
 * result that nobody has, that is another client's, or that was erased with its user.
 */
export async function readAnswerSheet(
  sql: Sql, catalogue: Catalogue, resultKey: string, clientId: string,
): Promise<AnswerSheet | null> {
  const [result] = await readResults(sql, [resultKey]);
  if (!result || !belongsTo(result, clientId)) return null;
  const edition = await catalogue.revision(result.testId, result.revisionNumber);
  return { edition, answers: result.answers() };
}
