import type { RegisteredUser } from '../clients/index.js';
import { isRefusal, statement } from '../database/index.js';
import { Coalescer } from '../kernel/coalesce.js';
import { newId } from '../kernel/ids.js';
import { saveForUser, type SaveForUserOutcome, type SaveForUserRequest } from './save-for-user.js';
import { saveWithToken } from './save-with-token.js';
import { requestDigest, type SaveProgressOutcome, type SaveProgressRequest, type SavingParts } from './saving.js';
import { newResult, scoreProgress } from './score-progress.js';
import { insertResults, type NewResult, type Repeat } from './stored-result.js';

const findSaved = statement<{ id: string; requestDigest: Buffer }>('result-by-idempotency-key', `
  select id, request_digest as "requestDigest" from result where idempotency_key = $1`);

/** How many results one statement inserts at most, and how many such statements there are at once: a commit takes its time. */
const INSERTED_TOGETHER = 64;
const INSERTS_AT_ONCE = 2;

/** Checks, scores and stores the answers of one run of a test; the report is calculated here, once. */
export class SaveProgress {
  private readonly inserting = new Coalescer<NewResult, boolean>({
    run: (_, results) => insertResults(this.parts.database, results),
    maxBatch: INSERTED_TOGETHER,
    atOnce: INSERTS_AT_ONCE,
    spoiltByAnItem: isRefusal,
  });

  constructor(private readonly parts: SavingParts) {}

  async execute(request: SaveProgressRequest): Promise<SaveProgressOutcome> {
    const { idempotencyKey, accessToken } = request;
    if (accessToken !== null) return saveWithToken(this.parts, request, accessToken);

    const repeat = idempotencyKey === null ? null : { key: idempotencyKey, digest: requestDigest(request) };
    // Asked first, because a repeat has to be recognised even when the test has changed since.
    const earlier = repeat && (await this.replay(repeat));
    if (earlier) return earlier;

    const scored = await scoreProgress(this.parts, request);
    if (scored.kind !== 'SCORED') return scored;
    const resultKey = newId();
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
    const [saved] = await this.parts.database.run(findSaved, [key]);
    if (!saved) return null;
    if (!saved.requestDigest.equals(digest)) return { kind: 'IDEMPOTENCY_KEY_REUSED' };
    return { kind: 'SAVED', resultKey: saved.id, replayed: true, attachment: null };
  }
}
