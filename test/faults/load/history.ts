import type { Json } from '../../setup/test-server.js';

/** What a caller asks for; a repeat asks for the same. */
export type Wish =
  | { readonly kind: 'save'; readonly idempotencyKey: string; readonly values: readonly string[] }
  | { readonly kind: 'attach'; readonly client: string; readonly resultKey: string; readonly userId: string }
  | { readonly kind: 'register'; readonly client: string; readonly userId: string }
  | { readonly kind: 'order'; readonly client: string; readonly idempotencyKey: string; readonly licenses: number }
  | { readonly kind: 'pay'; readonly client: string; readonly number: string };

export type WishOf<Kind extends Wish['kind']> = Extract<Wish, { kind: Kind }>;

/** One try of a wish, with the times of its beginning and its end in milliseconds. */
export interface Attempt {
  readonly begun: number;
  readonly ended: number;
  /** What was answered; null when nobody can tell whether it was done. */
  readonly answer: Json;
}

/** All that was tried for a wish, up to its answer. */
export interface Call {
  readonly wish: Wish;
  readonly attempts: readonly Attempt[];
}

/** The answer to a call, which is that to its last attempt. */
export function answerTo({ attempts }: Call): Json {
  return attempts.at(-1)!.answer;
}

/** All calls, in the order of their ends. */
export class History {
  readonly calls: Call[] = [];
  /** Failures that a caller could not have made use of: each is a fault of the server. */
  readonly unclear: string[] = [];
  /** How many attempts nobody can tell the outcome of. */
  get unknown(): number {
    return this.calls.reduce((sum, { attempts }) => sum + attempts.length - 1, 0);
  }
}
