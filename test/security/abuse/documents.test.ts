import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answered, refusal, times } from '../../setup/refused-operations.js';
import { startTestServer, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe('a document', () => {
  it('of too many tokens is refused, whatever they are', async () => {
    expect(await refusal(server, `{ ${'slug '.repeat(10_000)} }`)).toEqual(['tokens', null, 10_000]);
    expect(await refusal(server, `{ test(slug: [${'1 '.repeat(300_000)}]) { slug } }`)).toEqual(['tokens', null, 10_000]);
  });

  it('of hundreds of thousands of lines is refused: each of its errors would count them', async () => {
    for (const line of ['\n', '\r', '\r\n']) {
      expect(await refusal(server, `{ test(slug: "free") { ${line.repeat(200_000)} ${times(1_000, (index) => `a${index}`)} } }`)).toEqual(['tokens', null, 10_000]);
    }
  });

  it('of spaces, commas and comments is as good as what is left', async () => {
    for (const nothing of [' '.repeat(900_000), ','.repeat(900_000), `#${'x'.repeat(900_000)}\n`]) {
      expect((await answered(server, `${nothing}{ __typename }`)).data).toEqual({ __typename: 'Query' });
    }
  });
});

describe('many operations in one document', () => {
  it('are refused where each uses many fragments', async () => {
    const fragments = times(98, (index) => `fragment F${index} on Query { ${index < 97 ? `...F${index + 1}` : '__typename'} }`);
    expect(await refusal(server, `${times(800, (index) => `query Q${index} { ...F0 }`)} ${fragments}`)).toEqual(['selections', 800 * 99, 10_000]);
  });

  it('are refused where one of them is too much, whichever is to be run', async () => {
    expect(await refusal(server, `query A { __typename } query B { ${'__typename '.repeat(21)} }`)).toEqual(['root_fields', 21, 20]);
  });

  it('are judged each by itself, and not run without a word on which', async () => {
    const document = times(1_000, (index) => `query Q${index} { __typename }`);
    const { status, errors } = await answered(server, document);
    expect([status, errors?.map(({ extensions }) => extensions.code)]).toEqual([200, ['BAD_USER_INPUT']]);
  });
});
