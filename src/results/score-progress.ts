import type { PublishedTest } from '../catalogue/index.js';
import type { Calculation } from '../scoring/index.js';
import { matchEdition } from './match-edition.js';
import type { StoredAnswers } from './result.js';
import type { GivenProgress, ProgressRefusal, SavingParts } from './saving.js';
import type { NewResult, Repeat } from './stored-result.js';

/** Answers that fit an edition of their test, with what was calculated from them. */
export interface ScoredProgress {
  readonly kind: 'SCORED';
  readonly edition: PublishedTest;
  readonly answers: StoredAnswers;
  readonly calculation: Calculation;
}

/** Checks the answers of one run of a test and scores them: all of a save but the writing. */
export async function scoreProgress(
  { catalogue, now, graceMs }: SavingParts, progress: GivenProgress,
): Promise<ScoredProgress | ProgressRefusal> {
  const test = catalogue.bySlug(progress.test);
  if (!test) return { kind: 'TEST_NOT_FOUND' };
  const match = await matchEdition(catalogue, test, progress, new Date(now().getTime() - graceMs));
  if (!match) return { kind: 'REVISION_CLOSED', publishedRevision: test.revision };
  const { edition, check } = match;
  if (!check.ok) return { kind: 'ANSWERS_INVALID', issues: check.issues, issueCount: check.issueCount };
  const calculation = edition.score(check.answers, progress.respondent);
  return { kind: 'SCORED', edition, answers: [...check.answers], calculation };
}

/** The result of a save; `repeat` is null for a save of no key. */
export function newResult(
  id: string, { edition, answers, calculation }: ScoredProgress, savedAt: Date, repeat: Repeat | null,
): NewResult {
  return { id, testId: edition.id, revision: edition.revision, answers, calculation, savedAt, repeat };
}
