import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span } from '@opentelemetry/api';

/**
 * What is known of a request while it is under way, for its log line, its trace and its errors. Nothing that belongs to a
 * person or opens a door is kept here: no key, no answer, no id of a user.
 */
export interface RequestFacts {
  /** The id that the answer carries too. */
  readonly id: string;
  /** The name of the GraphQL operation, or of the endpoint; null while it is not known, and for an operation without a name. */
  operation: string | null;
  /** The slug of the client that signed the request; null while nobody has. */
  client: string | null;
  /** The cost of the GraphQL operation; null for what has none. */
  cost: number | null;
  /** How many statements were sent to the database. What requests share counts for the one that began it. */
  statements: number;
  /** The code of the first error or refusal in the answer; null for an answer without one, and for what has no codes. */
  problem: string | null;
  /** The errors that were noted already: fields share the failure of what is loaded for all of them. */
  readonly errors: Set<unknown>;
  /** The innermost part of its trace that is under way; null on a server that makes no traces. */
  span: Span | null;
}

/** How much of the name that a caller gave to an operation is kept, in characters. */
const OPERATION_NAME_LENGTH = 64;

const underWay = new AsyncLocalStorage<RequestFacts>();

/** What is known of a request that begins. */
export function newFacts(id: string): RequestFacts {
  return { id, operation: null, client: null, cost: null, statements: 0, problem: null, errors: new Set(), span: null };
}

/** How client keys and access tokens begin, whatever comes before. */
const SECRET = /td[ka]_/;

/** The name of a GraphQL operation as it may be told: callers choose it. Of one that looks like a secret nothing is told. */
export function operationName(written: string): string {
  return SECRET.test(written) ? 'withheld' : written.replaceAll(/[^_A-Za-z0-9]/g, '').slice(0, OPERATION_NAME_LENGTH);
}

/** Runs the work of a request, which finds its facts by `currentFacts`. */
export function withFacts<T>(facts: RequestFacts, work: () => T): T {
  // To run it so again would take long, and change nothing.
  return underWay.getStore() === facts ? work() : underWay.run(facts, work);
}

/** The facts of the request under way; null for work of nobody's, such as a background job. */
export function currentFacts(): RequestFacts | null {
  return underWay.getStore() ?? null;
}
