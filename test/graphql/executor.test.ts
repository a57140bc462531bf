import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  buildSchema, type DocumentNode, execute, getNamedType, getVariableValues, GraphQLError, type GraphQLInputObjectType, type GraphQLObjectType, isInputObjectType, Kind,
  type OperationDefinitionNode, parse, validate,
} from 'graphql';
import type { RequestContext } from '../../src/graphql/context.js';
import { type Compilation, Executor } from '../../src/graphql/executor.js';
import { InputError } from '../../src/kernel/input-error.js';
import { type Json, startTestServer, type TestServer } from '../setup/test-server.js';
import { until } from '../setup/until.js';

/** How many fields and fragments are kept compiled, and the most of one operation. */
const HELD = 10_000;
const LARGEST = 300;

const schema = buildSchema(`
  enum Colour { RED GREEN }
  input Point { x: Int! y: Int = 7 tags: [String!] inner: Place colour: Colour = RED }
  input Place { x: Int! tags: [String!] }
  interface Named { name: String }
  type Dog implements Named { name: String barks: Boolean! bites: Boolean! friend: Named self: Dog! }
  type Cat implements Named { name: String lives: Int! }
  union Pet = Dog | Cat
  type Query {
    echo(int: Int, float: Float, text: String, flag: Boolean, id: ID, list: [Int], lists: [[Int!]!], point: Point, colour: Colour = GREEN): String
    need(number: Int!): String
    slow: String
    numbers: [Int!]
    holes: [Int!]
    refused: String
    refusedLater: String
    refusedHard: String!
    coded: String
    colour: Colour
    noColour: Colour
    dog: Dog
    pets: [Pet!]!
    named: [Named]
  }
  type Mutation { add(number: Int!): Int! fail: Int }
`);

const dog = { __typename: 'Dog', name: 'Rex', barks: null, friend: null };
const pets = [{ __typename: 'Dog', name: 'Good', barks: true, friend: { __typename: 'Cat', name: 'Tom' } }, { __typename: 'Cat', name: 'Tom', lives: 9 }];
const later = <T>(value: T): Promise<T> => new Promise((resolve) => setImmediate(resolve, value));
/** A value as text, whatever the order of its parts: that of arguments is left open. */
const inOrder = (value: unknown): string => JSON.stringify(value, (_name, part: unknown) =>
  part !== null && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1))) : part);
let sum = 0;
const resolvers: Readonly<Record<string, Readonly<Record<string, (root: unknown, args: Json) => unknown>>>> = {
  Query: {
    echo: (_root, args) => inOrder(args),
    need: (_root, args) => inOrder(args),
    slow: () => later('slow'),
    numbers: () => [1, 2],
    holes: () => [1, null, 3],
    refused: () => { throw new InputError('No.'); },
    refusedLater: () => later(null).then(() => { throw new InputError('No, later.'); }),
    refusedHard: () => { throw new InputError('No at all.'); },
    coded: () => { throw new GraphQLError('Coded.', { extensions: { code: 'FORBIDDEN', more: [1] } }); },
    colour: () => 'RED',
    noColour: () => 'BLUE',
    dog: () => later(dog),
    pets: () => pets,
    named: () => [pets[0], null, pets[1]],
  },
  Dog: { self: () => dog, bites: () => { throw new InputError('It bites.'); } },
  Mutation: {
    add(_root, { number }) {
      if (number < 0) throw new InputError('Less than nothing.');
      return later(sum += number as number);
    },
    fail: () => { throw new InputError(`Failed at ${sum}.`); },
  },
};
for (const [type, fields] of Object.entries(resolvers)) {
  for (const [field, resolve] of Object.entries(fields)) (schema.getType(type) as GraphQLObjectType).getFields()[field]!.resolve = resolve;
}

interface Parsed {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** An operation that fits the schema; the first of its document unless named. */
function parsed(text: string, name?: string): Parsed {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  return { document, operation: operations.find((each) => name === undefined || each.name?.value === name)! };
}

const context = {} as RequestContext;
const run = (executor: Executor, { document, operation }: Parsed, variables: Record<string, unknown> = {}): Promise<Json> =>
  executor.execute({ document, operation, operationName: operation.name?.value, variables, context });
/** An operation of so many fields. */
const wide = (fields: number): Parsed => parsed(`{ ${Array.from({ length: fields }, (_, index) => `a${index}: colour`).join(' ')} }`);
const isKept = (executor: Executor, { operation }: Parsed): boolean => executor.fits(operation, {});

describe('an operation', () => {
  const once = parsed('{ colour }');

  it.each<[Compilation, readonly number[]]>([['on', [0, 1, 1]], ['always', [1, 1, 1]], ['off', [0, 0, 0]]])(
    'is compiled as it is set to be: %s', async (compilation, sizes) => {
      const executor = new Executor(schema, compilation);
      for (const size of sizes) {
        expect(await run(executor, once)).toEqual({ data: { colour: 'RED' } });
        expect(executor.size).toBe(size);
      }
    });

  it('is not compiled for another of the same text, which may belong to another document', async () => {
    const executor = new Executor(schema, 'on');
    for (let use = 0; use < 2; use += 1) await run(executor, parsed('{ colour }'));
    expect(executor.size).toBe(0);
  });

  it('is compiled later when others were compiled just now', async () => {
    const executor = new Executor(schema, 'on');
    const [first, second] = [wide(LARGEST), wide(2)];
    await Promise.all([run(executor, first), run(executor, second)]);
    expect(executor.size).toBe(0);
    await Promise.all([run(executor, first), run(executor, second)]);
    expect([isKept(executor, first), isKept(executor, second)]).toEqual([true, false]);
    await until('it is compiled', async () => {
      expect(await run(executor, second)).toEqual({ data: { a0: 'RED', a1: 'RED' } });
      return isKept(executor, second);
    });
  });

  it.each<[Compilation]>([['on'], ['always']])('that is too large is never compiled, fragments counted as often as used, and answered: %s', async (compilation) => {
    const executor = new Executor(schema, compilation);
    const fragments = `{ ...A ...A ...A ...A } fragment A on Query { ${Array.from({ length: LARGEST / 4 }, (_, index) => `a${index}: colour`).join(' ')} }`;
    for (const each of [wide(LARGEST + 1), parsed(fragments)]) {
      for (let use = 0; use < 3; use += 1) expect((await run(executor, each)).data.a0).toBe('RED');
    }
    expect(executor.size).toBe(0);
  });

  it('is kept compiled as long as it is among the latest used', async () => {
    const executor = new Executor(schema, 'always');
    const operations = Array.from({ length: 2 * HELD / LARGEST }, () => wide(LARGEST));
    for (const each of operations) {
      await run(executor, each);
      await run(executor, operations[0]!);
    }
    const most = Math.floor(HELD / LARGEST);
    expect(executor.size).toBe(most);
    const kept = operations.map((each) => isKept(executor, each));
    expect(kept).toEqual(operations.map((_, index) => index === 0 || index > operations.length - most));
  });

  it('of a name that the document does not have is refused, and without one where it has several', async () => {
    const { document } = parsed('query A { colour } query B { slow }');
    for (const [operationName, message] of [['C', 'Unknown operation named "C".'], [undefined, 'Must provide operation name if query contains multiple operations.']] as const) {
      const { data, errors } = await new Executor(schema, 'always').execute({ document, operation: undefined, operationName, variables: {}, context });
      expect([data, errors?.map((each) => each.message)]).toEqual([undefined, [message]]);
    }
  });

  it('of several in a document is run by its name', async () => {
    const executor = new Executor(schema, 'always');
    const both = 'query A { colour } query B { slow }';
    expect([await run(executor, parsed(both, 'A')), await run(executor, parsed(both, 'B'))]).toEqual([{ data: { colour: 'RED' } }, { data: { slow: 'slow' } }]);
  });
});

describe('whether variables fit', () => {
  const taking = parsed('query ($number: Int!, $point: Point = {x: 1}) { need(number: $number) echo(point: $point) }');

  it('is known of what is compiled alone', async () => {
    const executor = new Executor(schema, 'on');
    const known: boolean[] = [];
    for (let use = 0; use < 3; use += 1) {
      known.push(executor.fits(taking.operation, { number: 1 }));
      await run(executor, taking, { number: 1 });
    }
    expect(known).toEqual([false, false, true]);
  });

  it.each<[object, boolean]>([
    [{}, false], [{ number: null }, false], [{ number: '1' }, false], [{ number: 1.5 }, false], [{ number: 2 ** 31 }, false],
    [{ number: 1, point: null }, true], [{ number: 1, point: {} }, false], [{ number: 1, point: { x: 1, z: 1 } }, false],
    [{ number: 1, point: { x: 1, colour: 'BLUE' } }, false], [{ number: 1, point: { x: 1, inner: { x: 2, tags: 'one' } } }, true],
    [{ number: 1, point: { x: 1, tags: [null] } }, false], [{ number: 1, other: {} }, true],
  ])('is found out: %j %s', async (variables, fitting) => {
    const executor = new Executor(schema, 'always');
    await run(executor, taking, { number: 1 });
    expect(executor.fits(taking.operation, { ...variables })).toBe(fitting);
  });
});

/** An answer without what is nobody's business, its errors in one order: that of two is left open. */
async function told(answer: Json): Promise<Json> {
  const { data, errors = [] } = await answer;
  const each = errors.map((error: GraphQLError) => ({ ...error.toJSON(), isGraphQLError: error instanceof GraphQLError, original: error.extensions['code'] }));
  // As text, for the order of fields counts.
  return { data: JSON.stringify(data), errors: each.map((error: unknown) => JSON.stringify(error)).sort() };
}

/** Runs an operation by the executor, which compiles it or leaves it to graphql-js, and by graphql-js; gives what both answer, with the sum that is left behind. */
async function bothWays(text: string, variables: Record<string, unknown> = {}, isCompiled = true): Promise<Json> {
  const operation = parsed(text);
  const executor = new Executor(schema, 'always');
  sum = 0;
  const compiled = { ...await told(run(executor, operation, variables)), sum };
  expect(executor.size).toBe(isCompiled ? 1 : 0);
  sum = 0;
  const own = await told(execute({ schema, document: operation.document, variableValues: variables, contextValue: context }));
  expect(compiled).toEqual({ ...own, sum });
  return compiled;
}

describe('a compiled operation', () => {
  it.each([
    'colour', 'slow', 'numbers', 'holes', 'refused', 'refusedLater', 'refusedHard', 'coded', 'noColour', 'slow x: refused colour', 'slow x: refusedHard colour',
    'dog { name }', 'dog { name barks }', 'dog { name self { bites } }', 'dog { self { self { bites } } } slow', 'refused refusedLater coded',
    'pets { __typename ... on Dog { name friend { name __typename ... on Cat { name } } } ... on Cat { lives name } }',
    'pets { ... on Dog { name bites } }', 'named { name ...OfDogs }', 'b: colour a: colour ...Rest __typename', 'dog { name } dog { friend { name } }',
    '__schema { queryType { name } } __type(name: "Dog") { name fields { name type { kind name } } }', 'echo', 'echo(list: 1, lists: 2, point: {x: 1}, colour: null)',
  ])('answers as graphql-js does: %s', async (selection) => {
    const fragments = { OfDogs: ' fragment OfDogs on Dog { barks }', Rest: ' fragment Rest on Query { numbers c: colour a: colour }' };
    const used = Object.entries(fragments).filter(([name]) => selection.includes(name)).map(([, text]) => text);
    await bothWays(`{ ${selection} }${used.join('')}`);
  });

  it('tells an InputError, its place and what it carries', async () => {
    const { data, errors } = await new Executor(schema, 'always').execute({ ...parsed('{\n  slow\n  one: refusedLater\n}'), operationName: undefined, variables: {}, context });
    expect(JSON.stringify(data)).toBe('{"slow":"slow","one":null}');
    expect(errors).toEqual([expect.objectContaining({ message: 'No, later.', path: ['one'], locations: [{ line: 3, column: 3 }], originalError: expect.any(InputError) })]);
    expect(errors![0]).toBeInstanceOf(GraphQLError);
  });

  it('runs the fields of a mutation one after another, as graphql-js does', async () => {
    expect((await bothWays('mutation { one: add(number: 1) fail two: add(number: 2) ...More } fragment More on Mutation { three: add(number: 3) one: add(number: 1) }', {}, false)).data)
      .toBe('{"one":1,"fail":null,"two":3,"three":6}');
  });

  it('runs no field of a mutation behind one that fails all of them', async () => {
    for (const text of ['mutation { one: add(number: 1) two: add(number: -1) three: add(number: 3) }', 'mutation { ...All } fragment All on Mutation { one: add(number: 1) two: add(number: -1) three: add(number: 3) }']) {
      expect(await bothWays(text, {}, false)).toMatchObject({ data: 'null', sum: 1 });
    }
  });

  it.each([[true, true], [true, false], [false, true], [false, false]])('leaves out what graphql-js leaves out: skip %s, include %s', async (skip, include) => {
    const head = 'query ($skip: Boolean!, $include: Boolean!)';
    for (const selection of [
      'colour @skip(if: $skip) numbers @include(if: $include) slow @skip(if: $skip) @include(if: $include)',
      'dog @include(if: $include) { name } dog @skip(if: $skip) { friend { name } } slow', 'dog { name @include(if: $include) } dog { name @skip(if: $skip) }',
      '... @include(if: $include) { dog { name } } ... @skip(if: $skip) { dog { barks name } } slow',
      'pets { ... on Dog @skip(if: $skip) { name } ... on Cat { name @include(if: $include) lives @skip(if: true) } }',
      '...Some @include(if: $include) ...Some @skip(if: $skip)', '... @include(if: $include) { ...Some } ...Some',
      'dog @include(if: $include) { ...Names } dog { ...Names }',
    ]) {
      const fragments = { Some: 'fragment Some on Query { dog { name } }', Names: 'fragment Names on Dog { name }' };
      const used = Object.entries(fragments).filter(([name]) => selection.includes(name)).map(([, text]) => text);
      await bothWays(`${head} { x: colour @skip(if: $skip) y: colour @include(if: $include) ${selection} } ${used.join('')}`, { skip, include }, false);
    }
  });

  const values = [
    undefined, null, 0, 1, 1.5, 2 ** 31, '1', '', 'RED', 'x', true, [], [1], [null], [[1]], [[1], [null]], ['a'], {}, { x: 1 }, { x: null }, { x: 1, y: null }, { x: '1' },
    { x: 1, z: 1 }, { x: 1, inner: { x: 2 } }, { x: 1, inner: {} }, { x: 1, tags: 'a' }, { x: 1, tags: [null] }, { x: 1, colour: 'GREEN' }, { x: 1, colour: 'BLUE' },
    { x: 1, colour: null }, { constructor: 1 }, JSON.parse('{"x":1,"__proto__":{"y":3}}'), '9007199254740993',
  ];
  it.each([
    ['Int', 'echo(int: $v)'], ['Int', 'echo(list: [1, $v])'], ['Int', 'echo(point: {x: 1, y: $v})'], ['Int = 1', 'echo(point: {x: $v})'], ['Int! = 3', 'need(number: $v)'],
    ['Boolean! = true', 'colour @include(if: $v)'], ['Boolean = true', 'colour @include(if: $v)'], ['Boolean = true', 'colour @skip(if: $v)'], ['Int = 3', 'echo(int: $v)'], ['Int = 3', 'need(number: $v)'],
    ['Int!', 'need(number: $v)'], ['Float', 'echo(float: $v)'], ['String', 'echo(text: $v)'], ['Boolean', 'echo(flag: $v)'], ['ID', 'echo(id: $v)'], ['[Int]', 'echo(list: $v)'],
    ['[[Int!]!]', 'echo(lists: $v)'], ['Point', 'echo(point: $v)'], ['Point = {x: 4}', 'echo(point: $v)'], ['Colour', 'echo(colour: $v)'], ['Colour = RED', 'echo(colour: $v)'],
  ])('takes the variables that graphql-js takes: %s in %s', async (type, field) => {
    for (const value of values) {
      const variables = value === undefined ? {} : { v: value };
      const operation = parsed(`query ($v: ${type}) { ${field} }`);
      const executor = new Executor(schema, 'always');
      const own = execute({ schema, document: operation.document, variableValues: variables });
      expect(await told(run(executor, operation, variables))).toEqual(await told(own));
      // What fits must fit graphql-js, or the cost would be calculated of what does not.
      if (executor.fits(operation.operation, variables)) expect(getVariableValues(schema, operation.operation.variableDefinitions!, variables).errors).toBeUndefined();
    }
  });
});

describe('a server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ GRAPHQL_COMPILE: 'on' });
  });
  afterAll(() => server.close());

  it.each([
    ['a client that is not signed', '{ viewer { slug } test(slug: "free") { slug } }', {}],
    ['an argument that is wrong', 'query ($key: String!) { result(key: "0190cb2e-0000-7000-8000-000000000009") { key } viewer { user(externalId: $key) { key } } }', { key: '' }],
    ['variables that do not fit', 'query ($slug: String!) { test(slug: $slug) { slug } }', { slug: 5 }],
    ['a page that is too large', 'query ($first: Int!) { tests(first: $first) { nodes { slug } } __typename }', { first: 1_000 }],
    ['a mutation that is refused', 'mutation ($id: String!) { registerUser(input: {userId: $id}) { __typename } }', { id: 'somebody' }],
    ['a variable with a default that is left out', 'query ($first: Int! = 2) { tests(first: $first) { nodes { slug } } __type(name: "Test") { name } }', {}],
    ['variables in an input that are left out', 'mutation ($id: String!, $one: UUID, $two: Int) { saveProgress(input: {test: $id, answers: [], idempotencyKey: $one, revision: $two}) { __typename } }', { id: 'free' }],
    ['an id of nothing', 'query ($id: ID!) { node(id: $id) { __typename id } }', { id: 'tst_AZDLLloffD2eS2-KLRwLfg' }],
  ])('answers the same the first time and later: %s', async (_what, query, variables) => {
    const answers: Json[] = [];
    for (let use = 0; use < 4; use += 1) {
      const { status, data, errors, extensions } = await server.graphql(query, variables);
      answers.push({ status, data, extensions, errors: errors?.map((error) => ({ ...error, extensions: { ...error.extensions, requestId: null } })) });
      // For what is compiled to be compiled.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(answers).toEqual(answers.map(() => answers[0]));
  });

  it('has no input that holds itself: to compile a variable of such a type never ends', () => {
    const own = buildSchema(readFileSync('schema.graphql', 'utf8'));
    const inputsIn = (type: GraphQLInputObjectType): GraphQLInputObjectType[] =>
      Object.values(type.getFields()).map((field) => getNamedType(field.type)).filter(isInputObjectType);
    const holds = (type: GraphQLInputObjectType, trail: readonly GraphQLInputObjectType[]): boolean =>
      trail.includes(type) || inputsIn(type).some((inner) => holds(inner, [...trail, type]));
    const inputs = Object.values(own.getTypeMap()).filter(isInputObjectType);
    expect(inputs.length).toBeGreaterThan(5);
    expect(inputs.filter((type) => holds(type, [])).map(({ name }) => name)).toEqual([]);
  });
});
