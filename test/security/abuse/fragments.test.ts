import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answered, refusal, refused, times } from '../../setup/refused-operations.js';
import { startTestServer, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** Fragments F0 to F<count - 1> on tests. */
const fragments = (count: number, selections: (index: number) => string): string =>
  times(count, (index) => `fragment F${index} on Test { ${selections(index)} }`);
const TEST = '{ test(slug: "free") { ...F0 } }';

describe('a fragment bomb', () => {
  it('is refused, where each fragment uses the next one twice', async () => {
    const bomb = fragments(40, (index) => (index === 39 ? 'slug' : `...F${index + 1} ...F${index + 1}`));
    expect(await refusal(server, `${TEST} ${bomb}`)).toEqual(['selections', 3 * 2 ** 39, 10_000]);
  });

  it('is refused, where numbers end', async () => {
    const bomb = fragments(80, (index) => (index === 79 ? 'slug' : `...F${index + 1} `.repeat(10)));
    expect(await refusal(server, `${TEST} ${bomb}`)).toEqual(['selections', null, 10_000]);
  });

  it('is refused, where each fragment uses all others after it', async () => {
    const bomb = fragments(60, (index) => `slug ${times(59 - index, (next) => `...F${index + 1 + next}`)}`);
    expect((await refused(server, `${TEST} ${bomb}`)).reason).toBe('selections');
  });

  it('is refused, made of aliases', async () => {
    const bomb = fragments(20, (index) => (index === 19 ? 'slug' : `x: questions { id } ...F${index + 1} y: questions { id } ...F${index + 1}`));
    expect(await refusal(server, `${TEST} ${bomb}`)).toEqual(['aliases', 2 ** 20 - 2, 50]);
  });

  it('is refused where no operation uses it', async () => {
    const bomb = fragments(40, (index) => (index === 39 ? 'slug' : `...F${index + 1} ...F${index + 1}`));
    expect((await refused(server, `{ __typename } ${bomb}`)).reason).toBe('selections');
  });
});

describe('a fragment flood', () => {
  it('is refused, of fragments that all stand beside each other', async () => {
    const flood = `{ test(slug: "free") { ${times(900, (index) => `...F${index}`)} } } ${fragments(900, () => 'slug')}`;
    expect(await refusal(server, flood)).toEqual(['fragments', 900, 100]);
  });

  it('is refused, of fragments that do not exist', async () => {
    expect(await refusal(server, `{ test(slug: "free") { ${times(4_500, (index) => `...F${index}`)} } }`)).toEqual(['fragments', 4_500, 100]);
  });

  it('is refused, of fragments that ask for the same fields', async () => {
    const flood = `{ test(slug: "free") { ${times(100, (index) => `...F${index}`)} } } ${fragments(100, () => times(80, (index) => `a${index}`))}`;
    expect(await refusal(server, flood)).toEqual(['selections', null, 500_000]);
  });

  it('is refused, of one fragment used thousands of times', async () => {
    const flood = `{ test(slug: "free") { ${'...F0 '.repeat(4_000)} } } ${fragments(1, () => 'slug name')}`;
    expect(await refusal(server, flood)).toEqual(['selections', 1 + 4_000 * 3, 10_000]);
  });

  it('is refused, of fragments nested in each other without a field', async () => {
    const chain = fragments(1_000, (index) => (index === 999 ? 'slug' : `...F${index + 1}`));
    expect(await refusal(server, `${TEST} ${chain}`)).toEqual(['fragments', 1_000, 100]);
    expect(await refusal(server, `${'{ ...'.repeat(1_000)} { __typename } ${'}'.repeat(1_000)}`)).toEqual(['fragments', 1_000, 100]);
  });

  it('is not what a page of many components asks for', async () => {
    const page = `{ test(slug: "free") { ${times(100, (index) => `...F${index}`)} } } ${fragments(100, () => 'slug name scales { id name }')}`;
    expect((await answered(server, page)).errors).toBeUndefined();
  });
});

describe('circular fragments', () => {
  it.each([
    ['directly', fragments(1, () => 'slug ...F0')],
    ['without a field', fragments(1, () => '...F0')],
    ['by way of two others', fragments(3, (index) => `slug ...F${(index + 1) % 3}`)],
    ['in a field', fragments(1, () => 'questions { id } ... { ...F0 }')],
    ['all of them', fragments(60, () => times(60, (index) => `...F${index}`))],
  ])('are refused: %s', async (_how, circle) => {
    expect(await refusal(server, `${TEST} ${circle}`)).toEqual(['fragments', null, 100]);
    expect(await refusal(server, `{ __typename } ${circle}`)).toEqual(['fragments', null, 100]);
  });

  it('are refused again when the same document comes again', async () => {
    const circle = `${TEST} ${fragments(2, (index) => `name ...F${1 - index}`)}`;
    for (const _attempt of [1, 2, 3]) expect(await refusal(server, circle)).toEqual(['fragments', null, 100]);
  });
});
