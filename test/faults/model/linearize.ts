import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../setup/test-server.js';
import type { Call } from '../load/history.js';
import { type Holdings, nothing, type OfClient, type Specification } from './specification.js';

/** Something that was done at one moment of its time, or may never have been when nobody can tell. */
interface Event {
  readonly wish: OfClient;
  readonly begun: number;
  readonly ended: number;
  /** Null for one of which nobody can tell whether it was done. */
  readonly answer: Json;
}

/** How many orders are tried before it is given up: the answers say so much that few have to be. */
const MOST_STEPS = 2_000_000;

/**
 * Looks for an order of all that was asked for a client in which the specification gives every answer that was given and
 * comes to hold what is stored; each call has its place between its beginning and its end. Null when there is one, else
 * what contradicts it. What nobody can tell of is done as late as an answer asks for it, or never.
 */
export function contradiction(calls: readonly Call[], specification: Specification, stored: Holdings): string | null {
  const events = calls.flatMap(eventsOf).sort((one, other) => one.ended - other.ended || one.begun - other.begun);
  return new Search(events, specification, stored).run();
}

function eventsOf({ wish, attempts }: Call): Event[] {
  const last = attempts.at(-1)!;
  const certain = { wish: wish as OfClient, ...last };
  if (attempts.length === 1) return [certain];
  // Of several attempts that may have been made, one did it; any of them, at any time.
  return [certain, { wish: certain.wish, begun: attempts[0]!.begun, ended: Infinity, answer: null }];
}

/** Looks for the order, depth first. */
class Search {
  private readonly done = new Set<Event>();
  /** From where no order was found, by what was done and what it came to. */
  private readonly deadEnds = new Set<string>();
  private steps = 0;
  private furthest: { readonly done: number; readonly why: string } = { done: -1, why: 'nothing was tried' };

  constructor(private readonly events: readonly Event[], private readonly specification: Specification, private readonly stored: Holdings) {}

  run(): string | null {
    return this.goOn(0) ? null : this.furthest.why;
  }

  /** Whether there is an order for all that is not done; `from` is the first of them. */
  private goOn(from: number): boolean {
    if ((this.steps += 1) > MOST_STEPS) throw new Error(`There are too many orders in which it may have been done. ${this.furthest.why}`);
    while (from < this.events.length && this.done.has(this.events[from]!)) from += 1;
    const place = this.placeAfter(from);
    if (this.deadEnds.has(place)) return false;
    if (this.findsOrder(from)) return true;
    this.deadEnds.add(place);
    return false;
  }

  private findsOrder(from: number): boolean {
    const next = this.events[from];
    if (!next || next.answer === null) {
      if (isDeepStrictEqual(this.specification.holdings, this.stored)) return true;
      this.note('what is stored is not what was answered', this.stored);
    }
    const uncertain: Event[] = [];
    for (let index = from; index < this.events.length; index += 1) {
      const event = this.events[index]!;
      // What began after another one had ended came after it.
      if (this.done.has(event) || event.begun > (next?.ended ?? Infinity)) continue;
      if (event.answer === null) uncertain.push(event);
      else if (this.tryEvent(event, from)) return true;
    }
    return uncertain.some((event) => this.tryEvent(event, from));
  }

  /** The same for orders that differ only in what came first of what was done. */
  private placeAfter(from: number): string {
    const { limit, issued, users, owners, orders, paid } = this.specification.holdings;
    const ahead = this.events.flatMap((event, index) => (index >= from && this.done.has(event) ? [index] : []));
    return readable([from, ahead, limit, issued, [...users.keys()].sort(), [...owners].sort(), [...orders].sort(), [...paid].sort()]);
  }

  private tryEvent(event: Event, from: number): boolean {
    const { wish, answer } = event;
    const step = this.specification.do(wish, answer?.invoice?.number ?? null);
    const fits = answer === null || agrees(step.answer, answer);
    if (!fits) this.note(`${JSON.stringify(wish)} was to be answered ${JSON.stringify(step.answer)}`, answer);
    // What nobody asks for and what changes nothing may as well be left out.
    if (fits && (answer !== null || step.undo !== nothing)) {
      this.done.add(event);
      if (this.goOn(from)) return true;
      this.done.delete(event);
    }
    step.undo();
    return false;
  }

  private note(why: string, found: unknown): void {
    if (this.done.size <= this.furthest.done) return;
    this.furthest = { done: this.done.size, why: `After ${this.done.size} of ${this.events.length}: ${why}, not ${readable(found)}` };
  }
}

/** Whether an answer has all facts that are expected. */
function agrees(expected: Json, actual: Json): boolean {
  if (typeof expected !== 'object' || expected === null) return expected === actual;
  return typeof actual === 'object' && actual !== null
    && Object.entries(expected).every(([name, value]) => agrees(value, actual[name]));
}

function readable(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (each instanceof Map || each instanceof Set ? [...each as Iterable<unknown>] : each));
}
