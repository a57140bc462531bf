import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery, printSchema } from 'graphql';
import { SCHEMA_COST, TYPE_COST } from '../../../src/graphql/limits/index.js';
import { answered, refusal, times } from '../../setup/refused-operations.js';
import { startTestServer, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** All that explorers ask for, and more than most. */
const FULL = getIntrospectionQuery({
  descriptions: true, specifiedByUrl: true, directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true, oneOf: true,
});

describe('introspection', () => {
  it('is allowed in full, at a price of its own', async () => {
    const { data, errors, extensions } = await answered(server, FULL);
    expect(errors).toBeUndefined();
    expect(extensions).toEqual({ cost: SCHEMA_COST });
    expect(printSchema(buildClientSchema(data))).toContain('type Query');
  });

  it('of one type has a price too', async () => {
    const { data, extensions } = await answered(server, '{ __type(name: "Test") { name fields { name type { name ofType { name } } } } }');
    expect(data.__type.name).toBe('Test');
    expect(extensions).toEqual({ cost: TYPE_COST });
  });
});

describe('circular introspection', () => {
  const circle = (levels: number): string => (levels === 0 ? 'name' : `fields { type { ${circle(levels - 1)} } }`);
  it.each([
    ['from types to fields to types', `{ __schema { types { ${circle(3)} } } }`],
    ['from one type', `{ __type(name: "Test") { ${circle(4)} } }`],
    ['by all lists that types have', '{ __schema { types { interfaces { possibleTypes { inputFields { name } } } } } }'],
    ['in fragments', `{ __schema { types { ...A } } } ${times(3, (index) =>
      `fragment ${'ABC'[index]} on __Type { fields { type { ${index === 2 ? 'name' : `...${'ABC'[index + 1]}`} } } }`)}`],
  ])('is refused: %s', async (_how, query) => {
    expect(await refusal(server, query)).toEqual(['introspection', null, 2]);
  });

  it.each([
    ['of the whole schema', `{ __schema { ${times(20, (index) => `a${index}: types { name }`)} } }`, 20],
    ['of the schema itself', '{ a: __schema { description } b: __schema { description } }', 2],
    ['in a fragment', '{ __schema { types { ...A } } } fragment A on __Type { a: name b: name }', 2],
  ])('is refused with aliases, under which all of it would be told again: %s', async (_of, query, aliases) => {
    expect(await refusal(server, query)).toEqual(['introspection', aliases, 0]);
  });

  it('is refused for its depth where it is deep', async () => {
    expect(await refusal(server, `{ __schema { types { ${circle(10)} } } }`)).toEqual(['depth', 23, 20]);
  });
});
