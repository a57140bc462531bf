import { z } from 'zod';
import type { Compilation } from '../graphql/executor.js';
import type { OperationLimits } from '../graphql/limits/index.js';
import type { RateLimitSettings } from '../rate-limits/index.js';
import { networks, onOrOff, origins, whole } from './values.js';

const MEBIBYTE = 1_048_576;

/** Where Apollo Sandbox runs. */
const SANDBOX = 'https://studio.apollographql.com';

/** The variables of what stands between the internet and the use cases. */
export const edgeVariables = {
  BODY_LIMIT: whole(1_024, 100 * MEBIBYTE, MEBIBYTE),
  GRAPHQL_TOKEN_LIMIT: whole(100, 1_000_000, 10_000),
  GRAPHQL_DEPTH_LIMIT: whole(5, 1_000, 20),
  GRAPHQL_ALIAS_LIMIT: whole(0, 100_000, 50),
  GRAPHQL_DIRECTIVE_LIMIT: whole(0, 100_000, 50),
  GRAPHQL_ROOT_FIELD_LIMIT: whole(1, 10_000, 20),
  GRAPHQL_COST_LIMIT: whole(100, 1_000_000_000, 30_000),
  GRAPHQL_VARIABLES_LIMIT: whole(1_024, 100 * MEBIBYTE, MEBIBYTE / 2),
  GRAPHQL_LIST_LIMIT: whole(1, 1_000_000, 1_000),
  GRAPHQL_ERROR_LIMIT: whole(1, 10_000, 20),
  GRAPHQL_COMPILE: z.enum(['on', 'always', 'off'], 'must be on, always or off').default('on'),
  TRUSTED_DOCUMENTS: z.string().optional(),
  GRAPHQL_ORIGINS: origins.optional(),
  EXPLORER: onOrOff(true),
  RATE_LIMIT_STORE: z.enum(['memory', 'postgres'], 'must be memory or postgres').default('memory'),
  RATE_LIMIT_CLIENT: whole(0, 1_000_000_000, 12_000_000),
  RATE_LIMIT_ADDRESS: whole(0, 1_000_000_000, 1_200_000),
  RATE_LIMIT_FAILED_KEYS: whole(0, 1_000_000, 30),
  TRUSTED_PROXIES: networks.default([]),
  SHUTDOWN_DELAY: whole(0, 600, 0),
  SHUTDOWN_GRACE: whole(0, 600, 10),
  REQUEST_DEADLINE: whole(1, 600, 30),
  STATEMENT_TIMEOUT: whole(1, 600, 15),
  OVERLOAD_REQUESTS: whole(1, 1_000_000, 1_000),
  OVERLOAD_BODIES: whole(MEBIBYTE, 10_240 * MEBIBYTE, 128 * MEBIBYTE),
  OVERLOAD_EVENT_LOOP_DELAY: whole(10, 60_000, 1_000),
} as const;

/** How the server meets the internet. */
export interface EdgeConfig {
  /** The largest request body, in bytes. */
  readonly bodyLimit: number;
  readonly operations: OperationLimits;
  /** Which operations are compiled to run faster. */
  readonly compilation: Compilation;
  /** The file of the only documents that are run; null for a server that runs all. */
  readonly trustedDocuments: string | null;
  /**
   * Web origins whose pages may use any client's key, besides those that the client registered: those of Apollo Sandbox where
   * none are set, in production none.
   */
  readonly keyOrigins: readonly string[];
  /** Whether the explorer is served at `/explorer`. */
  readonly explorer: boolean;
  /** What callers may spend per minute; 0 for no limit. */
  readonly rates: RateLimitSettings;
  /** Proxies whose `X-Forwarded-*` headers are believed: addresses and networks. */
  readonly trustedProxies: readonly string[];
  /** How long a server that is stopped lets requests in and how long those under way may then take to end, in milliseconds. */
  readonly shutdown: { readonly delayMs: number; readonly graceMs: number };
  /**
   * How long a request may take, both to arrive and to be answered, in milliseconds. Work for it that is under way then goes
   * on, each of its statements no longer than `statementTimeoutMs`.
   */
  readonly requestDeadlineMs: number;
  /** How long a statement of a request may take in the database, in milliseconds. */
  readonly statementTimeoutMs: number;
  /** When a server has enough to do, so that more is turned away. */
  readonly overload: {
    /** Requests that are worked on at once; as many more may be on their way, and as many answers. */
    readonly requests: number;
    /** Bodies that are on their way at once, and as much of answers, in bytes. */
    readonly bodyBytes: number;
    /** How late the event loop has been, in milliseconds. */
    readonly eventLoopDelayMs: number;
  };
}

/** The edge of variables that are good. */
export function edgeOf(env: z.infer<z.ZodObject<typeof edgeVariables>>, production: boolean): EdgeConfig {
  return {
    bodyLimit: env.BODY_LIMIT,
    operations: {
      tokens: env.GRAPHQL_TOKEN_LIMIT,
      depth: env.GRAPHQL_DEPTH_LIMIT,
      aliases: env.GRAPHQL_ALIAS_LIMIT,
      directives: env.GRAPHQL_DIRECTIVE_LIMIT,
      rootFields: env.GRAPHQL_ROOT_FIELD_LIMIT,
      cost: env.GRAPHQL_COST_LIMIT,
      variableBytes: env.GRAPHQL_VARIABLES_LIMIT,
      listLength: env.GRAPHQL_LIST_LIMIT,
      errors: env.GRAPHQL_ERROR_LIMIT,
    },
    compilation: env.GRAPHQL_COMPILE,
    trustedDocuments: env.TRUSTED_DOCUMENTS ?? null,
    // Sandbox is for developers; whoever wants it in production says so.
    keyOrigins: env.GRAPHQL_ORIGINS ?? (production ? [] : [SANDBOX]),
    // Where only known documents run there is nothing to explore.
    explorer: env.EXPLORER && env.TRUSTED_DOCUMENTS === undefined,
    rates: {
      store: env.RATE_LIMIT_STORE,
      clientPoints: env.RATE_LIMIT_CLIENT,
      addressPoints: env.RATE_LIMIT_ADDRESS,
      failedKeys: env.RATE_LIMIT_FAILED_KEYS,
    },
    trustedProxies: env.TRUSTED_PROXIES,
    shutdown: { delayMs: env.SHUTDOWN_DELAY * 1_000, graceMs: env.SHUTDOWN_GRACE * 1_000 },
    requestDeadlineMs: env.REQUEST_DEADLINE * 1_000,
    statementTimeoutMs: env.STATEMENT_TIMEOUT * 1_000,
    overload: { requests: env.OVERLOAD_REQUESTS, bodyBytes: env.OVERLOAD_BODIES, eventLoopDelayMs: env.OVERLOAD_EVENT_LOOP_DELAY },
  };
}
