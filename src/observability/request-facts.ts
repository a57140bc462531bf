import { AsyncLocalStorage } from 'node:async_hooks';

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
}

const underWay = new AsyncLocalStorage<RequestFacts>();

/** What is known of a request that begins. */
export function newFacts(id: string): RequestFacts {
  return { id, operation: null, client: null, cost: null, statements: 0 };
}

/** Runs the work of a request, which finds its facts by `currentFacts`. */
export function withFacts<T>(facts: RequestFacts, work: () => T): T {
  return underWay.run(facts, work);
}

/** The facts of the request under way; null for work of nobody's, such as a background job. */
export function currentFacts(): RequestFacts | null {
  return underWay.getStore() ?? null;
}
