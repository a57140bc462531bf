import { resolve } from 'node:path';
import { z } from 'zod';
import type { BillingConfig } from './billing/index.js';
import { urlsOfHosts } from './database/index.js';
import { type EdgeConfig, edgeOf, edgeVariables } from './environment/edge.js';
import { namesSeller, sellerEnvironment } from './environment/seller.js';
import { whole } from './environment/values.js';
import { OperatorError } from './kernel/operator-error.js';
import { canonicalTimeZone } from './kernel/time-zone.js';

/** The environment as the server understands it. Nobody else reads `process.env`. */
export interface Config {
  /** A PostgreSQL of the operator's; null for the embedded one. */
  readonly databaseUrl: string | null;
  /** The same PostgreSQL itself, where `databaseUrl` leads to a pooler of transactions; null where that is no pooler. */
  readonly databaseDirectUrl: string | null;
  /** Standbys of it that answer reads. */
  readonly replicas: {
    readonly urls: readonly string[];
    /** How long a read waits for its replica to show what the primary has acknowledged, in milliseconds; then the primary answers. */
    readonly waitMs: number;
  };
  /** Where the embedded PostgreSQL keeps its data; absolute. */
  readonly dataDir: string;
  /** The most connections to the database for requests, of all processes of the server together. */
  readonly databasePoolSize: number;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** How many processes serve: 1 for this one alone, more for as many workers. */
  readonly workers: number;
  readonly edge: EdgeConfig;
  /** Where partners reach the server, without a slash at the end; null for the address that each request names. */
  readonly publicUrl: string | null;
  /** How long answers to a test are taken after it was changed, in minutes. */
  readonly revisionGraceMinutes: number;
  /** How long a result is kept that nobody attaches, in days. */
  readonly resultRetentionDays: number;
  /** How long a server waits between two runs of the background jobs, in minutes. */
  readonly jobIntervalMinutes: number;
  /** Who sells licenses, and what invoices say of VAT and of when to pay. */
  readonly billing: BillingConfig;
  /** The secret with which the metrics are read; null for a server that shows none. */
  readonly metricsKey: string | null;
  /** Where traces go, by OTLP over HTTP, and under which name; null for a server that makes none. */
  readonly tracing: { readonly endpoint: string; readonly serviceName: string } | null;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  /** Apollo Sandbox greets developers at `/graphql`, but not in production. */
  readonly production: boolean;
}

/** `test` is `development` by the name that test runners give it. */
const surroundings = ['development', 'production', 'test'] as const;

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

const publicUrlMessage = 'must be an address such as https://api.example.org, without a query';

const timeZoneMessage = 'must be an IANA name such as Europe/Moscow';

/** How many replicas a server reads from: each takes connections of every process. */
const MOST_REPLICAS = 16;

const databaseUrl = z.string().refine(
  (url) => urlsOfHosts(url).length > 0 && isPercentEncoded(url),
  'must be a URL such as postgres://user:password@host:5432/name, special characters percent-encoded, several hosts separated by commas',
);

const replicaUrls = z.string().transform((text) => text.split(',').map((url) => url.trim())).refine(
  (urls) => urls.length <= MOST_REPLICAS && urls.every((url) => urlsOfHosts(url).length === 1 && isPercentEncoded(url)),
  `must be up to ${MOST_REPLICAS} URLs such as postgres://user:password@host:5432/name, separated by commas, special characters percent-encoded`,
);

const environment = z.object({
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_DIRECT_URL: databaseUrl.optional(),
  DATABASE_REPLICA_URLS: replicaUrls.default([]),
  REPLICA_WAIT: whole(0, 60_000, 100),
  DATA_DIR: z.string().default('.data'),
  DATABASE_POOL_SIZE: whole(2, 1_000, 10),
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(0, 65_535, 4_000),
  WORKERS: whole(1, 64, 1),
  ...edgeVariables,
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: publicUrlMessage }).refine((url) => !/[?#]/.test(url), publicUrlMessage)
    .transform((url) => url.replace(/\/+$/, '')).optional(),
  REVISION_GRACE_MINUTES: whole(0, 525_600, 1_440),
  RESULT_RETENTION_DAYS: whole(1, 3_650, 90),
  JOB_INTERVAL_MINUTES: whole(1, 1_440, 10),
  SELLER_VAT: z.enum(['standard', 'none'], 'must be standard or none').default('standard'),
  SELLER_TIME_ZONE: z.string().transform(canonicalTimeZone).refine((name) => name !== null, timeZoneMessage)
    .default('Europe/Moscow'),
  PAYMENT_TERM_DAYS: whole(1, 365, 10),
  METRICS_KEY: z.string().regex(/^[\x21-\x7e]{16,200}$/, 'must be 16 to 200 visible ASCII characters without spaces').optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be an address such as http://collector:4318' }).optional(),
  OTEL_SERVICE_NAME: z.string().default('testodrom-api'),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).optional(),
  NODE_ENV: z.enum(surroundings, `must be one of ${surroundings.join(', ')}`).default('development'),
});

/** Reads the configuration; an empty variable counts as not set. An `OperatorError` names every variable to mend. */
export function loadConfig(variables: Readonly<Record<string, string | undefined>> = process.env): Config {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(set);
  const seller = namesSeller(set) ? sellerEnvironment.safeParse(set) : null;
  const issues = [...(parsed.error?.issues ?? []), ...(seller?.error?.issues ?? [])];
  if (!parsed.success || issues.length > 0) {
    const problems = issues.map(({ path: [variable], message }) => `${String(variable)} ${message}`);
    throw new OperatorError(`The environment is wrong: ${problems.join('; ')}.`);
  }
  const env = parsed.data;
  const alone = (['DATABASE_DIRECT_URL', 'DATABASE_REPLICA_URLS'] as const).find((variable) => variable in set);
  if (env.DATABASE_URL === undefined && alone !== undefined) {
    throw new OperatorError(`The environment is wrong: ${alone} goes with DATABASE_URL, which is not set.`);
  }
  const production = env.NODE_ENV === 'production';
  return Object.freeze({
    databaseUrl: env.DATABASE_URL ?? null,
    databaseDirectUrl: env.DATABASE_DIRECT_URL ?? null,
    replicas: { urls: env.DATABASE_REPLICA_URLS, waitMs: env.REPLICA_WAIT },
    dataDir: resolve(env.DATA_DIR),
    databasePoolSize: env.DATABASE_POOL_SIZE,
    host: env.HOST,
    port: env.PORT,
    workers: env.WORKERS,
    edge: edgeOf(env, production),
    publicUrl: env.PUBLIC_URL ?? null,
    revisionGraceMinutes: env.REVISION_GRACE_MINUTES,
    resultRetentionDays: env.RESULT_RETENTION_DAYS,
    jobIntervalMinutes: env.JOB_INTERVAL_MINUTES,
    billing: {
      seller: seller?.data ?? null,
      vat: env.SELLER_VAT,
      timeZone: env.SELLER_TIME_ZONE,
      paymentTermDays: env.PAYMENT_TERM_DAYS,
    },
    metricsKey: env.METRICS_KEY ?? null,
    tracing: env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
      ? null
      : { endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT, serviceName: env.OTEL_SERVICE_NAME },
    // A developer's terminal tells what is wrong, and no more.
    logLevel: env.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    production,
  });
}

function isPercentEncoded(text: string): boolean {
  try {
    // Its value is used: whoever puts the server together leaves a call out that seems to do nothing.
    return decodeURIComponent(text) !== '';
  } catch {
    return false;
  }
}
