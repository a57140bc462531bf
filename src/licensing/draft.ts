import type { Sql } from '../database/index.js';
import { newId } from '../kernel/ids.js';
import {
  type AttachmentDecision,
  decideAttachment,
  decideRegistration,
  type RegistrationDecision,
} from './decision.js';
import type { Ledger, LedgerResult, LedgerUser } from './ledger.js';
import type { LicenseAccount } from './payment-policy.js';
import type { LedgerEntry } from './write-ledger.js';

/** A client asks to register a person or, with a result key, to attach that result to the person. */
export interface LicensingRequest {
  /** The client's own id of the person, checked. */
  readonly externalId: string;
  /**
   * The registered user to whom the result goes: nothing is decided when that user is gone, even if somebody new has the
   * external id by now. Absent for whoever has the external id, who is registered if new.
   */
  readonly userId?: string;
  /** Null to register only. */
  readonly resultKey: string | null;
  /**
   * What has to happen first in the same transaction, such as saving the result. When it gives false it did nothing,
   * and nothing is decided; when it throws, the whole batch is undone.
   */
  readonly before?: (sql: Sql) => Promise<boolean>;
  /** Takes back what `before` did, in the same transaction, unless the result is attached; absent to keep it. */
  readonly takeBack?: (sql: Sql) => Promise<void>;
}

/** What was decided about a request, and how things stand right after it. */
export interface LicensingOutcome<Decision = AttachmentDecision | RegistrationDecision> {
  readonly decision: Decision;
  /** The person as a registered user; null when the request was refused and the person is not registered. */
  readonly user: LedgerUser | null;
  readonly account: LicenseAccount;
}

/**
 * Decides the requests of one client one after another, each seeing what those before it changed, and gathers what has
 * to be written. Nothing is written here: a draft that is thrown away leaves nothing behind. Drafts of several clients may
 * share the results, of which each then sees whose the others made them.
 */
export class LedgerDraft {
  private readonly users: Map<string, LedgerUser>;
  private readonly results: Map<string, LedgerResult>;
  private client: Ledger['client'];
  private readonly newUsers: { userId: string; externalId: string }[] = [];
  private readonly attachments: LedgerEntry['attachments'][number][] = [];

  constructor(private readonly clientId: string, ledger: Ledger, private readonly at: Date) {
    this.client = ledger.client;
    this.users = new Map(ledger.users);
    this.results = ledger.results;
  }

  /** The decision about one request, taken over into the draft when it grants something; null when its user is gone. */
  decide({ externalId, userId, resultKey }: LicensingRequest): LicensingOutcome | null {
    const known = this.users.get(externalId) ?? null;
    if (userId !== undefined && known?.id !== userId) return null;
    const decision = resultKey === null
      ? decideRegistration(this.client, known)
      : decideAttachment(this.client, this.results.get(resultKey) ?? null, known);
    if (decision.kind === 'REGISTERED') this.register(externalId);
    if (decision.kind === 'GRANTED' && resultKey !== null) this.attach(resultKey, known ?? this.register(externalId));
    return { decision, user: this.users.get(externalId) ?? null, account: this.client };
  }

  /** All that the decisions so far change. */
  entry(): LedgerEntry {
    const { paymentPolicy } = this.client;
    return { clientId: this.clientId, paymentPolicy, newUsers: this.newUsers, attachments: this.attachments };
  }

  private register(externalId: string): LedgerUser {
    const user: LedgerUser = {
      id: newId(), clientId: this.clientId, externalId, registeredAt: this.at, license: { issuedAt: this.at },
      use: new Map(),
    };
    this.users.set(externalId, user);
    this.newUsers.push({ userId: user.id, externalId });
    this.client = { ...this.client, issued: this.client.issued + 1 };
    return user;
  }

  private attach(resultKey: string, user: LedgerUser): void {
    const result = this.results.get(resultKey);
    if (!result) throw new Error('Only a result that exists can be granted.');
    const results = (user.use.get(result.testId)?.results ?? 0) + 1;
    const use = new Map(user.use).set(result.testId, { testId: result.testId, bonus: result.bonus, results });
    this.users.set(user.externalId, { ...user, use });
    this.results.set(resultKey, { ...result, owner: { clientId: this.clientId, userId: user.id } });
    const { testId, revision, savedAt } = result;
    this.attachments.push({ resultKey, userId: user.id, testId, revision, savedAt });
  }
}
