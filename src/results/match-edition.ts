import type { Catalogue, PublishedTest } from '../catalogue/index.js';
import { type AnswersCheck, checkAnswers, type GivenAnswer } from './check-answers.js';

/** How many earlier editions answers are compared with, when the caller does not name the edition that was shown. */
export const EARLIER_EDITIONS_TRIED = 5;

/** Answers with the edition of the test that they answer; null when the named edition is not open any more. */
export type EditionMatch = { readonly edition: PublishedTest; readonly check: AnswersCheck } | null;

/** Answers that were given, and the edition that was shown; null when the caller does not know. */
export interface GivenAnswers {
  readonly answers: readonly GivenAnswer[];
  readonly revision: number | null;
}

/**
 * Finds the edition that answers belong to: the named one, else the published one, else an earlier one that they fit.
 * An earlier one counts only when it was published until `openSince` or later, so that a change of a test loses nobody's answers.
 */
export async function matchEdition(
  catalogue: Catalogue,
  published: PublishedTest,
  { answers, revision }: GivenAnswers,
  openSince: Date,
): Promise<EditionMatch> {
  const open = catalogue.supersededRevisions(published.id)
    .filter(({ supersededAt }) => supersededAt >= openSince)
    .map((term) => term.revision);
  if (revision !== null) {
    const edition = await namedEdition(catalogue, published, revision, open);
    return edition && { edition, check: checkAnswers(edition, answers) };
  }
  const check = checkAnswers(published, answers);
  if (check.ok) return { edition: published, check };
  for (const earlier of open.slice(0, EARLIER_EDITIONS_TRIED)) {
    const edition = await catalogue.revision(published.id, earlier);
    const fitting = checkAnswers(edition, answers);
    if (fitting.ok) return { edition, check: fitting };
  }
  return { edition: published, check };
}

/** The edition of that number, if it takes answers: the published one, a later one, or an earlier one that is open. */
async function namedEdition(
  catalogue: Catalogue,
  published: PublishedTest,
  revision: number,
  open: readonly number[],
): Promise<PublishedTest | null> {
  if (revision > published.revision) return catalogue.laterRevision(published.id, revision);
  return revision === published.revision || open.includes(revision) ? catalogue.revision(published.id, revision) : null;
}
