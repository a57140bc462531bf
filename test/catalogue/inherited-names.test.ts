import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestDefinitionInput } from '../../src/catalogue/import/index.js';
import { QuestionKind } from '../../src/catalogue/index.js';
import { type Json, startTestServer, type TestServer } from '../setup/test-server.js';

/** Names that every object of JavaScript has without being told. */
const inherited = ['__proto__', 'constructor', 'toString'];

const definition: TestDefinitionInput = {
  slug: 'constructor', locales: ['en'], name: { en: 'Test' }, description: { en: 'About' }, duration: 1, paid: false,
  questions: inherited.map((id) => ({
    id, group: id, kind: QuestionKind.OPTION, name: { en: `Question ${id}` },
    options: [...inherited, '1'].map((value) => ({ value, text: { en: `Option ${value}` } })),
  })),
  scales: inherited.map((id) => ({ id, name: { en: `Scale ${id}` }, items: [{ question: id }] })),
};

const SAVE = `mutation ($input: SaveProgressInput!) { saveProgress(input: $input) {
  ... on Problem { code message }
  ... on SaveProgressSuccess { result {
    test { slug questions { id options { value } } }
    report { json values { value sum } groups { group } scales { scale { id } answered } }
  } } } }`;

let server: TestServer;
let result: Json;
beforeAll(async () => {
  server = await startTestServer();
  await server.publish(definition);
  const answers = inherited.map((name) => ({ questionId: name, values: [name] }));
  const { data, errors } = await server.graphql(SAVE, { input: { test: 'constructor', answers } });
  expect(errors).toBeUndefined();
  result = data.saveProgress.result;
});
afterAll(() => server.close());

describe('a test with names that objects inherit', () => {
  it('is served with its questions and values', () => {
    expect(result.test).toEqual({
      slug: 'constructor',
      questions: inherited.map((id) => ({ id, options: [...inherited, '1'].map((value) => ({ value })) })),
    });
  });

  it('is scored under all of them', () => {
    expect(result.report.values).toEqual([...inherited.map((value) => ({ value, sum: 1 })), { value: '1', sum: 0 }]);
    expect(result.report.groups.map(({ group }: Json) => group)).toEqual(inherited);
    expect(result.report.scales).toEqual(inherited.map((id) => ({ scale: { id }, answered: 1 })));
  });

  it('has all of them in the JSON of its report', () => {
    const keys = (part: string): string[] => Object.keys(result.report.json[part]).sort();
    const all = inherited.toSorted();
    expect({ values: keys('VALUES'), repeats: keys('REPEATS'), groups: keys('GROUPS'), scales: keys('SCALES') })
      .toEqual({ values: ['1', ...all], repeats: ['1', ...all], groups: all, scales: all });
  });
});
