import type { RegisteredUser } from '../clients/index.js';
import { newId } from '../kernel/ids.js';
import type { AttachmentDecision } from '../licensing/index.js';
import type { GivenProgress, ProgressRefusal, SavingParts } from './saving.js';
import { newResult, type ScoredProgress, scoreProgress } from './score-progress.js';
import { deleteResult, insertResults } from './stored-result.js';

/** Answers for a registered user; the edition that they fit is found, and norms are those of everybody. */
export type SaveForUserRequest = Pick<GivenProgress, 'test' | 'answers'>;

export type SaveForUserOutcome =
  /** The user has the result; no license was issued for it. */
  | { readonly kind: 'SAVED'; readonly resultKey: string }
  | Exclude<ProgressRefusal, { kind: 'REVISION_CLOSED' }>
  /** The user was erased since it was looked up. */
  | { readonly kind: 'USER_NOT_FOUND' }
  | { readonly kind: 'REFUSED'; readonly decision: Refusal };

/** Why a new result is not attached to a user who is registered. */
type Refusal = Extract<AttachmentDecision, { kind: 'CLIENT_SUSPENDED' | 'RESULT_LIMIT_REACHED' }>;

/**
 * Saves answers and attaches the result to a user who is registered already, in one transaction: what is not attached is not
 * saved. Every save is a new result, also of the same answers. Nobody is registered and no license is issued, also when the
 * user is erased meanwhile.
 */
export async function saveForUser(
  parts: SavingParts, request: SaveForUserRequest, user: RegisteredUser,
): Promise<SaveForUserOutcome> {
  const scored = await scoreProgress(parts, { ...request, revision: null, respondent: null });
  if (scored.kind === 'REVISION_CLOSED') throw new Error('A revision was refused that nobody named.');
  return scored.kind === 'SCORED' ? insert(parts, scored, user) : scored;
}

async function insert(
  { licensing, now }: SavingParts, scored: ScoredProgress, user: RegisteredUser,
): Promise<SaveForUserOutcome> {
  const resultKey = newId();
  const outcome = await licensing.attachToUser(user, resultKey, {
    before: async (sql) => (await insertResults(sql, [newResult(resultKey, scored, now(), null)])).every(Boolean),
    takeBack: (sql) => deleteResult(sql, resultKey),
  });
  if (!outcome) return { kind: 'USER_NOT_FOUND' };
  const { decision } = outcome;
  switch (decision.kind) {
    case 'GRANTED': return { kind: 'SAVED', resultKey };
    case 'CLIENT_SUSPENDED':
    case 'RESULT_LIMIT_REACHED': return { kind: 'REFUSED', decision };
    default: throw new Error(`A new result for a registered user was answered with ${decision.kind}.`);
  }
}
