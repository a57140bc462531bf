import { type Database, isRefusal, type Sql } from '../database/index.js';
import { Coalescer } from '../kernel/coalesce.js';
import type { AttachmentDecision, RegistrationDecision } from './decision.js';
import { LedgerDraft, type LicensingOutcome, type LicensingRequest } from './draft.js';
import { type Ledger, type LedgerUser, loadLedger, readStanding, writeLedger } from './ledger.js';

/** The most requests of one client that one transaction answers: large enough for a burst, small enough to be quick. */
const LICENSING_BATCH_SIZE = 256;

/**
 * Registers users and attaches results under the payment policy and the license policy of their client: the one place
 * that issues licenses. Requests of a client are decided in the order in which they arrive, a whole batch in one
 * transaction, and a refused request leaves nothing behind.
 */
export class LicensingService {
  private readonly batches = new Coalescer<LicensingRequest, LicensingOutcome | null>({
    run: (clientId, requests) => this.grant(clientId, requests),
    maxBatch: LICENSING_BATCH_SIZE,
    spoiltByAnItem: isRefusal,
  });

  /** `onBatch` hears of every batch that was committed: what was decided on each request, null where nothing was. */
  constructor(
    private readonly database: Database,
    private readonly now: () => Date,
    private readonly onBatch: (decisions: readonly (LicensingOutcome['decision']['kind'] | null)[]) => void = () => undefined,
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
    const request = { externalId, resultKey };
    const [client, rest] = await this.database.snapshot((sql) =>
      Promise.all([readStanding(sql, clientId, false), loadLedger(sql, clientId, wantedBy([request]), false)]));
    const outcome = new LedgerDraft(clientId, { client, ...rest }, this.now()).decide(request);
    return outcome as LicensingOutcome<AttachmentDecision>;
  }

  private async grant(clientId: string, requests: readonly LicensingRequest[]): Promise<(LicensingOutcome | null)[]> {
    const decided = await this.database.transaction(async (sql) => {
      // Sent together and done one after another: what is read is as the last batch of the client left it.
      const standing = readStanding(sql, clientId, true);
      const [client, { ready, rest }] = await Promise.all([standing, readied(sql, clientId, requests, standing)]);
      const draft = new LedgerDraft(clientId, { client, ...rest }, this.now());
      const outcomes = requests.map((request) => (ready.has(request) ? draft.decide(request) : null));
      const refused = requests.filter((request, index) => ready.has(request) && outcomes[index]?.decision.kind !== 'GRANTED');
      for (const { takeBack } of refused) await takeBack?.(sql);
      await writeLedger(sql, draft.entry());
      return outcomes;
    });
    this.onBatch(decided.map((outcome) => outcome?.decision.kind ?? null));
    return decided;
  }
}

/**
 * Does what has to happen before each request is decided, and reads what those need that are to be decided.
 *
 * @param locked what has to be done before depends on the time, and so begins when the client is locked
 */
async function readied(
  sql: Sql, clientId: string, requests: readonly LicensingRequest[], locked: Promise<unknown>,
): Promise<{ readonly ready: ReadonlySet<LicensingRequest>; readonly rest: Omit<Ledger, 'client'> }> {
  const ready = new Set<LicensingRequest>();
  if (requests.some(({ before }) => before)) await locked;
  for (const request of requests) if (!request.before || (await request.before(sql))) ready.add(request);
  return { ready, rest: await loadLedger(sql, clientId, wantedBy([...ready]), true) };
}

function wantedBy(requests: readonly LicensingRequest[]): { externalIds: string[]; resultKeys: string[] } {
  const resultKeys = requests.flatMap(({ resultKey }) => resultKey ?? []);
  return {
    externalIds: [...new Set(requests.map(({ externalId }) => externalId))],
    resultKeys: [...new Set(resultKeys)],
  };
}
