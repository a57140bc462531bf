import type { Json } from '../../setup/test-server.js';
import type { Wish, WishOf } from '../load/history.js';
import type { Subject } from '../world/subjects.js';

/** What a client holds, in its simplest form. */
export interface Holdings {
  limit: number | null;
  issued: number;
  /** The results of each registered user. */
  readonly users: Map<string, Set<string>>;
  /** Who has each attached result. */
  readonly owners: Map<string, string>;
  /** How many licenses each ordered invoice is of, by the idempotency key of the order. */
  readonly orders: Map<string, { number: string | null; readonly licenses: number }>;
  readonly paid: Set<string>;
}

/** Takes a change back. */
type Undo = () => void;

/** What is to be answered, and what undoes it; only the facts that the specification has an opinion on. */
interface Step {
  readonly answer: Json;
  readonly undo: Undo;
}

/** What is asked for a client. */
export type OfClient = Exclude<Wish, { kind: 'save' }>;

/** There is nothing to take back. */
export const nothing: Undo = () => undefined;

/** What the seeds say of licenses: a client in memory, one wish after another. */
export class Specification {
  constructor(private readonly subject: Pick<Subject, 'overdraft' | 'resultsPerUser'>, readonly holdings: Holdings) {}

  /** Does what is wished and tells what has to be answered; the number of an invoice is the server's choice, null while it is not told. */
  do(wish: OfClient, number: string | null): Step {
    switch (wish.kind) {
      case 'register': return this.register(wish);
      case 'attach': return this.attach(wish);
      case 'order': return this.order(wish, number);
      case 'pay': return this.pay(wish);
    }
  }

  private register({ userId }: WishOf<'register'>): Step {
    const { users } = this.holdings;
    if (users.has(userId)) return { answer: this.granted('RegisterUserSuccess', false, true), undo: nothing };
    const refused = this.refusedLicense();
    if (refused) return refused;
    const undo = this.issue(userId);
    return { answer: this.granted('RegisterUserSuccess', true, false), undo };
  }

  private attach({ resultKey, userId }: WishOf<'attach'>): Step {
    const { users, owners } = this.holdings;
    const owner = owners.get(resultKey);
    if (owner === userId) return { answer: this.granted('AttachResultSuccess', false, true), undo: nothing };
    if (owner !== undefined) return { answer: { __typename: 'ResultAlreadyAttachedProblem' }, undo: nothing };
    const isNew = !users.has(userId);
    const refused = isNew ? this.refusedLicense() : null;
    if (refused) return refused;
    const used = users.get(userId)?.size ?? 0;
    const limit = this.subject.resultsPerUser;
    if (limit !== null && used >= limit) {
      return { answer: { __typename: 'ResultLimitReachedProblem', rule: 'MAX_RESULTS_PER_TEST', limit, used }, undo: nothing };
    }
    const undoIssue = isNew ? this.issue(userId) : nothing;
    users.get(userId)!.add(resultKey);
    owners.set(resultKey, userId);
    return {
      answer: this.granted('AttachResultSuccess', isNew, false),
      undo: () => {
        owners.delete(resultKey);
        users.get(userId)!.delete(resultKey);
        undoIssue();
      },
    };
  }

  private order({ idempotencyKey, licenses }: WishOf<'order'>, number: string | null): Step {
    const { orders } = this.holdings;
    const earlier = orders.get(idempotencyKey);
    const answer = { __typename: 'CreateInvoiceSuccess', replayed: earlier !== undefined, invoice: { licenses } };
    if (earlier && (number === null || earlier.number !== null)) return { answer, undo: nothing };
    orders.set(idempotencyKey, { number, licenses });
    return {
      answer,
      undo: () => {
        if (earlier) orders.set(idempotencyKey, earlier);
        else orders.delete(idempotencyKey);
      },
    };
  }

  private pay({ number }: WishOf<'pay'>): Step {
    const { holdings } = this;
    const { paid, limit } = holdings;
    if (paid.has(number)) return { answer: { replayed: true, licenseLimit: null }, undo: nothing };
    const { licenses } = [...holdings.orders.values()].find((order) => order.number === number)!;
    paid.add(number);
    holdings.limit = limit! + licenses;
    return {
      answer: { replayed: false, licenseLimit: { from: limit, to: holdings.limit } },
      undo: () => {
        paid.delete(number);
        holdings.limit = limit;
      },
    };
  }

  private granted(__typename: string, licenseIssued: boolean, replayed: boolean): Json {
    const { issued, limit } = this.holdings;
    return { __typename, licenseIssued, replayed, licenseUsage: { issued, limit } };
  }

  private refusedLicense(): Step | null {
    const { limit, issued } = this.holdings;
    const { overdraft } = this.subject;
    if (limit === null || issued < limit + overdraft) return null;
    return { answer: { __typename: 'LicenseLimitReachedProblem', limit, overdraft, issued }, undo: nothing };
  }

  private issue(userId: string): Undo {
    const { holdings } = this;
    holdings.users.set(userId, new Set());
    holdings.issued += 1;
    return () => {
      holdings.users.delete(userId);
      holdings.issued -= 1;
    };
  }
}
