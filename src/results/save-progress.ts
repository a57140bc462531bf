import { createHash } from 'node:crypto';
import type { Catalogue, PublishedTest } from '../catalogue/index.js';
import { type Database, statement } from '../database/index.js';
import { newId } from '../kernel/ids.js';
import type { Answers, Respondent } from '../scoring/index.js';
import type { AnswerIssue } from './check-answers.js';
import { type GivenAnswers, matchEdition } from './match-edition.js';
import type { StoredAnswers } from './result.js';

export interface SaveProgressRequest extends GivenAnswers {
  /** Slug of the test. */
  readonly test: string;
  /** Used to choose the group of a norm, and not stored as given; null when unknown. */
  readonly respondent: Respondent | null;
  /** The caller's UUID of this save, in lower case; null when repeats need not be recognised. */
  readonly idempotencyKey: string | null;
}

export type SaveProgressOutcome =
  | { readonly kind: 'SAVED'; readonly resultKey: string; readonly replayed: boolean }
  | { readonly kind: 'TEST_NOT_FOUND' }
  | { readonly kind: 'ANSWERS_INVALID'; readonly issues: readonly AnswerIssue[]; readonly issueCount: number }
  /** The named edition was never published, or another one took its place too long ago. */
  | { readonly kind: 'REVISION_CLOSED'; readonly publishedRevision: number }
  /** The idempotency key belongs to an earlier save of another test, other answers or another revision. */
  | { readonly kind: 'IDEMPOTENCY_KEY_REUSED' };

const insertResult = statement<{ id: string }>('result-insert', `
  insert into result (id, test_id, revision_number, answers, calculation, saved_at, idempotency_key, request_digest)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (idempotency_key) do nothing
  returning id`);

const findSaved = statement<{ id: string; requestDigest: Buffer }>('result-by-idempotency-key', `
  select id, request_digest as "requestDigest" from result where idempotency_key = $1`);

/** Checks, scores and stores the answers of one run of a test; the report is calculated here, once. */
export class SaveProgress {
  constructor(
    private readonly database: Database,
    private readonly catalogue: Catalogue,
    private readonly now: () => Date,
    /** How long answers to an edition are taken after the next one was published. */
    private readonly graceMs: number,
  ) {}

  async execute(request: SaveProgressRequest): Promise<SaveProgressOutcome> {
    const { idempotencyKey } = request;
    const repeat = idempotencyKey === null ? null : { key: idempotencyKey, digest: requestDigest(request) };
    // Asked first, because a repeat has to be recognised even when the test has changed since.
    const earlier = repeat && (await this.replay(repeat));
    if (earlier) return earlier;

    const test = this.catalogue.bySlug(request.test);
    if (!test) return { kind: 'TEST_NOT_FOUND' };
    const openSince = new Date(this.now().getTime() - this.graceMs);
    const match = await matchEdition(this.catalogue, test, request, openSince);
    if (!match) return { kind: 'REVISION_CLOSED', publishedRevision: test.revision };
    const { edition, check } = match;
    if (!check.ok) return { kind: 'ANSWERS_INVALID', issues: check.issues, issueCount: check.issueCount };

    const resultKey = newId();
    const [saved] = await this.database.run(insertResult, this.row(resultKey, edition, check.answers, request.respondent, repeat));
    if (saved) return { kind: 'SAVED', resultKey, replayed: false };
    // Another save with the same key was faster.
    const faster = repeat && (await this.replay(repeat));
    if (!faster) throw new Error('A result was neither saved nor found.');
    return faster;
  }

  private async replay({ key, digest }: Repeat): Promise<SaveProgressOutcome | null> {
    const [saved] = await this.database.run(findSaved, [key]);
    if (!saved) return null;
    if (!saved.requestDigest.equals(digest)) return { kind: 'IDEMPOTENCY_KEY_REUSED' };
    return { kind: 'SAVED', resultKey: saved.id, replayed: true };
  }

  private row(
    resultKey: string, edition: PublishedTest, answers: Answers, respondent: Respondent | null, repeat: Repeat | null,
  ): unknown[] {
    const stored: StoredAnswers = [...answers];
    const calculation = edition.score(answers, respondent);
    return [
      resultKey, edition.id, edition.revision, JSON.stringify(stored), JSON.stringify(calculation), this.now(),
      repeat?.key ?? null, repeat?.digest ?? null,
    ];
  }
}

interface Repeat {
  readonly key: string;
  readonly digest: Buffer;
}

/**
 * Tells a repeat from another request; the order of the answers is part of the request. The respondent is not: beside the
 * answers, sex and age could be found by trying.
 */
function requestDigest({ test, answers, revision }: SaveProgressRequest): Buffer {
  const request = [test, answers.map(({ questionId, values }) => [questionId, values]), ...(revision === null ? [] : [revision])];
  return createHash('sha256').update(JSON.stringify(request)).digest();
}
