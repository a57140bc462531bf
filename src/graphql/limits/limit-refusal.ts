import { GraphQLError } from 'graphql';
import type { RejectionReason } from '../../observability/index.js';
import { ErrorCode } from '../errors.js';

/** Which limit refused an operation. */
type RefusalReason = Extract<
  RejectionReason,
  'tokens' | 'depth' | 'fragments' | 'selections' | 'aliases' | 'directives' | 'root_fields' | 'cost' | 'variables' | 'list_length' | 'introspection'
>;

/** Why an operation is not run: it has too much of something. */
export interface LimitRefusal {
  readonly reason: RefusalReason;
  readonly limit: number;
  /** What the operation has; null where counting stopped. */
  readonly actual: number | null;
  /** Both, and what to do, in words for whoever sent the operation. */
  readonly message: string;
}

/** A refusal for too much of something; `told` says of what in a sentence, given how much there is and how much may be. */
export function tooMuch(
  reason: RefusalReason, limit: number, counted: number, told: (actual: string, limit: number) => string,
): LimitRefusal {
  // Fragments that multiply make numbers that are none.
  const actual = Number.isSafeInteger(counted) ? counted : null;
  return { reason, limit, actual, message: told(actual === null ? 'far too many' : String(actual), limit) };
}

/** What GraphQL answers instead of running the operation. */
export function errorOf({ message, ...facts }: LimitRefusal): GraphQLError {
  return new GraphQLError(message, { extensions: { code: ErrorCode.QUERY_TOO_COMPLEX, ...facts, http: { status: 400 } } });
}
