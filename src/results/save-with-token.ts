import type { Sql } from '../database/index.js';
import { newId } from '../kernel/ids.js';
import type { AttachmentDecision } from '../licensing/index.js';
import { requestDigest, type SaveProgressOutcome, type SaveProgressRequest, type SavingParts } from './saving.js';
import { newResult, type ScoredProgress, scoreProgress } from './score-progress.js';
import { findToken, insertByToken, isThere, type StoredToken } from './stored-token.js';
import { decideToken } from './token-decision.js';

/**
 * Saves answers by the right of an access token, which is used up; when the token is bound to a user, the result is
 * attached in the same transaction. Answers that are refused leave the token good. The token makes repeats safe: the same
 * test, answers and revision give the same result again, and attach it if that was refused before, because the cause may
 * be gone.
 */
export async function saveWithToken(
  parts: SavingParts, request: SaveProgressRequest, secret: string,
): Promise<SaveProgressOutcome> {
  const digest = requestDigest(request);
  const admission = await admit(parts, request, secret, digest);
  if (admission.kind !== 'GOOD') return admission;
  const scored = await scoreProgress(parts, request);
  if (scored.kind !== 'SCORED') return scored;
  const saved = await insert(parts, admission.token, scored, digest);
  if (saved) return saved;
  // Another save with the same token was faster, or the token has just expired, or its user was erased.
  const late = await admit(parts, request, secret, digest);
  // A token that had expired is good again when the clock was set back.
  return late.kind === 'GOOD' ? saveWithToken(parts, request, secret) : late;
}

const UNKNOWN: SaveProgressOutcome = { kind: 'ACCESS_TOKEN_INVALID', fault: 'UNKNOWN' };
const USED: SaveProgressOutcome = { kind: 'ACCESS_TOKEN_INVALID', fault: 'USED' };

type Admission = { readonly kind: 'GOOD'; readonly token: StoredToken } | SaveProgressOutcome;

/** The token when it admits the save, else what there is to answer. */
async function admit(
  parts: SavingParts, { test }: SaveProgressRequest, secret: string, digest: Buffer,
): Promise<Admission> {
  const token = await findToken(parts.database, secret, !parts.isSpread);
  if (!token) return UNKNOWN;
  const use = { testId: parts.catalogue.bySlug(test)?.id ?? null, requestDigest: digest };
  const decision = decideToken(token, use, parts.now());
  if (decision.kind === 'FAULTY') return { kind: 'ACCESS_TOKEN_INVALID', fault: decision.fault };
  if (decision.kind === 'GOOD') return { kind: 'GOOD', token };
  return repeat(parts, token, decision.resultKey);
}

/** What a repeat is answered; the result is attached now if that was refused before. */
async function repeat(
  { licensing }: SavingParts, token: StoredToken, resultKey: string,
): Promise<SaveProgressOutcome> {
  const repeated = (attachment: AttachmentDecision | null): SaveProgressOutcome =>
    ({ kind: 'SAVED', resultKey, replayed: true, attachment });
  const { clientId, externalId, attached } = token;
  if (externalId === null) return repeated(null);
  if (attached) return repeated({ kind: 'REPLAYED' });
  const outcome = await licensing.attachAfter(clientId, externalId, resultKey, (sql) => isThere(sql, token));
  if (!outcome) return UNKNOWN;
  // It was erased just now, with another user who had it.
  return outcome.decision.kind === 'RESULT_NOT_FOUND' ? USED : repeated(outcome.decision);
}

/** Uses the token and saves; null when the token was used meanwhile, has expired or is gone. */
async function insert(
  { database, licensing, now }: SavingParts, token: StoredToken, scored: ScoredProgress, digest: Buffer,
): Promise<SaveProgressOutcome | null> {
  const { clientId, externalId } = token;
  const resultKey = newId();
  const save = (sql: Sql): Promise<boolean> =>
    insertByToken(sql, token, newResult(resultKey, scored, now(), null), digest);
  if (externalId === null) {
    return (await database.transaction(save)) ? { kind: 'SAVED', resultKey, replayed: false, attachment: null } : null;
  }
  const outcome = await licensing.attachAfter(clientId, externalId, resultKey, save);
  return outcome && { kind: 'SAVED', resultKey, replayed: false, attachment: outcome.decision };
}
