import { setTimeout as sleep } from 'node:timers/promises';
import type { Json } from '../../setup/test-server.js';
import type { Random } from '../random.js';
import { RETRY_DELAY_MS } from '../settings.js';
import type { Subject } from '../world/subjects.js';
import { askOnce, type Told } from './ask.js';
import type { Attempt, Call, History, Wish, WishOf } from './history.js';
import { operationOf } from './wishes.js';

/** How many persons each client has: few, so that they come again and meet their limits. */
const PERSONS = 60;
/** How many licenses an order may be of. */
const MOST_ORDERED = 3;

/** Where callers call. */
export interface Target {
  readonly url: string;
  readonly subjects: readonly Subject[];
  /** Pays an invoice as an operator does. */
  readonly pay: (number: string) => Promise<Told>;
}

/** What callers know together: results that are saved, and invoices that are to be paid, by client. */
export class Known {
  readonly results = new Map<string, string[]>();
  readonly invoices = new Map<string, string[]>();

  note({ wish }: Call, answer: Json, client: string): void {
    if (wish.kind === 'save') this.of(this.results, client).push(answer.resultKey);
    if (wish.kind === 'order' && answer.invoice) this.of(this.invoices, client).push(answer.invoice.number);
  }

  of(by: Map<string, string[]>, client: string): string[] {
    const list = by.get(client) ?? [];
    by.set(client, list);
    return list;
  }
}

/** Somebody who asks for one thing after another, and for each until there is an answer. */
export class Caller {
  constructor(
    private readonly target: Target,
    private readonly known: Known,
    private readonly history: History,
    private readonly random: Random,
  ) {}

  /** Calls until it is told to stop; what it has asked for by then is asked for to its end. */
  async work(stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const subject = this.random.pick(this.target.subjects);
      const call = await this.call(this.wish(subject), subject);
      this.history.calls.push(call);
      this.known.note(call, call.attempts.at(-1)!.answer, subject.slug);
    }
  }

  private wish({ slug: client, limit }: Subject): Wish {
    const { random, known } = this;
    const userId = `person-${random.whole(1, PERSONS)}`;
    const chance = random.next();
    const results = known.of(known.results, client);
    const invoices = known.of(known.invoices, client);
    if (chance < 0.4 && results.length > 0) return { kind: 'attach', client, resultKey: random.pick(results.slice(-50)), userId };
    if (chance < 0.55) return { kind: 'register', client, userId };
    if (chance < 0.6 && limit !== null) {
      return { kind: 'order', client, idempotencyKey: random.uuid(), licenses: random.whole(1, MOST_ORDERED) };
    }
    // Each one more than once, and by several at the same time.
    if (chance < 0.68 && invoices.length > 0) return { kind: 'pay', client, number: random.pick(invoices.slice(-5)) };
    return { kind: 'save', idempotencyKey: random.uuid(), values: [0, 1, 2].map(() => String(random.whole(0, 2))) };
  }

  private async call(wish: Wish, { key }: Subject): Promise<Call> {
    const attempts: Attempt[] = [];
    for (;;) {
      const begun = performance.now();
      const told = await this.attempt(wish, key);
      if (told.kind === 'unclear') this.history.unclear.push(`${wish.kind}: ${told.why}`);
      const answer = told.kind === 'answered' ? told.data : null;
      attempts.push({ begun, ended: performance.now(), answer });
      if (answer !== null) return { wish, attempts };
      await sleep(RETRY_DELAY_MS * (0.5 + this.random.next()));
    }
  }

  private async attempt(wish: Wish, key: string): Promise<Told> {
    if (wish.kind === 'pay') return this.target.pay((wish satisfies WishOf<'pay'>).number);
    const { query, input } = operationOf(wish);
    const told = await askOnce(this.target.url, query, { input }, wish.kind === 'save' ? null : key);
    return told.kind === 'answered' ? { ...told, data: told.data.outcome } : told;
  }
}
