import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  getNamedType, type GraphQLArgument, type GraphQLField, type GraphQLInputType, type GraphQLObjectType, type GraphQLOutputType,
  isAbstractType, isEnumType, isInputObjectType, isLeafType, isListType, isNonNullType, isObjectType,
} from 'graphql';
import type { Services } from '../../src/graphql/context.js';
import { buildGraphQLSchema } from '../../src/graphql/schema.js';
import { nodeId, parseNodeId } from '../../src/kernel/ids.js';
import { billingDetails, createInvoice } from '../setup/billing.js';
import { smallAnswers } from '../setup/small-tests.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

// One client calls everything with all that names objects of another. The calls are made from the schema, so that a field
// of tomorrow is tried like those of today.

const schema = buildGraphQLSchema({} as Services);
const [query, mutation, client] = [schema.getQueryType()!, schema.getMutationType()!, schema.getType('Client') as GraphQLObjectType];
/** From a field of a client to the leaves of what a list within a list holds. */
const DEPTH = 5;
/** What everybody may read, and what is asked for elsewhere, is not followed. */
const NOT_FOLLOWED: readonly string[] = ['Test', 'TestConnection', 'Question', 'Report', 'Client'];

let server: TestServer;
let owner: TestClient;
let stranger: TestClient;
/** What names objects of the owner, by the types of arguments that take it. */
let names: Readonly<Record<'ID' | 'UUID' | 'String', readonly string[]>>;
/** RESULT_KEY, which is the right to the result, and the id that encodes it. */
let resultKey: string;
let resultId: string;

beforeAll(async () => {
  // All fields of all types are asked for at once, each under a name of its own.
  server = await startTestServer({ GRAPHQL_ALIAS_LIMIT: '1000' });
  [owner, stranger] = await Promise.all(['Owner', 'Stranger'].map((name) =>
    server.client({ ...billingDetails, name, buyerName: `Buyer of ${name}` }))) as [TestClient, TestClient];
  resultKey = await server.save('paid');
  await owner.attach(resultKey, 'the-person-of-the-owner');
  await createInvoice(owner, { licenses: 3 });
  const { viewer } = await good(owner, `{ viewer { id keys { id } auditLog { nodes { id } } invoices { nodes { id number url } }
    users { nodes { id key externalId results { nodes { id } } } } } }`);
  const [user] = viewer.users.nodes;
  const ids = [viewer, user, ...user.results.nodes, ...viewer.keys, ...viewer.auditLog.nodes, ...viewer.invoices.nodes];
  resultId = user.results.nodes[0].id;
  names = { ID: ids.map(({ id }: Json) => id), UUID: [resultKey, user.key], String: [user.externalId] };
  expect(names.ID.length).toBeGreaterThanOrEqual(6);
});
afterAll(() => server.close());

async function good(caller: TestClient, text: string): Promise<Json> {
  const { data, errors } = await caller.graphql(text);
  if (errors) throw new Error(errors[0]?.message);
  return data;
}

/** A call of a field with values for its arguments. */
interface Call {
  readonly text: string;
  readonly variables: Readonly<Record<string, Json>>;
}

/** Calls of a field, in which each argument takes each of its values at least once. */
function callsOf(kind: 'query' | 'mutation', field: GraphQLField<unknown, unknown>, within: (call: string) => string): Call[] {
  const declared = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const call = `${field.name}${passed && `(${passed})`} ${selection(field.type, DEPTH)}`;
  return combined(field.args).map((variables) => ({ text: `${kind} ${declared && `(${declared})`} { ${within(call)} }`, variables }));
}

/** Values for some arguments or fields of an input: all together, and each alone where exactly one is wanted. */
function combined(inputs: readonly Pick<GraphQLArgument, 'name' | 'type'>[]): Record<string, Json>[] {
  const values = inputs.map(({ name, type }) => [name, valuesOf(type, name)] as const);
  const rounds = Math.max(1, ...values.map(([, all]) => all.length));
  const together = Array.from({ length: rounds }, (_, round) => Object.fromEntries(
    values.filter(([name]) => !['last', 'before', 'after'].includes(name)).map(([name, all]) => [name, all[round % all.length]])));
  // A list is asked for one item, lest it costs too much.
  const few = inputs.some(({ name }) => name === 'first') ? { first: 1 } : {};
  const alone = inputs.some(({ type }) => isNonNullType(type)) ? []
    : values.filter(([name]) => name !== 'last').flatMap(([name, all]) => all.map((value) => ({ ...few, [name]: value })));
  return [...together, ...alone];
}

/** Values of a type: all that name something of the owner, or one that is merely right. */
function valuesOf(type: GraphQLInputType, name: string): Json[] {
  if (isNonNullType(type)) return valuesOf(type.ofType, name);
  if (name === 'answers') return [smallAnswers];
  if (isListType(type)) return valuesOf(type.ofType, name).map((value) => [value]);
  if (isEnumType(type)) return type.getValues().map((value) => value.name);
  if (isInputObjectType(type)) return combined(Object.values(type.getFields()));
  switch (type.name) {
    case 'ID': return [...names.ID];
    case 'UUID': return [...names.UUID];
    case 'String': return ['test', 'slug', 'completed', 'notCompleted'].includes(name) ? ['paid'] : [...names.String];
    case 'Boolean': return [true];
    case 'LocalDate': return ['2026-01-01'];
    case 'DateTime': return ['2026-01-01T00:00:00Z'];
    case 'Locale': return ['en'];
    default: return [1];
  }
}

/** Everything that can be selected of a type without naming arguments. */
function selection(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (depth === 0 || NOT_FOLLOWED.includes(named.name)) return '{ __typename }';
  if (isAbstractType(named)) {
    return `{ __typename ${schema.getPossibleTypes(named).map((one) => `... on ${one.name} ${selection(one, depth)}`).join(' ')} }`;
  }
  if (!isObjectType(named)) throw new Error(`Nothing can be selected of ${String(named)}.`);
  const fields = Object.values(named.getFields()).filter(({ args }) => !args.some(({ type: needed }) => isNonNullType(needed)));
  // Types that meet in one place may give a name to fields of different types.
  return `{ __typename ${fields.map((field) => `${named.name}_${field.name}: ${field.name}${few(field)} ${selection(field.type, depth - 1)}`).join(' ')} }`;
}

function few({ args }: GraphQLField<unknown, unknown>): string {
  return args.some(({ name }) => name === 'first') ? '(first: 2)' : '';
}

/** Texts that stand in what the owner has and nowhere else. */
const marks = (): readonly string[] => ['Owner', owner.slug, ...names.ID, ...names.UUID, ...names.String];

/** Everything that is stored for the owner, but for when its keys were used. */
async function stored(): Promise<Json> {
  const tables = ['client_key', 'access_token', 'audit_entry', 'client_user', 'license', 'license_usage_day', 'result', 'invoice', 'invoice_license'];
  const rows = tables.map((table) => server.sql<Json>(`select * from ${table} where client_id = $1 order by 1, 2`, [owner.id]));
  const all = [await server.sql('select * from client where id = $1', [owner.id]), ...(await Promise.all(rows))];
  return all.map((some: Json[]) => some.map(({ last_used_at: _, ...row }) => row));
}

const rootCalls = (): Call[] => [
  ...Object.values(query.getFields()).flatMap((field) => callsOf('query', field, (call) => call)),
  ...Object.values(client.getFields()).flatMap((field) => callsOf('query', field, (call) => `viewer { ${call} }`)),
  ...Object.values(mutation.getFields()).flatMap((field) => callsOf('mutation', field, (call) => call)),
];

describe("another client's ids", () => {
  it('find nothing and change nothing, in any field and any node', async () => {
    const before = await stored();
    const calls = rootCalls();
    expect(calls.length).toBeGreaterThan(60);
    for (const { text, variables } of calls) {
      const answer = await stranger.graphql(text, variables);
      const given = JSON.stringify(variables);
      const told = JSON.stringify({ data: answer.data, errors: answer.errors });
      expect({ text, given, codes: answer.errors?.map(({ extensions }) => extensions.code) })
        .not.toMatchObject({ codes: expect.arrayContaining([expect.stringMatching(/INTERNAL|VALIDATION|PARSE|COMPLEX/)]) });
      // What was put in may come out: an id of the person that the stranger uses too, a key that is the right to its result.
      const known = given.includes(resultKey) ? given + resultId : given;
      const leaked = marks().filter((mark) => !known.includes(mark) && told.includes(mark));
      expect({ text, given, leaked }).toEqual({ text, given, leaked: [] });
    }
    expect(await stored()).toEqual(before);
  });

  it('are those of objects that their owner does find', async () => {
    for (const id of names.ID) expect((await good(owner, `{ node(id: "${id}") { id } }`)).node).toEqual({ id });
  });

  it('and ids that nobody has are answered alike', async () => {
    // Whoever called everything above has users of its own by now.
    const newcomer = await server.client();
    const before = await stored();
    const types = names.ID.map((id) => parseNodeId(id)!.type);
    expect(new Set(types)).toEqual(new Set(['Client', 'User', 'Result', 'ClientKey', 'AuditEntry', 'Invoice']));
    for (const [index, id] of names.ID.entries()) {
      const nobodys = nodeId(types[index]!, randomUUID());
      for (const call of callsWithId) await expectAlike(newcomer, call, id, nobodys);
    }
    const [, userKey] = names.UUID as [string, string];
    for (const call of callsWithUserKey) await expectAlike(newcomer, call, userKey, randomUUID());
    for (const call of callsWithExternalId) await expectAlike(newcomer, call, names.String[0]!, 'a-person-of-nobody');
    expect(await stored()).toEqual(before);
  });
});

const OUTCOME = '__typename ... on Problem { code message }';
const callsWithId = [
  'query ($value: ID!) { node(id: $value) { __typename id } }',
  `mutation ($value: ID!) { revokeClientKey(input: { keyId: $value }) { ${OUTCOME} } }`,
  `mutation ($value: ID!) { cancelInvoice(input: { invoiceId: $value }) { ${OUTCOME} } }`,
];
const callsWithUserKey = [
  'query ($value: UUID!) { viewer { user(key: $value) { id } } }',
  `mutation ($value: UUID!) { eraseUser(input: { key: $value }) { ${OUTCOME} } }`,
];
const callsWithExternalId = [
  'query ($value: String!) { viewer { user(externalId: $value) { id } } }',
  `mutation ($value: String!) { eraseUser(input: { userId: $value }) { ${OUTCOME} } }`,
];

/** A client is told the same of what is the owner's and of what is nobody's: nothing is there. */
async function expectAlike(caller: TestClient, call: string, owners: string, nobodys: string): Promise<void> {
  const [answer, other] = [await told(caller, call, owners), await told(caller, call, nobodys)];
  expect({ call, answer }).toEqual({ call, answer: other });
  expect(JSON.stringify(answer)).not.toMatch(/Success|"id"/);
}

async function told(caller: TestClient, call: string, value: string): Promise<Json> {
  const { status, data, errors } = await caller.graphql(call, { value });
  return { status, data, errors: errors?.map(({ message, extensions: { code } }) => ({ message, code })) };
}
