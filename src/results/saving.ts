import { createHash } from 'node:crypto';
import type { Catalogue } from '../catalogue/index.js';
import type { Database } from '../database/index.js';
import type { AttachmentDecision, LicensingService } from '../licensing/index.js';
import type { Respondent } from '../scoring/index.js';
import type { AnswerIssue } from './check-answers.js';
import type { GivenAnswers } from './match-edition.js';
import type { ResultKeys } from './result-keys.js';
import type { TokenFault } from './token-decision.js';

/** What saving works with. */
export interface SavingParts {
  readonly database: Database;
  readonly catalogue: Catalogue;
  readonly licensing: LicensingService;
  readonly resultKeys: ResultKeys;
  /** Whether the tables lie on several machines: then each result is inserted alone, where it lies. */
  readonly isSpread: boolean;
  readonly now: () => Date;
  /** How long answers to an edition are taken after the next one was published. */
  readonly graceMs: number;
}

/** The answers of one run of a test. */
export interface GivenProgress extends GivenAnswers {
  /** Slug of the test. */
  readonly test: string;
  /** Used to choose the group of a norm, and not stored as given; null when unknown. */
  readonly respondent: Respondent | null;
}

export interface SaveProgressRequest extends GivenProgress {
  /** The caller's UUID of this save, in lower case; null when repeats need not be recognised. Not used with a token. */
  readonly idempotencyKey: string | null;
  /** The access token that came with the request, good or not; null for a public save. */
  readonly accessToken: string | null;
}

/** Why answers are not saved, whoever sends them. */
export type ProgressRefusal =
  | { readonly kind: 'TEST_NOT_FOUND' }
  | { readonly kind: 'ANSWERS_INVALID'; readonly issues: readonly AnswerIssue[]; readonly issueCount: number }
  /** The named edition was never published, or another one took its place too long ago. */
  | { readonly kind: 'REVISION_CLOSED'; readonly publishedRevision: number };

export type SaveProgressOutcome =
  | {
    readonly kind: 'SAVED';
    readonly resultKey: string;
    readonly replayed: boolean;
    /** What became of the attachment; null unless the access token is bound to a user. */
    readonly attachment: AttachmentDecision | null;
  }
  | ProgressRefusal
  /** The idempotency key belongs to an earlier save of another test, other answers or another revision, or to one whose result was erased. */
  | { readonly kind: 'IDEMPOTENCY_KEY_REUSED' }
  | { readonly kind: 'ACCESS_TOKEN_INVALID'; readonly fault: TokenFault };

/**
 * Tells a repeat from another request; the order of the answers is part of the request. The respondent is not: beside the
 * answers, sex and age could be found by trying.
 */
export function requestDigest({ test, answers, revision }: SaveProgressRequest): Buffer {
  const request = [test, answers.map(({ questionId, values }) => [questionId, values]), ...(revision === null ? [] : [revision])];
  return createHash('sha256').update(JSON.stringify(request)).digest();
}
