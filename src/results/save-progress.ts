import type { RegisteredUser } from '../clients/index.js';
import { isRefusal } from '../database/index.js';
import { Coalescer } from '../kernel/coalesce.js';
import { newId } from '../kernel/ids.js';
import { saveForUser, type SaveForUserOutcome, type SaveForUserRequest } from './save-for-user.js';
import { saveWithToken } from './save-with-token.js';
import { requestDigest, type SaveProgressOutcome, type SaveProgressRequest, type SavingParts } from './saving.js';
import { newResult, scoreProgress } from './score-progress.js';
import { findSaved, findSavedById, insertResults, type NewResult, type Repeat } from './stored-result.js';

/** How many results one statement inserts at most, and how many such statements there are at once: a commit takes its time. */
const INSERTED_TOGETHER = 64;
const INSERTS_AT_ONCE = 2;
/** How many there are where each result is inserted alone. */
const INSERTS_AT_ONCE_WHERE_SPREAD = 16;

/** Checks, scores and stores the answers of one run of a test; the report is calculated here, once. */
export class SaveProgress {
  private readonly inserting: Coalescer<NewResult, boolean>;

  constructor(private readonly parts: SavingParts) {
    this.inserting = new Coalescer({
      run: (_, results) => insertResults(parts.database, results),
      maxBatch: parts.isSpread ? 1 : INSERTED_TOGETHER,
      atOnce: parts.isSpread ? INSERTS_AT_ONCE_WHERE_SPREAD : INSERTS_AT_ONCE,
      spoiltByAnItem: isRefusal,
    });
  }

  async execute(request: SaveProgressRequest): Promise<SaveProgressOutcome> {
    const { idempotencyKey, accessToken } = request;
    if (accessToken !== null) return saveWithToken(this.parts, request, accessToken);

    const repeat = idempotencyKey === null ? null : { key: idempotencyKey, digest: requestDigest(request) };
    // Asked first, because a repeat has to be recognised even when the test has changed since.
    const earlier = repeat && (await this.replay(repeat));
    if (earlier) return earlier;

    const scored = await scoreProgress(this.parts, request);
    if (scored.kind !== 'SCORED') return scored;
    const resultKey = repeat ? this.parts.resultKeys.of(repeat.key) : newId();
    const saved = await this.inserting.submit('', newResult(resultKey, scored, this.parts.now(), repeat));
    if (saved) return { kind: 'SAVED', resultKey, replayed: false, attachment: null };
    // Another save with the same key was faster.
    const faster = repeat && (await this.replay(repeat));
    if (!faster) throw new Error('A result was neither saved nor found.');
    return faster;
  }

  /** Saves answers and attaches the result to a user who is registered already, both or neither. */
  executeForUser(request: SaveForUserRequest, user: RegisteredUser): Promise<SaveForUserOutcome> {
    return saveForUser(this.parts, request, user);
  }

  private async replay({ key, digest }: Repeat): Promise<SaveProgressOutcome | null> {
    const { database, resultKeys, isSpread } = this.parts;
    const resultKey = resultKeys.of(key);
    const saved = await (isSpread ? findSavedById(database, resultKey) : findSaved(database, resultKey, key));
    if (!saved) return null;
    if (!saved.requestDigest?.equals(digest)) return { kind: 'IDEMPOTENCY_KEY_REUSED' };
    return { kind: 'SAVED', resultKey: saved.id, replayed: true, attachment: null };
  }
}
