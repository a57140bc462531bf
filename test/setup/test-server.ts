import { type App, startApp } from '../../src/app.js';
import { checkDefinition, publishTest, type TestDefinitionInput } from '../../src/catalogue/import/index.js';
import { RevisionSource } from '../../src/catalogue/index.js';
import { createClient, type NewClientInput } from '../../src/clients/index.js';
import { loadConfig } from '../../src/config.js';
import { sellerVariables } from './billing.js';
import { type FreshDatabase, freshDatabase } from './fresh-database.js';
import { smallAnswers, smallTests } from './small-tests.js';

// Answers are compared with expectations, not read by programs.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

/** What a GraphQL request gave back. */
export interface GraphQLAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Json;
  readonly errors?: {
    message: string; path?: string[];
    extensions: { code: string; requestId: string; reason?: string; limit?: number; actual?: number | null };
  }[];
  readonly extensions?: { cost: number };
}

/** A really started server on a database of its own, with a small language to seed it. */
export interface TestServer {
  readonly url: string;
  readonly app: App;
  readonly sql: FreshDatabase['sql'];
  readonly databaseUrl: string;
  graphql(query: string, variables?: object, key?: string | null): Promise<GraphQLAnswer>;
  /** Registers a client; by default prepaid with 10 licenses and no limit of results. */
  client(input?: Partial<NewClientInput>): Promise<TestClient>;
  publish(definition: TestDefinitionInput): Promise<void>;
  /** Saves answers to a small test and gives the RESULT_KEY. */
  save(test?: string): Promise<string>;
  /** Starts one more server on the same database; it closes with this one. */
  another(): Promise<App>;
  /** What is stored for a client. */
  holdings(client: TestClient): Promise<Holdings>;
  /** Stops every server, but leaves the database for SQL. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** How many rows a client has, and what its counter of licenses says. */
export interface Holdings {
  readonly users: number;
  readonly licenses: number;
  readonly counter: number;
  readonly attached: number;
}

/** A client with its key in hand. */
export interface TestClient extends ClientCalls {
  readonly id: string;
  readonly slug: string;
  readonly key: string;
  /** The same client, calling another server. */
  at(url: string): ClientCalls;
}

/** What a client calls. */
export interface ClientCalls {
  /** Attaches a result and gives the outcome, `__typename` and all facts. */
  attach(resultKey: string, userId: string): Promise<Json>;
  check(resultKey: string, userId: string): Promise<Json>;
  register(userId: string): Promise<Json>;
  graphql(query: string, variables?: object): Promise<GraphQLAnswer>;
}

const problemFacts = `
  __typename
  ... on Problem { code message }
  ... on LicenseLimitReachedProblem { limit overdraft issued }
  ... on ResultLimitReachedProblem { rule limit used }`;
const success = 'licenseIssued replayed licenseUsage { issued limit overdraft remaining } user { id key externalId }';
const ATTACH = `mutation ($input: AttachResultInput!) { attachResult(input: $input) {
  ${problemFacts.replace('... on ResultLimit', '... on AttachResultSuccess { ' + success + ' }\n ... on ResultLimit')} } }`;
const CHECK = `mutation ($input: AttachResultInput!) { checkAttachment(input: $input) {
  ${problemFacts} ... on AttachmentCheckSuccess { licenseIssued replayed } } }`;
const REGISTER = `mutation ($input: RegisterUserInput!) { registerUser(input: $input) {
  __typename ... on Problem { code message } ... on LicenseLimitReachedProblem { limit overdraft issued }
  ... on RegisterUserSuccess { ${success} } } }`;
const SAVE = `mutation ($input: SaveProgressInput!) { saveProgress(input: $input) {
  __typename ... on SaveProgressSuccess { resultKey } ... on Problem { code message } } }`;
const HOLDINGS = `
  select (select count(*)::int from client_user where client_id = $1) as users,
         (select count(*)::int from license where client_id = $1) as licenses,
         (select licenses_issued from client where id = $1) as counter,
         (select count(*)::int from result where client_id = $1) as attached`;

/** All tests call from one address, as often as they like; those of rate limits say how often that is. */
const UNLIMITED = {
  RATE_LIMIT_CLIENT: '0', RATE_LIMIT_ADDRESS: '0', RATE_LIMIT_FAILED_KEYS: '0',
  // All is tested over compiled operations, and the API once more over graphql-js: see `graphql-js.config.mjs`.
  GRAPHQL_COMPILE: (globalThis as { graphqlCompile?: string }).graphqlCompile ?? 'always',
  // The process is busy with the test too.
  OVERLOAD_EVENT_LOOP_DELAY: '60000',
  // Who is held up by a test waits until it is released, however long the test takes for that.
  REQUEST_DEADLINE: '120', STATEMENT_TIMEOUT: '120',
};

let clientCount = 0;

/** The ways to the database of a server; where TEST_POOLER and TEST_REPLICA name other hosts, requests go by those. */
function waysTo(databaseUrl: string): Record<string, string> {
  const by = (host: string | undefined) => host && Object.assign(new URL(databaseUrl), { host }).href;
  const [pooler, replica] = [by(process.env['TEST_POOLER']), by(process.env['TEST_REPLICA'])];
  return {
    DATABASE_URL: pooler ?? databaseUrl,
    ...(pooler && { DATABASE_DIRECT_URL: databaseUrl }),
    ...(replica && { DATABASE_REPLICA_URLS: replica, REPLICA_WAIT: '1000' }),
  };
}

export async function startTestServer(environment: Record<string, string> = {}): Promise<TestServer> {
  const fresh = await freshDatabase();
  const app = await startApp(loadConfig({ ...waysTo(fresh.url), PORT: '0', LOG_LEVEL: 'silent', ...UNLIMITED, ...sellerVariables, ...environment }));
  const { database, catalogue } = app.services;

  const others: App[] = [];

  const server: TestServer = {
    url: app.url, app, sql: fresh.sql, databaseUrl: fresh.url,
    graphql: (query, variables, key) => graphqlAt(app.url, query, variables, key),
    async client(input = {}) {
      clientCount += 1;
      const payment = input.payment ?? 'prepaid';
      const { client, key } = await createClient(database, {
        name: 'Client', slug: `client-${clientCount}`, payment, licensePolicy: 'unlimited',
        ...(payment === 'prepaid' ? { licenseLimit: 10 } : {}), ...input,
      });
      return { id: client.id, slug: client.slug, key, ...callsAt(app.url, key), at: (url) => callsAt(url, key) };
    },
    async publish(input) {
      const { definition, problems } = checkDefinition(input);
      if (!definition) throw new Error(JSON.stringify(problems));
      await publishTest(database, definition, RevisionSource.IMPORTED);
      await catalogue.refresh();
    },
    async save(test = 'free') {
      return (await mutate(app.url, SAVE, { test, answers: smallAnswers })).resultKey;
    },
    async another() {
      const other = await startApp(loadConfig({ ...waysTo(fresh.url), PORT: '0', LOG_LEVEL: 'silent', ...UNLIMITED, ...sellerVariables, ...environment }));
      others.push(other);
      return other;
    },
    async holdings({ id }) {
      const [row] = await fresh.sql<Holdings>(HOLDINGS, [id]);
      return row!;
    },
    async stop() {
      for (const started of [...others, app]) await started.close();
    },
    async close() {
      await server.stop();
      await fresh.drop();
    },
  };
  for (const test of smallTests) await server.publish(test);
  return server;
}

/** Asks a server, without a key unless one is given. */
export async function graphqlAt(url: string, query: string, variables: object = {}, key: string | null = null): Promise<GraphQLAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === null ? {} : { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, headers: response.headers, ...(await response.json() as { data: Json }) };
}

async function mutate(url: string, query: string, input: object, key: string | null = null): Promise<Json> {
  const { data, errors } = await graphqlAt(url, query, { input }, key);
  if (errors) throw new Error(errors[0]?.message);
  return Object.values(data as object)[0];
}

/** Calls a server with the key of a client. */
export function callsAt(url: string, key: string): ClientCalls {
  return {
    attach: (resultKey, userId) => mutate(url, ATTACH, { resultKey, userId }, key),
    check: (resultKey, userId) => mutate(url, CHECK, { resultKey, userId }, key),
    register: (userId) => mutate(url, REGISTER, { userId }, key),
    graphql: (query, variables) => graphqlAt(url, query, variables, key),
  };
}
