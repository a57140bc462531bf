import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refusal, refused } from '../../setup/refused-operations.js';
import { startTestServer, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const nested = (open: string, close: string, levels: number): string => open.repeat(levels) + close.repeat(levels);
const SAVE = 'mutation ($input: SaveProgressInput!) { saveProgress(input: $input) { __typename } }';

describe('deep nesting', () => {
  it('of fields is refused', async () => {
    const walk = (levels: number): string => (levels === 0 ? 'number' : `next { ${walk(levels - 1)} }`);
    expect(await refusal(server, `{ test(slug: "free") { firstQuestion { ${walk(100)} } } }`)).toEqual(['depth', 103, 20]);
  });

  it('of fields is refused where fragments hide it', async () => {
    const query = `{ test(slug: "free") { firstQuestion { ...A } } } fragment A on QuestionStep { next { next { next { next { next { ...B } } } } } }
      fragment B on QuestionStep { next { next { next { next { next { ... { next { next { next { next { ...C } } } } } } } } } } }
      fragment C on QuestionStep { next { next { next { next { number } } } } }`;
    expect(await refusal(server, query)).toEqual(['depth', 21, 20]);
  });

  it('of fields that do not exist is refused, as deep as tokens reach', async () => {
    const { reason, limit } = await refused(server, nested('{a', '}', 3_300));
    expect([reason, limit]).toEqual(['depth', 20]);
  });

  it('of lists in arguments is refused', async () => {
    expect(await refusal(server, `{ test(slug: ${nested('[', ']', 500)}) { slug } }`)).toEqual(['depth', 500, 20]);
    const { reason, limit } = await refused(server, `{ test(slug: ${nested('[', ']', 4_900)}) { slug } }`);
    expect([reason, limit]).toEqual(['depth', 20]);
  });

  it('of objects in arguments is refused', async () => {
    expect(await refusal(server, `mutation { saveProgress(input: ${'{ a: '.repeat(50)}1${' }'.repeat(50)}) { __typename } }`)).toEqual(['depth', 50, 20]);
    expect(await refusal(server, `query ($a: X = ${nested('[', ']', 21)}) { __typename @x(a: ${nested('[', ']', 20)}) }`)).toEqual(['depth', 21, 20]);
  });

  it.each([
    ['lists', (levels: number): unknown => JSON.parse(nested('[', ']', levels))],
    ['objects', (levels: number): unknown => JSON.parse(`${'{"input":'.repeat(levels)}1${'}'.repeat(levels)}`)],
  ])('of %s in variables is refused', async (_what, value) => {
    for (const levels of [21, 4_000]) expect(await refusal(server, SAVE, { input: value(levels) })).toEqual(['depth', null, 20]);
  });

  it('of a hundred thousand lists in variables is refused, however they are sent', async () => {
    const variables = `{"input":${nested('[', ']', 100_000)}}`;
    const body = `{"query":${JSON.stringify(SAVE)},"variables":${variables}}`;
    const response = await fetch(server.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(response.status).toBe(400);
    expect((await response.json() as { errors: unknown }).errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX', reason: 'depth' } }]);
    const search = new URLSearchParams({ query: '{ __typename }', variables: `{"a":${nested('[', ']', 1_000)}}` });
    const got = await fetch(`${server.url}?${search}`, { headers: { 'content-type': 'application/json' } });
    expect((await got.json() as { errors: unknown }).errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX', reason: 'depth' } }]);
  });
});
