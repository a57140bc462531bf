import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issue, saveBy } from '../setup/access-tokens.js';
import { billingDetails, createInvoice, sellerVariables } from '../setup/billing.js';
import { rotate } from '../setup/client-keys.js';
import { type Collector, startCollector } from '../setup/collector.js';
import { ask, cleanUp, type ServerProcess, startServer } from '../setup/processes.js';
import { quizAnswers, startQuizServer } from '../setup/quizzes.js';
import { sendRaw } from '../setup/raw-request.js';
import { type RestAnswer, restCaller, type RestParameters } from '../setup/rest-calls.js';
import type { Json, TestClient, TestServer } from '../setup/test-server.js';

const METRICS_KEY = 'metrics-key-of-the-flow';
const ANSWER = 'words of nobody else';
const USER = 'anna.who@example.com';

const SAVE = `mutation Save($input: SaveProgressInput!) { saveProgress(input: $input) {
  __typename ... on SaveProgressSuccess { resultKey } ... on Problem { code message } } }`;
const ATTACH = `mutation Attach($input: AttachResultInput!) { attachResult(input: $input) {
  __typename ... on AttachResultSuccess { user { key } } ... on Problem { code message } } }`;
const VIEWER = `query Viewer($user: String!) { viewer { slug user(externalId: $user) { key externalId results { nodes { key } } }
  users(first: 5) { nodes { externalId statistics { resultCount } } } } }`;
const ERASE = 'mutation Erase($input: EraseUserInput!) { eraseUser(input: $input) { __typename ... on Problem { code } } }';

let prepared: TestServer;
let collector: Collector;
let server: ServerProcess;
let client: TestClient;
let output: string;
/** The ids that answers carried. */
const requestIds: string[] = [];
/** What must be nowhere, by what it is. */
const secrets = new Map<string, string>([['the key of the metrics', METRICS_KEY], ['the answer', ANSWER], ['the id of the user', USER]]);

beforeAll(async () => {
  collector = await startCollector();
  [prepared] = await startQuizServer();
  client = await prepared.client({ ...billingDetails, licenseLimit: 3 });
  server = await startServer({
    DATABASE_URL: prepared.databaseUrl, LOG_LEVEL: 'debug', METRICS_KEY, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    RATE_LIMIT_CLIENT: '0', RATE_LIMIT_ADDRESS: '0', RATE_LIMIT_FAILED_KEYS: '0', ...sellerVariables,
  });
  await useGraphQL();
  await useAddresses();
  await useRest();
  await breakIt();
  const { stdout, stderr } = await server.stop();
  output = stdout + stderr;
});
afterAll(async () => {
  await cleanUp();
  await prepared.close();
  await collector.close();
});

const answers = quizAnswers.mixed.map(([questionId, values]) => ({ questionId, values: questionId === '4' ? ['16', ANSWER] : values }));

async function graphql(query: string, variables: object, key?: string): Promise<Json> {
  const { headers, data, errors } = await ask(server.url, query, variables, key);
  requestIds.push(headers.get('x-request-id')!);
  return data ?? errors;
}

async function fetched(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(new URL(path, server.url), init);
  requestIds.push(response.headers.get('x-request-id')!);
  await response.arrayBuffer();
  return response;
}

async function rest(address: string, parameters: RestParameters): Promise<RestAnswer> {
  const answer = await restCaller(server)(address, parameters);
  requestIds.push(answer.headers.get('x-request-id')!);
  return answer;
}

/** The flow of the README, and what goes wrong in it. */
async function useGraphQL(): Promise<void> {
  secrets.set('the key', client.key);
  const { saveProgress: { resultKey } } = await graphql(SAVE, { input: { test: 'mixed', answers } });
  secrets.set('the result key', resultKey);
  const attach = { input: { resultKey, userId: USER } };
  expect((await graphql(ATTACH, attach, client.key)).attachResult.__typename).toBe('AttachResultSuccess');
  expect((await graphql(ATTACH, { input: { resultKey, userId: `${USER}!` } }, client.key)).attachResult.code).toBe('RESULT_ALREADY_ATTACHED');
  await graphql(VIEWER, { user: USER }, client.key);
  await graphql(`query Result($key: UUID!) { result(key: $key) { answers { values } report { json } } }`, { key: resultKey });
  await graphql(`query Bad($key: UUID!) { result(key: $key) { key } }`, { key: `${resultKey}${ANSWER}` });
  await graphql(`query Bad { result(key: "${ANSWER}") { key } }`, {});
  await graphql(`query Bad { viewer { user(externalId: "${USER}") { wrong } } }`, {}, client.key);
  await graphql(`query Bad { "${ANSWER}" }`, {}, `${client.key}0`);
  await graphql(VIEWER, { user: USER }, `${client.key}0`);
  await graphql(SAVE, { input: { test: 'mixed', answers: [...answers, { questionId: ANSWER, values: [ANSWER] }] } });

  const issued = await issueFor(USER);
  await saveBy(server.url, issued, { test: 'mixed', answers });
  await saveBy(server.url, issued, { test: 'mixed', answers: answers.slice(1) });
  const at = client.at(server.url);
  const { invoice } = await createInvoice(at, { licenses: 2 });
  secrets.set('the document key', /invoices\/([\da-f-]{36})/.exec(invoice.url)![1]!);
  const { key: replacement } = await rotate(server.url, client.key, 3_600);
  secrets.set('the new key', replacement);
  await graphql(VIEWER, { user: USER }, replacement);
}

async function issueFor(userId: string): Promise<string> {
  const token = (await issue({ ...client, ...client.at(server.url) }, { test: 'mixed', userId })).token as string;
  secrets.set('the access token', token);
  return token;
}

async function useAddresses(): Promise<void> {
  const [result, document] = [secrets.get('the result key'), secrets.get('the document key')];
  for (const file of [`results/${result}.html`, `results/${result}.json?user=${USER}`, `results/${result}.pdf`, `results/${result}x.pdf`,
    `invoices/${document}.html`, `invoices/${document}.pdf`, `nothing/${result}?key=${client.key}`, `%ff${client.key}`]) {
    await fetched(`/${file}`);
  }
  await fetched(`/graphql?query=${encodeURIComponent(`{ result(key: "${result}") { key } }`)}`, { headers: { 'apollo-require-preflight': '1' } });
  await fetched('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: `{"query": "${ANSWER}` });
  await fetched('/graphql', { method: 'PUT', body: ANSWER });
  for (const key of [METRICS_KEY, `${METRICS_KEY}0`]) await fetched('/metrics', { headers: { authorization: `Bearer ${key}` } });
  const unreadable = await sendRaw(server.url, { path: '/', headers: { authorization: `Bearer ${client.key}${'x'.repeat(20_000)}` } });
  requestIds.push(String(unreadable.headers['x-request-id']));
}

async function useRest(): Promise<void> {
  const progress = JSON.stringify(answers.map(({ questionId, values }) => [questionId, values]));
  const { json: { key } } = await rest('POST /tests/api/v1/save/mixed/', { form: { progress } });
  const { json: { result_key: saved } } = await rest('POST /partner/api/v3/progress/save', { json: { test: 'mixed', progress } });
  secrets.set('the result key of v1', key).set('the result key of v3', saved);
  await rest('GET /tests/api/v1/info/mixed/', {});
  const { json: { user_key: userKey } } = await rest('GET /partner/api/v2/user/register', { query: { client_key: client.key, user_id: `v2 ${USER}` } });
  await rest('POST /partner/api/v2/progress/save', { form: { test: 'mixed', user_key: userKey, progress: JSON.parse(progress) } });
  const attach = { client_key: client.key, result_key: saved, user_id: USER };
  await rest('POST /partner/api/v3/result/attach', { query: attach });
  await rest('POST /partner/api/v3/result/attach', { form: { ...attach, user_id: `v3 ${USER}` } });
  await rest('POST /partner/api/v3/result/attach', { json: { ...attach, client_key: `${client.key}0` } });
  await rest('POST /partner/api/v3/client/authenticate-by-token', { json: { token: client.key } });
  await rest('GET /partner/api/v3/answers/get', { query: attach });
  await rest('GET /partner/api/v3/answers/get', { query: { ...attach, result_key: ANSWER } });
  await rest('POST /partner/api/v3/progress/save', { raw: ['application/json', `{"progress": "${ANSWER}`] });
}

/** Errors of the database in each face, and an erasure. */
async function breakIt(): Promise<void> {
  for (const table of ['client_user', 'result', 'attachment', 'client_key']) {
    await prepared.sql(`alter table ${table} rename to gone`);
    await graphql(SAVE, { input: { test: 'mixed', answers } });
    await graphql(VIEWER, { user: USER }, client.key);
    await graphql(ATTACH, { input: { resultKey: secrets.get('the result key'), userId: USER } }, client.key);
    await rest('POST /partner/api/v3/progress/save', { json: { test: 'mixed', progress: JSON.stringify([['4', ['16', ANSWER]]]) } });
    await rest('POST /partner/api/v3/client/authenticate-by-token', { query: { token: client.key } });
    await fetched(`/results/${secrets.get('the result key')}.html`);
    await prepared.sql(`alter table gone rename to ${table}`);
  }
  // The database refuses what it is sent, and quotes it.
  await prepared.sql(`alter table client_user add constraint refusing check (external_id not like '%refused%') not valid`);
  await graphql(ATTACH, { input: { resultKey: await freeResult(), userId: `refused ${USER}` } }, client.key);
  expect((await graphql(ERASE, { input: { userId: USER } }, client.key)).eraseUser.__typename).toBe('EraseUserSuccess');
}

async function freeResult(): Promise<string> {
  return (await graphql(SAVE, { input: { test: 'mixed', answers } })).saveProgress.resultKey as string;
}

interface Line {
  readonly level: string;
  readonly requestId?: string;
  readonly msg: string;
  readonly [fact: string]: unknown;
}

const lines = (): Line[] => output.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Line);
const requests = (): Line[] => lines().filter(({ msg }) => msg === 'request');

describe('the log of a whole flow, at its most talkative', () => {
  it('and the traces hold no secret, no answer and no id of a user', () => {
    expect([...secrets.keys()].sort()).toEqual([
      'the access token', 'the answer', 'the document key', 'the id of the user', 'the key', 'the key of the metrics', 'the new key',
      'the result key', 'the result key of v1', 'the result key of v3',
    ]);
    const traces = collector.received();
    expect(traces).toContain('ledger-write');
    const found = [...secrets].filter(([, secret]) => [output, traces].some((text) => text.includes(secret) || text.includes(encodeURIComponent(secret))));
    expect(found).toEqual([]);
  });

  it('holds neither a hash of a key nor an address of a caller', () => {
    for (const told of [/"[0-9a-f]{64}"/, /remoteAddress/, /"ip"/, /authorization/i]) expect(output).not.toMatch(told);
  });

  it('has one line for each request, by the id that the answer carried', () => {
    const told = requests().map(({ requestId }) => requestId);
    expect(requestIds.length).toBeGreaterThan(50);
    expect(requestIds.filter((id) => told.filter((each) => each === id).length !== 1)).toEqual([]);
    expect(new Set(told).size).toBe(told.length);
  });

  it('tells what each request was and what it cost', () => {
    const attach = requests().find(({ operation, client: slug }) => operation === 'Attach' && slug !== undefined);
    expect(attach).toEqual({
      level: 'info', time: expect.any(String), requestId: expect.any(String), traceId: expect.stringMatching(/^[\da-f]{32}$/),
      method: 'POST', route: '/graphql', status: 200, ms: expect.any(Number), operation: 'Attach', client: client.slug,
      statements: 8, bytes: expect.any(Number), msg: 'request',
      ...(attach?.['cost'] === undefined ? {} : { cost: expect.any(Number) }),
    });
    expect(requests().find(({ problem }) => problem === 'RESULT_ALREADY_ATTACHED')).toMatchObject({ operation: 'Attach', level: 'info' });
    expect(requests().find(({ operation }) => operation === 'answers/get'))
      .toMatchObject({ route: '/partner/api/v3/answers/get', client: client.slug });
  });

  it('tells each failure with its request, once for each that failed, and what failed', () => {
    const failed = requests().filter(({ level }) => level === 'error').map(({ requestId }) => requestId);
    expect(failed.length).toBeGreaterThanOrEqual(10);
    // The background jobs, which begin after a minute, may miss a table as well, and have no request.
    const errors = lines().filter(({ level, msg }) => level === 'error' && msg !== 'request' && !/^The job "[a-z-]+" failed: /.test(msg));
    expect(new Set(errors.map(({ requestId }) => requestId))).toEqual(new Set(failed));
    const messages = new Set(errors.map(({ err }) => (err as { message: string }).message));
    expect(messages).toEqual(new Set([
      'relation "client_user" does not exist', 'relation "result" does not exist', 'relation "attachment" does not exist',
      'relation "client_key" does not exist',
      'new row for relation "client_user" violates check constraint "refusing"',
    ]));
  });

  it('passes over machines that ask all the time unless it is at its most talkative', () => {
    expect(requests().filter(({ route }) => route === '/metrics').map(({ level }) => level)).toEqual(['debug', 'debug']);
  });
});
