import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answered, refusal, times } from '../../setup/refused-operations.js';
import { startTestServer, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const SAVE = 'mutation ($input: SaveProgressInput!) { saveProgress(input: $input) { __typename } }';
const TESTS = 'query ($first: Int) { tests(first: $first) { nodes { slug questions { id options { value text } } scales { id } } } }';
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('huge variables', () => {
  it('are refused by their bytes', async () => {
    const variables = { input: 'я'.repeat(300_000) };
    expect(await refusal(server, SAVE, variables)).toEqual(['variables', Buffer.byteLength(JSON.stringify(variables)), 524_288]);
  });

  it('are refused when no operation uses them', async () => {
    expect((await refusal(server, '{ __typename }', { unused: 'x'.repeat(600_000) }))[0]).toBe('variables');
    expect((await refusal(server, '{ __typename }', Object.fromEntries(numbers(40_000).map((index) => [`unused${index}`, index]))))[0]).toBe('list_length');
  });

  it('are refused where the document is known already', async () => {
    for (const _attempt of [1, 2]) expect((await answered(server, '{ known: __typename }')).data).toEqual({ known: 'Query' });
    expect((await refusal(server, '{ known: __typename }', { unused: 'x'.repeat(600_000) }))[0]).toBe('variables');
  });

  it('are refused in the address too', async () => {
    const search = new URLSearchParams({ query: '{ __typename }', variables: JSON.stringify({ a: numbers(2_000).map(() => 1) }) });
    const response = await fetch(`${server.url}?${search}`, { headers: { 'content-type': 'application/json' } });
    expect([response.status, (await response.json() as { errors: unknown }).errors]).toMatchObject([400, [{
      extensions: { code: 'QUERY_TOO_COMPLEX', reason: 'list_length', limit: 1_000, actual: 2_000 },
    }]]);
  });
});

describe('a flood of variables', () => {
  it('that nobody uses changes nothing while it is small enough to come in', async () => {
    const variables = Object.fromEntries(numbers(100).map((index) => [`unused${index}`, index]));
    expect((await answered(server, '{ __typename }', variables)).data).toEqual({ __typename: 'Query' });
  });

  it('that are declared and not used is told in a few errors', async () => {
    const { status, errors } = await answered(server, `query (${times(2_000, (index) => `$a${index}: Int`)}) { __typename }`);
    expect(status).toBe(200);
    expect(errors).toHaveLength(21);
    expect(errors?.at(-1)?.message).toBe('Errors left out: at least 31. Mend those above first.');
  });
});

describe('huge lists', () => {
  it('are refused in variables, wherever they stand', async () => {
    expect(await refusal(server, SAVE, { input: numbers(100_000) })).toEqual(['list_length', 100_000, 1_000]);
    expect(await refusal(server, SAVE, { input: { test: 'free', answers: [{ questionId: '1', values: numbers(1_001).map(String) }] } }))
      .toEqual(['list_length', 1_001, 1_000]);
    expect(await refusal(server, '{ __typename }', { unused: { list: numbers(1_001) } })).toEqual(['list_length', 1_001, 1_000]);
  });

  it('are refused in arguments, in defaults and where nothing takes a list', async () => {
    const list = `[${'1 '.repeat(1_001)}]`;
    for (const query of [`{ tests(first: ${list}) { nodes { slug } } }`, `query ($a: [Int] = ${list}) { __typename }`, `{ __typename @x(a: { b: ${list} }) }`]) {
      expect(await refusal(server, query)).toEqual(['list_length', 1_001, 1_000]);
    }
  });

  it('do not begin with the answers to the longest test', async () => {
    const answers = numbers(1_000).map((index) => ({ questionId: String(index), values: [] }));
    expect((await answered(server, SAVE, { input: { test: 'free', answers } })).data).toEqual({ saveProgress: { __typename: 'AnswersInvalidProblem' } });
  });
});

describe('objects with many fields', () => {
  const fields = (count: number): object => Object.fromEntries(numbers(count).map((index) => [`k${index}`, 1]));
  it('are refused in variables, before what is wrong with each field is told with all of them', async () => {
    expect(await refusal(server, SAVE, { input: { test: 'x', answers: [], ...fields(38_000) } })).toEqual(['list_length', 38_002, 100]);
    expect(await refusal(server, SAVE, { input: { test: 'x', answers: [fields(101)] } })).toEqual(['list_length', 101, 100]);
    expect(await refusal(server, '{ __typename }', fields(101))).toEqual(['list_length', 101, 100]);
  });

  it('are refused in arguments', async () => {
    const object = `{ ${times(101, (index) => `k${index}: 1`)} }`;
    expect(await refusal(server, `mutation { saveProgress(input: ${object}) { __typename } }`)).toEqual(['list_length', 101, 100]);
  });

  it('are refused where there are many of them in all', async () => {
    const lists = numbers(20).map(() => numbers(600).map(() => ({})));
    expect(await refusal(server, SAVE, { input: { test: 'x', answers: lists } })).toEqual(['list_length', 12_023, 10_000]);
  });
});

describe('a variable of the wrong type', () => {
  it('is told once, however much is wrong', async () => {
    const { errors } = await answered(server, SAVE, { input: { test: 5, answers: numbers(500) } });
    expect(errors).toHaveLength(1);
    expect(errors![0]!.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('long strings', () => {
  const long = 'x'.repeat(500_000);
  it('name nothing, in the document as in variables', async () => {
    expect((await answered(server, `{ test(slug: "${long}") { slug } }`)).data).toEqual({ test: null });
    expect((await answered(server, `{ test(slug: """${long}""") { slug } }`)).data).toEqual({ test: null });
    expect((await answered(server, 'query ($slug: String!) { test(slug: $slug) { slug } }', { slug: long })).data).toEqual({ test: null });
  });

  it('are not repeated in errors', async () => {
    const { errors } = await answered(server, TESTS, { first: long });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors![0]!.message.length).toBeLessThan(1_100);
  });
});

describe('the cost of an operation', () => {
  it('is judged by the variables of each request, whether or not the document is known', async () => {
    expect((await answered(server, TESTS, { first: 1 })).extensions?.cost).toBeLessThan(2_000);
    const [reason, actual, limit] = await refusal(server, TESTS, { first: 100 });
    expect([reason, limit]).toEqual(['cost', 30_000]);
    expect(actual).toBeGreaterThan(30_000);
    expect((await answered(server, TESTS, { first: 1 })).errors).toBeUndefined();
  });
});
