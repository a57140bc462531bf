import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema, parse, validate } from 'graphql';
import { ErrorCode } from '../../src/graphql/errors.js';
import { billingDetails } from '../setup/billing.js';
import { type RawAnswer, type RawRequest, sendRaw } from '../setup/raw-request.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';
import { diceOf } from './random/dice.js';
import { spoilt } from './random/mutants.js';
import { type Operation, randomOperation } from './random/operation.js';
import { plainSeeds, type Seeds } from './random/values.js';

/** Each operation has a seed of its own, from here on; a failure tells it. */
const SEED = 20_261_122;
const VALID = 1_000;
const MUTANTS = 10_000;
/** How long it may take where others need the machine too; alone it takes less than a minute. */
const PATIENCE_MS = 900_000;
/**
 * What may be kept of 5,000 new documents: Apollo Server keeps the latest, parsed, up to 30 MiB as JSON and more as objects.
 * Asked again, they leave nothing.
 */
const KEPT_MIB = 64;
/** Requests under way at once. */
const LANES = 8;

let server: TestServer;
let client: TestClient;
let schema: GraphQLSchema;
let seeds: Seeds;
beforeAll(async () => {
  server = await startTestServer();
  client = await server.client({ licenseLimit: 1_000_000, ...billingDetails });
  schema = buildClientSchema((await server.graphql(getIntrospectionQuery())).data);
  seeds = await seeded();
});
afterAll(() => server.close());

/** A client with users, results and invoices, and what they are called. */
async function seeded(): Promise<Seeds> {
  for (let index = 0; index < 6; index += 1) await client.attach(await server.save('free'), `user-${index % 3}`);
  const unattached = [await server.save('paid'), await server.save('free')];
  await client.graphql('mutation { createInvoice(input: { licenses: 5 }) { __typename } }');
  const { data: { viewer, tests } } = await client.graphql(`{
    tests { nodes { id } edges { cursor } }
    viewer { id users { nodes { id key externalId } } results { nodes { id key } } invoices { nodes { id } } keys { id } auditLog { nodes { id } } } }`);
  const of = (nodes: Json[], name: string): string[] => nodes.map((node) => node[name]);
  const lists = [viewer.users.nodes, viewer.results.nodes, viewer.invoices.nodes, viewer.auditLog.nodes, viewer.keys, tests.nodes] as Json[][];
  const userIds = [...of(viewer.users.nodes, 'externalId'), 'user-new'];
  return {
    ...plainSeeds,
    id: [viewer.id, ...lists.flatMap((nodes) => of(nodes, 'id').slice(0, 3))],
    externalId: userIds,
    userId: userIds,
    key: [...of(viewer.results.nodes, 'key'), ...of(viewer.users.nodes, 'key')],
    resultKey: [...of(viewer.results.nodes, 'key'), ...unattached],
    invoiceId: of(viewer.invoices.nodes, 'id'),
    keyId: of(viewer.keys, 'id'),
    after: [tests.edges[0].cursor],
  };
}

/** With whose key an operation is sent: those that end keys are somebody else's. */
const keyFor = async ({ query }: Operation): Promise<string> => (query.includes('ClientKey(') ? (await server.client()).key : client.key);

/** What no answer may say, whatever it was asked. */
const INTERNALS = new RegExp([
  'node_modules', 'stacktrace', String.raw`\.[jt]s:\d`, '/src/', '/dist/', 'Cannot read', 'is not a function', 'is not iterable',
  String.raw`\bundefined\b`, 'TypeError', 'RangeError', 'ReferenceError', String.raw`\bECONN`, String.raw`\bpg\b`, 'postgres',
  String.raw`\brelation\b`, 'column .* does not exist', 'violates', 'duplicate key',
  'client_user', 'access_token', 'license_usage_day', 'test_revision', 'invalid input syntax', 'call stack',
  String.raw`\bselect [\w*]+(,| from)`, 'insert into', 'DriverException', 'mikro',
].join('|'), 'i');

const documented: readonly string[] = [
  ...Object.values(ErrorCode).filter((code) => code !== ErrorCode.INTERNAL_SERVER_ERROR),
  'PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED',
];

/** Whatever is asked: an answer in JSON, below 500, with documented codes, and nothing of the inside. */
function faultOf({ status, headers, text }: RawAnswer): string | null {
  if (status >= 500) return `status ${status}`;
  // Who has what is public already is told so, and no more.
  if (status === 304) return text === '' ? null : 'a body of what the caller has';
  // Sandbox greets who would rather read HTML.
  if (headers['content-type']?.startsWith('text/html')) return null;
  const { errors = [] } = JSON.parse(text) as { errors?: { message: string; extensions: { code: string } }[] };
  const code = errors.map(({ extensions }) => extensions.code).find((each) => !documented.includes(each));
  if (code !== undefined) return `code ${code}`;
  const internal = errors.map(({ message }) => INTERNALS.exec(message)?.[0]).find((found) => found !== undefined);
  return internal === undefined ? null : `says ${internal}`;
}

/** Asks all, some at once; gives what is wrong with any answer, with all that is needed to ask again. */
async function faults(requests: readonly (() => Promise<RawRequest>)[], seen: (answer: RawAnswer) => void): Promise<string[]> {
  const found: string[] = [];
  const left = requests.entries();
  await Promise.all(Array.from({ length: LANES }, async () => {
    for (const [index, make] of left) {
      const request = await make();
      const answer = await sendRaw(server.url, request);
      seen(answer);
      const fault = faultOf(answer);
      if (fault !== null) found.push(`number ${index} from seed ${SEED}: ${fault}\n${JSON.stringify(request)}\n${answer.text.slice(0, 1_000)}`);
    }
  }));
  return found;
}

/** The heap in use once all garbage is gone, in MiB. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed / 1_048_576;
}

describe('any operation that the schema allows', () => {
  it('is answered with data or a documented error, and tells nothing of the inside', async () => {
    const operations = Array.from({ length: VALID }, (_, index) => randomOperation(diceOf(SEED + index), schema, seeds));
    expect(operations.flatMap(({ query }) => validate(schema, parse(query)).map(({ message }) => `${message}\n${query}`))).toEqual([]);
    // Every field of the roots is among them.
    for (const root of [schema.getQueryType()!, schema.getMutationType()!]) {
      for (const name of Object.keys(root.getFields())) expect(operations.some(({ query }) => query.includes(name))).toBe(true);
    }
    let withData = 0;
    const wrong = await faults(operations.map((operation) => async () => ({
      method: 'POST', path: '/graphql', body: JSON.stringify(operation),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await keyFor(operation)}` },
    })), ({ status, text }) => {
      const { data } = JSON.parse(text);
      if (status === 200 && data) withData += 1;
    });
    expect(wrong).toEqual([]);
    console.log(`${VALID} random operations: ${withData} with data`);
    expect(withData).toBeGreaterThan(0.6 * VALID);
  }, PATIENCE_MS);
});

describe('any operation that is spoilt', () => {
  it('is answered too, and leaves no memory in use', async () => {
    const statuses = new Map<number, number>();
    const mutants = Array.from({ length: MUTANTS }, (_, index) => async () => {
      const dice = diceOf(SEED + VALID + index);
      const operation = randomOperation(dice, schema, seeds);
      return spoilt(dice, operation, await keyFor(operation));
    });
    const seen = ({ status }: RawAnswer): void => void statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const half = MUTANTS / 2;
    const wrong = await faults(mutants.slice(0, half), seen);
    const warm = heapInUse();
    wrong.push(...await faults(mutants.slice(half), seen));
    const growth = heapInUse() - warm;
    const told = JSON.stringify(Object.fromEntries(statuses));
    console.log(`${MUTANTS} mutants: ${told}, heap ${Math.round(warm)} MiB, ${Math.round(growth)} more after the last ${half}`);
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(growth).toBeLessThan(KEPT_MIB);
  }, PATIENCE_MS);
});
