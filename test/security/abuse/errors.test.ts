import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answered, times } from '../../setup/refused-operations.js';
import { startTestServer, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe('thousands of errors in a document', () => {
  it('are told by the first few, and that there are more', async () => {
    const { status, errors } = await answered(server, `{ test(slug: "free") { ${times(5_000, (index) => `a${index}`)} } }`);
    expect(status).toBe(200);
    expect(errors).toHaveLength(21);
    expect(new Set(errors?.map(({ extensions }) => extensions.code))).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']));
    expect(errors?.at(-1)?.message).toBe('Errors left out: at least 31. Mend those above first.');
  });

  it('are counted where they can be', async () => {
    const { errors } = await answered(server, `{ test(slug: "free") { ${times(40, (index) => `a${index}`)} } }`);
    expect(errors).toHaveLength(21);
    expect(errors?.at(-1)?.message).toBe('Errors left out: 20. Mend those above first.');
  });

  it('are told once each', async () => {
    const { errors } = await answered(server, `query (${'$a: Nothing '.repeat(30)}) { __typename }`);
    expect(errors!.length).toBeLessThan(6);
    expect(new Set(errors!.map(({ message }) => message)).size).toBe(errors!.length);
  });
});

describe('thousands of errors in variables', () => {
  it('are told by the first one', async () => {
    const answers = Array.from({ length: 1_000 }, () => ({ questionId: [], values: {} }));
    const wrong = await answered(server, 'mutation ($input: SaveProgressInput!) { saveProgress(input: $input) { __typename } }', { input: { test: 'free', answers } });
    expect(wrong.errors).toHaveLength(1);
  });
});

describe('field suggestions', () => {
  it.each([
    ['a field', '{ tes(slug: "free") { slug } }', {}],
    ['an argument', '{ test(slog: "free") { slug } }', {}],
    ['a type', '{ node(id: "x") { ... on Tesst { slug } } }', {}],
    ['a fragment of an interface', '{ node(id: "x") { slug } }', {}],
    ['a value of an enumeration', '{ viewer { invoices(status: ISSUE) { totalCount } } }', {}],
    ['a directive argument', '{ __typename @include(iff: true) }', {}],
    ['a field of an input', 'mutation { saveProgress(input: { tests: "free", answers: [] }) { __typename } }', {}],
    ['a field of a variable', 'mutation ($input: SaveProgressInput!) { saveProgress(input: $input) { __typename } }', { input: { tests: 'free', answers: [] } }],
    ['an enumeration in a variable', 'query ($status: InvoiceStatus) { viewer { invoices(status: $status) { totalCount } } }', { status: 'ISSUE' }],
  ])('are not made for %s that does not exist', async (_what, query, variables) => {
    const { status, errors } = await answered(server, query, variables);
    expect(status).toBe(200);
    for (const { message } of errors!) expect(message).not.toMatch(/did you mean/i);
  });
});

describe('stack traces', () => {
  it('are in no answer, whatever fails', async () => {
    const key = await server.save();
    await server.sql('alter table result rename to hidden_result');
    try {
      const failing = await server.graphql('query ($key: UUID!) { result(key: $key) { key } }', { key });
      expect(failing.errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
      const all = [failing, await server.graphql('{'), await server.graphql('{ nothing }'), await server.graphql('{ viewer { id } }'), await server.graphql(`{ ${'__typename '.repeat(21)} }`)];
      for (const { errors } of all) expect(JSON.stringify(errors)).not.toMatch(/stack|node_modules|\.[jt]s:\d|\bat \w+ \(/);
    } finally {
      await server.sql('alter table hidden_result rename to result');
    }
  });
});
