import { type Database, isRefusal, type Sql } from '../database/index.js';
import { Coalescer } from '../kernel/coalesce.js';
import type { AttachmentDecision, RegistrationDecision } from './decision.js';
import type { LicensingOutcome, LicensingRequest } from './draft.js';
import { type ClientRequests, foresee, grant, grantAtHand, type Outcomes } from './grant.js';
import type { LedgerUser } from './ledger.js';

/** The most requests of one client that one transaction answers: large enough for a burst, small enough to be quick. */
const LICENSING_BATCH_SIZE = 256;

/** The most clients whose requests one transaction answers. */
const CLIENTS_TOGETHER = 64;

/** The most requests of a client that are answered together with those of others, who would wait for a burst. */
const FEW_REQUESTS = 8;

/** How many such transactions there are at once: while one is in the database the next is made. */
const TOGETHER_AT_ONCE = 2;

/**
 * Registers users and attaches results under the payment policy and the license policy of their client: the one place
 * that issues licenses. Requests of a client are decided in the order in which they arrive, a whole batch in one
 * transaction, and a refused request leaves nothing behind. Clients who ask for little at the same time share one.
 */
export class LicensingService {
  private readonly batches = new Coalescer<LicensingRequest, LicensingOutcome | null>({
    run: (clientId, requests) => this.answer({ clientId, requests }),
    maxBatch: LICENSING_BATCH_SIZE,
    spoiltByAnItem: isRefusal,
  });

  private readonly together = new Coalescer<ClientRequests, Outcomes | null>({
    run: (_, groups) => grantAtHand(this.database, this.now, groups),
    maxBatch: CLIENTS_TOGETHER,
    atOnce: TOGETHER_AT_ONCE,
    spoiltByAnItem: isRefusal,
  });

  /** `onBatch` hears of every batch that was committed: what was decided on each request, null where nothing was. */
  constructor(
    private readonly database: Database,
    private readonly now: () => Date,
    private readonly onBatch: (decisions: readonly (LicensingOutcome['decision']['kind'] | null)[]) => void = () => undefined,
    /** Whether clients lie on several machines: then none shares a transaction with others. */
    private readonly isSpread = false,
  ) {}

  /** Attaches a result to a person, who is registered if new. Repeating it changes nothing. */
  async attach(clientId: string, externalId: string, resultKey: string): Promise<LicensingOutcome<AttachmentDecision>> {
    const outcome = await this.batches.submit(clientId, { externalId, resultKey });
    return outcome as LicensingOutcome<AttachmentDecision>;
  }

  /**
   * Attaches a result after what has to come first in the same transaction, such as saving it; a refusal to attach keeps
   * that. Null when `before` gave false: then nothing is attached.
   */
  async attachAfter(
    clientId: string, externalId: string, resultKey: string, before: (sql: Sql) => Promise<boolean>,
  ): Promise<LicensingOutcome<AttachmentDecision> | null> {
    const outcome = await this.batches.submit(clientId, { externalId, resultKey, before });
    return outcome as LicensingOutcome<AttachmentDecision> | null;
  }

  /**
   * Attaches a result to a user who is registered already; nobody is ever registered by it. With `saving` the result is
   * saved in the same transaction, and is not kept unless it is attached. Null when the user was erased.
   */
  async attachToUser(
    { clientId, externalId, id: userId }: Pick<LedgerUser, 'clientId' | 'externalId' | 'id'>,
    resultKey: string,
    saving: Pick<LicensingRequest, 'before' | 'takeBack'> = {},
  ): Promise<LicensingOutcome<AttachmentDecision> | null> {
    const outcome = await this.batches.submit(clientId, { externalId, userId, resultKey, ...saving });
    return outcome as LicensingOutcome<AttachmentDecision> | null;
  }

  /** Registers a person ahead of time. Repeating it gives the same user. */
  async register(clientId: string, externalId: string): Promise<LicensingOutcome<RegistrationDecision>> {
    const outcome = await this.batches.submit(clientId, { externalId, resultKey: null });
    return outcome as LicensingOutcome<RegistrationDecision>;
  }

  /** What `attach` would decide now; changes nothing and waits for nobody. */
  async check(clientId: string, externalId: string, resultKey: string): Promise<LicensingOutcome<AttachmentDecision>> {
    const outcome = await foresee(this.database, this.now, clientId, { externalId, resultKey });
    return outcome as LicensingOutcome<AttachmentDecision>;
  }

  private async answer(group: ClientRequests): Promise<Outcomes> {
    const outcomes = (!this.isSpread && isLittle(group) ? await this.together.submit('', group) : null) ?? await grant(this.database, this.now, group, this.isSpread);
    this.onBatch(outcomes.map((outcome) => outcome?.decision.kind ?? null));
    return outcomes;
  }
}

/** Whether others may wait for what a client asks. */
function isLittle({ requests }: ClientRequests): boolean {
  return requests.length <= FEW_REQUESTS && requests.every(({ before }) => !before);
}
