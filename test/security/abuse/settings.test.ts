import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answered, refusal } from '../../setup/refused-operations.js';
import { startTestServer, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    GRAPHQL_TOKEN_LIMIT: '100', GRAPHQL_DEPTH_LIMIT: '5', GRAPHQL_ALIAS_LIMIT: '2', GRAPHQL_DIRECTIVE_LIMIT: '1', GRAPHQL_ROOT_FIELD_LIMIT: '3',
    GRAPHQL_COST_LIMIT: '100', GRAPHQL_VARIABLES_LIMIT: '1024', GRAPHQL_LIST_LIMIT: '4', GRAPHQL_ERROR_LIMIT: '1',
  });
});
afterAll(() => server.close());

describe('each limit of operations', () => {
  it.each([
    ['GRAPHQL_TOKEN_LIMIT', 'tokens', null, 100, `{ ${'a '.repeat(100)} }`, {}],
    ['GRAPHQL_TOKEN_LIMIT, which is of lines too', 'tokens', null, 100, `${'\n'.repeat(100)}{ __typename }`, {}],
    ['GRAPHQL_DEPTH_LIMIT', 'depth', 6, 5, '{ a { a { a { a { a { a } } } } } }', {}],
    ['GRAPHQL_DEPTH_LIMIT, which is of arguments too', 'depth', 6, 5, '{ a(a: [[[[[[]]]]]]) }', {}],
    ['GRAPHQL_DEPTH_LIMIT, which is of variables too', 'depth', null, 5, '{ __typename }', { a: [[[[[[]]]]]] }],
    ['GRAPHQL_ALIAS_LIMIT', 'aliases', 3, 2, '{ a: __typename b: __typename c: __typename }', {}],
    ['GRAPHQL_DIRECTIVE_LIMIT', 'directives', 2, 1, '{ __typename @include(if: true) @skip(if: false) }', {}],
    ['GRAPHQL_ROOT_FIELD_LIMIT', 'root_fields', 4, 3, '{ a b c d }', {}],
    ['GRAPHQL_COST_LIMIT', 'cost', 1_002, 100, '{ __typename __schema { description } tests { __typename } }', {}],
    ['GRAPHQL_VARIABLES_LIMIT', 'variables', 1_025, 1_024, '{ __typename }', { a: 'x'.repeat(1_017) }],
    ['GRAPHQL_LIST_LIMIT', 'list_length', 5, 4, '{ __typename }', { a: [1, 2, 3, 4, 5] }],
  ] as const)('is what its setting says: %s', async (_setting, reason, actual, limit, query, variables) => {
    const [told, counted, most] = await refusal(server, query, variables);
    expect([told, most]).toEqual([reason, limit]);
    if (reason === 'cost') expect(counted).toBeGreaterThan(1_000);
    else expect(counted).toBe(actual);
  });

  it.each([
    ['tokens', `{ ${'__typename '.repeat(3)} }`, {}],
    ['variables', '{ __typename }', { a: 'x'.repeat(1_016) }],
    ['list items', '{ __typename }', { a: [[[[1, 2, 3, 4]]]] }],
    ['depth', '{ test(slug: "free") { firstQuestion { next { next { number } } } } }', {}],
    ['directives and aliases', '{ a: __typename b: __typename @include(if: true) }', {}],
  ])('lets pass what just keeps it: %s', async (_what, query, variables) => {
    expect((await answered(server, query, variables)).errors).toBeUndefined();
  });

  it('is what its setting says: GRAPHQL_ERROR_LIMIT', async () => {
    const { errors } = await answered(server, '{ test(slug: "free") { a b c } }');
    expect(errors?.map(({ message }) => message)).toEqual([
      'Cannot query field "a" on type "Test".', 'Errors left out: 2. Mend those above first.',
    ]);
    await server.sql('alter table result rename to hidden_result');
    try {
      const key = '01a20009-2301-7249-bf36-38d630896ba0';
      const failed = await answered(server, `{ a: result(key: "${key}") { key } b: result(key: "${key}") { key } }`);
      expect(failed.data).toEqual({ a: null, b: null });
      expect(failed.errors).toMatchObject([
        { path: ['a'], extensions: { code: 'INTERNAL_SERVER_ERROR' } },
        { message: 'Errors left out: 1. Mend those above first.', extensions: { code: 'INTERNAL_SERVER_ERROR' } },
      ]);
    } finally {
      await server.sql('alter table hidden_result rename to result');
    }
  });
});
