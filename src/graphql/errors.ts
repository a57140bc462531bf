import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { outageOf } from '../database/index.js';
import { InputError } from '../kernel/input-error.js';
import { RETRY_AFTER_SECONDS } from '../kernel/retry.js';

/** The codes of top-level errors. Expected refusals of a mutation are data instead: see `Problem`. */
export enum ErrorCode {
  UNAUTHENTICATED = 'UNAUTHENTICATED',
  FORBIDDEN = 'FORBIDDEN',
  BAD_USER_INPUT = 'BAD_USER_INPUT',
  GRAPHQL_PARSE_FAILED = 'GRAPHQL_PARSE_FAILED',
  GRAPHQL_VALIDATION_FAILED = 'GRAPHQL_VALIDATION_FAILED',
  QUERY_TOO_COMPLEX = 'QUERY_TOO_COMPLEX',
  UNTRUSTED_DOCUMENT = 'UNTRUSTED_DOCUMENT',
  RATE_LIMITED = 'RATE_LIMITED',
  /** Nothing was done now: the server has too much to do, is stopping, or does not reach its database. */
  UNAVAILABLE = 'UNAVAILABLE',
  /** It took too long and was given up: it may have been done or not. */
  DEADLINE_EXCEEDED = 'DEADLINE_EXCEEDED',
  INTERNAL_SERVER_ERROR = 'INTERNAL_SERVER_ERROR',
}

/** The longest error message; messages of libraries repeat the input, which may be huge. */
const MESSAGE_LENGTH = 1_000;

/** The request lacks a key, or the key is not good. */
export function unauthenticated(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: ErrorCode.UNAUTHENTICATED } });
}

/** Whether an error says that there is no good key. */
export function isUnauthenticated(error: unknown): boolean {
  return error instanceof GraphQLError && error.extensions['code'] === ErrorCode.UNAUTHENTICATED;
}

/** A budget is spent; `retryAfterSeconds` is whole, at least 1. */
export function rateLimited(message: string, retryAfterSeconds: number): GraphQLError {
  return new GraphQLError(message, { extensions: { code: ErrorCode.RATE_LIMITED, retryAfterSeconds, http: { status: 429 } } });
}

/** What is told of a failure that is nobody's fault. */
export interface ToldFailure {
  readonly code: ErrorCode;
  readonly message: string;
}

/** A request, or a statement of it, that took too long. */
export const deadlineExceeded: ToldFailure = {
  code: ErrorCode.DEADLINE_EXCEEDED,
  message: 'This took too long and was given up; it may have been done or not. Try again later, and ask for less if it asks for much.',
};

const outOfReach: ToldFailure = {
  code: ErrorCode.UNAVAILABLE, message: 'The server cannot do this at the moment. Try again in some seconds.',
};

/** What is told when the database was too slow or could not be reached, which trying again may mend; null for other failures. */
export function toldOutage(error: unknown): ToldFailure | null {
  switch (outageOf(error)) {
    case 'too slow': return deadlineExceeded;
    case 'out of reach': return outOfReach;
    case null: return null;
  }
}

/** What is told of a failure of the server of which nobody knows more. */
const failed: ToldFailure = {
  code: ErrorCode.INTERNAL_SERVER_ERROR, message: 'The server failed to answer this. Try again; if it fails again, tell us the request id.',
};

/** Codes under which Apollo Server reports what is wrong with a request, and what they are called here. */
const codeOf: Readonly<Record<string, string>> = {
  BAD_REQUEST: ErrorCode.BAD_USER_INPUT,
  BAD_USER_INPUT: ErrorCode.BAD_USER_INPUT,
  OPERATION_RESOLUTION_FAILURE: ErrorCode.BAD_USER_INPUT,
  GRAPHQL_PARSE_FAILED: ErrorCode.GRAPHQL_PARSE_FAILED,
  GRAPHQL_VALIDATION_FAILED: ErrorCode.GRAPHQL_VALIDATION_FAILED,
  QUERY_TOO_COMPLEX: ErrorCode.QUERY_TOO_COMPLEX,
  UNTRUSTED_DOCUMENT: ErrorCode.UNTRUSTED_DOCUMENT,
  UNAUTHENTICATED: ErrorCode.UNAUTHENTICATED,
  RATE_LIMITED: ErrorCode.RATE_LIMITED,
  // Part of the protocol of persisted queries: clients look for these very codes.
  PERSISTED_QUERY_NOT_FOUND: 'PERSISTED_QUERY_NOT_FOUND',
  PERSISTED_QUERY_NOT_SUPPORTED: 'PERSISTED_QUERY_NOT_SUPPORTED',
};

/** An error of an answer. */
export interface ToldError {
  readonly code: string;
  /** What was thrown: the same for all fields that it failed. */
  readonly original: unknown;
  /** Whether it is no word for the caller but a failure of ours. */
  readonly isInternal: boolean;
}

export interface ErrorFormatterOptions {
  /** The id of the request under way, by which a partner can tell us which one failed. */
  readonly requestId: () => string | undefined;
  /** Told of each error. */
  readonly onTold: (error: ToldError) => void;
}

/**
 * Makes the formatter of top-level errors: every error has a code and the id of its request, and nothing internal leaves
 * the server.
 */
export function errorFormatter({ requestId, onTold }: ErrorFormatterOptions) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const original = unwrapResolverError(error);
    const told = original instanceof InputError || isUnfitOperation(error)
      ? ErrorCode.BAD_USER_INPUT
      : codeOf[String(formatted.extensions?.['code'])];
    const refusal = refusalFacts(formatted.extensions);
    if (told) {
      const code = refusal ? ErrorCode.QUERY_TOO_COMPLEX : told;
      const retryAfterSeconds = formatted.extensions?.['retryAfterSeconds'];
      onTold({ code, original, isInternal: false });
      return {
        ...formatted,
        message: shortened(formatted.message),
        extensions: { code, requestId: requestId(), ...refusal, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) },
      };
    }
    const outage = toldOutage(original);
    const { code, message } = outage ?? failed;
    onTold({ code, original, isInternal: true });
    return { ...formatted, message, extensions: { code, requestId: requestId(), ...(outage && { retryAfterSeconds: RETRY_AFTER_SECONDS }) } };
  };
}

/** What graphql-js itself says of an operation before any field is resolved, without a code: a subscription, for one. */
function isUnfitOperation(error: unknown): boolean {
  return error instanceof GraphQLError && !error.path && !error.originalError && error.extensions['code'] === undefined;
}

/** What a limit adds to its error, and nothing else that an error may carry; null for all other errors. */
export function refusalFacts({ reason, limit, actual }: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> | null {
  const counted = typeof limit === 'number' && (actual === null || typeof actual === 'number');
  return typeof reason === 'string' && counted ? { reason, limit, actual } : null;
}

/** Names that are like an unknown one are not guessed: the whole schema can be read instead, which is quicker to look up. */
const SUGGESTION = ' Did you mean ';

function shortened(text: string): string {
  const message = text.endsWith('?') && text.includes(SUGGESTION) ? text.slice(0, text.lastIndexOf(SUGGESTION)) : text;
  return message.length > MESSAGE_LENGTH ? `${message.slice(0, MESSAGE_LENGTH)}…` : message;
}
