import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refusal, times } from '../../setup/refused-operations.js';
import { startTestServer, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe('an alias flood', () => {
  it('is refused on fields of the query, where aliases ask for the same thing a hundred times', async () => {
    expect(await refusal(server, `{ ${times(100, (index) => `a${index}: __typename`)} }`)).toEqual(['root_fields', 100, 20]);
  });

  it('is refused on fields of a type', async () => {
    expect(await refusal(server, `{ test(slug: "free") { ${times(1_000, (index) => `a${index}: slug`)} } }`)).toEqual(['aliases', 1_000, 50]);
  });

  it('is refused in a fragment that is used often', async () => {
    const query = `{ test(slug: "free") { ${times(6, () => '...Aliased')} } } fragment Aliased on Test { ${times(10, (index) => `a${index}: slug`)} }`;
    expect(await refusal(server, query)).toEqual(['aliases', 60, 50]);
  });

  it('is refused on introspection', async () => {
    expect(await refusal(server, `{ ${times(21, (index) => `a${index}: __schema { types { name } }`)} }`)).toEqual(['root_fields', 21, 20]);
  });

  it('does not begin with the last alias that is allowed', async () => {
    const aliases = (count: number): string => `{ test(slug: "free") { ${times(count, (index) => `a${index}: slug`)} } }`;
    expect((await server.graphql(aliases(50))).errors).toBeUndefined();
    expect(await refusal(server, aliases(51))).toEqual(['aliases', 51, 50]);
  });
});

describe('a field flood', () => {
  it('is refused on fields of the query', async () => {
    expect(await refusal(server, `{ ${'__typename '.repeat(500)} }`)).toEqual(['root_fields', 500, 20]);
  });

  it('is refused on fields of a type, thousands of times the same', async () => {
    expect(await refusal(server, `{ test(slug: "free") { ${'slug '.repeat(9_000)} } }`)).toEqual(['aliases', 8_999, 50]);
  });

  it('is refused in inline fragments', async () => {
    expect(await refusal(server, `{ test(slug: "free") { ${'... { slug } '.repeat(2_000)} } }`)).toEqual(['aliases', 1_999, 50]);
  });

  it('is not what asks for the same field of many types', async () => {
    const types = ['Test', 'Result', 'User', 'Client', 'Invoice'];
    const query = `{ node(id: "tst_AZDLLloffD2eS2-KLRwLfg") { id ${types.map((type) => `... on ${type} { id }`).join(' ')} } }`;
    expect((await server.graphql(query)).errors).toBeUndefined();
  });
});

describe('a flood of root fields', () => {
  const fields = { query: (index: number): string => `a${index}: tests { totalCount }`, mutation: (index: number): string =>
    `a${index}: saveProgress(input: { test: "free", answers: [] }) { __typename }` };
  it.each(['query', 'mutation'] as const)('is refused before any is run, in a %s', async (kind) => {
    expect(await refusal(server, `${kind} { ${times(300, fields[kind])} }`)).toEqual(['root_fields', 300, 20]);
    expect(await refusal(server, `${kind} { ...All } fragment All on ${kind === 'query' ? 'Query' : 'Mutation'} { ... { ${times(21, fields[kind])} } }`))
      .toEqual(['root_fields', 21, 20]);
  });
});

describe('a directive flood', () => {
  it('is refused, of a directive that is known', async () => {
    expect(await refusal(server, `{ test(slug: "free") { slug ${'@include(if: true) '.repeat(500)} } }`)).toEqual(['directives', 500, 50]);
  });

  it('is refused, of a directive that is not known', async () => {
    expect(await refusal(server, `{ __typename ${'@aa '.repeat(4_000)} }`)).toEqual(['directives', 4_000, 50]);
  });

  it('is told in a few errors where it is too small to be refused', async () => {
    const { errors } = await server.graphql(`{ __typename ${'@aa'.repeat(10)} }`);
    expect(errors?.map(({ message }) => message)).toEqual(['Unknown directive "@aa".', 'Errors left out: 9. Mend those above first.']);
  });

  it.each([
    ['an operation', `query ${'@aa '.repeat(51)} { __typename }`],
    ['a variable', `query ($slug: String ${'@aa '.repeat(51)}) { test(slug: $slug) { slug } }`],
    ['a fragment', `{ ...F } fragment F on Query ${'@aa '.repeat(51)} { __typename }`],
    ['an inline fragment', `{ ... ${'@aa '.repeat(51)} { __typename } }`],
    ['the use of a fragment', `{ ...F ${'@aa '.repeat(51)} } fragment F on Query { __typename }`],
    ['a fragment that nobody uses', `{ __typename } fragment F on Query { __typename ${'@aa '.repeat(51)} }`],
  ])('is refused on %s', async (_where, query) => {
    expect(await refusal(server, query)).toEqual(['directives', 51, 50]);
  });
});
