import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestDefinitionInput } from '../../src/catalogue/import/index.js';
import { QuestionKind } from '../../src/catalogue/index.js';
import { smallTest } from '../setup/small-tests.js';
import { type Json, startTestServer, type TestServer } from '../setup/test-server.js';

const image = 'https://example.org/picture.png';
const SECRET = 'правильный ответ';

/** A test that has something in every field, and secrets in the options. */
const full: TestDefinitionInput = {
  slug: 'full', legacyId: 900, locales: ['ru', 'en'], paid: true, bonus: true, duration: 12,
  name: { ru: 'Полный тест', en: 'Full test' },
  description: { ru: '<p>Описание</p>', en: '<p>About</p>' },
  instruction: { ru: 'Отвечайте', en: 'Answer' },
  authors: [{ slug: 'anna', name: { ru: 'Анна', en: 'Anna' }, url: 'https://example.org/' }, { slug: 'boris', name: { ru: 'Борис' } }],
  questions: [
    {
      id: 'box', kind: QuestionKind.CHECKBOX, name: { ru: 'Что верно?' }, text: { ru: '<p>Два ответа</p>' }, image,
      group: 'g', count: 2,
      timerSeconds: 30, correctFeedback: { ru: 'Верно' }, wrongFeedback: { ru: 'Неверно' }, backAllowed: false,
      forwardAllowed: true, answerShown: true,
      options: [{ value: 'a', text: { ru: 'А' }, image, correct: true }, { value: 'b', text: { ru: 'Б' }, correct: false }],
    },
    {
      id: 'word', kind: QuestionKind.TEXT, name: { ru: 'Какое слово?' },
      options: [{ value: SECRET, text: { ru: 'слово' } }, { value: SECRET }],
    },
    { id: 'slider', kind: QuestionKind.GRADIENT, name: { ru: 'Сколько?' }, options: [] },
  ],
  scales: [{ id: 's', name: { ru: 'Шкала', en: 'Scale' }, items: [{ question: 'box' }] }],
};

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await server.publish(full);
});
afterAll(() => server.close());

async function ask(query: string, variables: object = {}): Promise<Json> {
  const { data, errors } = await server.graphql(query, variables);
  if (errors) throw new Error(errors[0]?.message);
  return data;
}

const QUESTION = `id kind name text image count timerSeconds correctFeedback wrongFeedback backAllowed forwardAllowed answerShown
  options { value text image }`;
const TEST = `__typename id slug name description instruction durationMinutes paid bonus length locales createdAt
  authors { slug name url } scales { id name } questions { ${QUESTION} }
  firstQuestion { number length question { ${QUESTION} } }`;

describe('a test', () => {
  it('is found by its slug, with every field', async () => {
    const { test } = await ask(`{ test(slug: "full") { ${TEST} } }`);
    const box = {
      id: 'box', kind: 'CHECKBOX', name: 'Что верно?', text: '<p>Два ответа</p>', image, count: 2, timerSeconds: 30,
      correctFeedback: 'Верно', wrongFeedback: 'Неверно', backAllowed: false, forwardAllowed: true, answerShown: true,
      options: [{ value: 'a', text: 'А', image }, { value: 'b', text: 'Б', image: null }],
    };
    const plain = {
      text: null, image: null, count: null, timerSeconds: 0, correctFeedback: null, wrongFeedback: null,
      backAllowed: true, forwardAllowed: false, answerShown: false,
    };
    expect(test).toEqual({
      __typename: 'Test', id: expect.stringMatching(/^tst_/), slug: 'full', name: 'Полный тест', description: '<p>Описание</p>',
      instruction: 'Отвечайте', durationMinutes: 12, paid: true, bonus: true, length: 3, locales: ['ru', 'en'],
      createdAt: expect.any(String),
      authors: [{ slug: 'anna', name: 'Анна', url: 'https://example.org/' }, { slug: 'boris', name: 'Борис', url: null }],
      scales: [{ id: 's', name: 'Шкала' }],
      questions: [
        box,
        {
          ...plain, id: 'word', kind: 'TEXT', name: 'Какое слово?',
          options: [{ value: '', text: 'слово', image: null }, { value: '', text: null, image: null }],
        },
        { ...plain, id: 'slider', kind: 'GRADIENT', name: 'Сколько?', options: [] },
      ],
      firstQuestion: { number: 1, length: 3, question: box },
    });
    expect(new Date(test.createdAt).toISOString()).toBe(test.createdAt);
  });

  it.each(['', 'FULL', 'no-such-test', 'full ', '__proto__', 'constructor'])('is null for the slug "%s"', async (slug) => {
    expect(await ask('query ($slug: String!) { test(slug: $slug) { id } }', { slug })).toEqual({ test: null });
  });

  it('is read without a key, and with one that is not good', async () => {
    const { data, errors } = await server.graphql('{ test(slug: "full") { slug } tests { totalCount } }', {}, 'tdk_wrong');
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ test: { slug: 'full' }, tests: { totalCount: expect.any(Number) } });
  });
});

describe('the right answers', () => {
  it('are in nothing that a test tells', async () => {
    const told = JSON.stringify([
      await ask(`{ test(slug: "full") { ${TEST} } }`), await ask(`{ tests(first: 5) { nodes { ${TEST} } } }`),
    ]);
    expect(told).toContain('Какое слово?');
    expect(told).not.toContain(SECRET);
  });

  it('have no field in the whole schema', async () => {
    const { __schema } = await ask('{ __schema { types { name fields { name } } } }');
    const named = __schema.types.flatMap(({ name, fields }: Json) =>
      (fields ?? []).filter((field: Json) => /correct|right|solution/i.test(field.name)).map((field: Json) => `${name}.${field.name}`));
    expect(named).toEqual(['Question.correctFeedback']);
    const option = __schema.types.find(({ name }: Json) => name === 'QuestionOption');
    expect(option.fields.map(({ name }: Json) => name).sort()).toEqual(['image', 'text', 'value']);
  });
});

describe('the steps of a test', () => {
  const STEP = 'number length question { id } next { question { id } } previous { question { id } }';
  const stepAt = async (id: string): Promise<Json> =>
    (await ask(`query ($id: ID!) { test(slug: "ipip-neo-120") { question(id: $id) { ${STEP} } } }`, { id })).test.question;

  it('lead through all questions, forwards and backwards', async () => {
    const { test } = await ask(`{ test(slug: "ipip-neo-120") { firstQuestion { ${STEP} } questions { id } } }`);
    const ids: string[] = test.questions.map(({ id }: Json) => id);
    const walked: string[] = [];
    for (let step = test.firstQuestion; step !== null; step = step.next && await stepAt(step.next.question.id)) {
      walked.push(step.question.id);
      const previous = walked.length === 1 ? null : { question: { id: walked.at(-2) } };
      expect(step).toMatchObject({ number: walked.length, length: 120, previous });
    }
    expect(walked).toEqual(ids);
  });

  it('can be followed within one request', async () => {
    const there = 'next { next { number next { number } previous { previous { number previous { number } } } } }';
    const { test } = await ask(`{ test(slug: "free") { firstQuestion { ${there} } } }`);
    expect(test.firstQuestion.next.next).toEqual({ number: 3, next: null, previous: { previous: { number: 1, previous: null } } });
  });

  it.each(['', '0', '121', 'x', '__proto__'])('are null for the question "%s", which the test does not have', async (id) => {
    expect(await stepAt(id)).toBeNull();
  });
});

describe('the language of a text', () => {
  beforeAll(async () => {
    const texts = { ru: 'русский', en: 'English', pt: 'português', 'zh-CN': '简体', 'zh-TW': '繁體' };
    await server.publish({
      ...smallTest('languages', { paid: false }),
      locales: ['ru', 'en', 'pt', 'zh-CN', 'zh-TW'],
      name: texts, description: { en: 'Only English', pt: 'e português' }, instruction: { pt: 'só português' },
      authors: [{ slug: 'polyglot', name: texts }],
      questions: [
        { id: '1', name: texts, text: texts, correctFeedback: texts, wrongFeedback: texts, options: [{ value: '1', text: texts }] },
        { id: '2', name: { ru: 'только русский' }, options: [{ value: '1', text: { pt: 'opção' } }] },
      ],
      scales: [{ id: 's', name: texts, items: [{ question: '1' }] }],
    });
  });

  it.each([
    [null, 'русский', 'Only English', 'só português'],
    ['ru', 'русский', 'Only English', 'só português'],
    ['en', 'English', 'Only English', 'só português'],
    ['en-GB', 'English', 'Only English', 'só português'],
    ['pt-BR', 'português', 'e português', 'só português'],
    ['zh-TW', '繁體', 'Only English', 'só português'],
    ['zh', 'русский', 'Only English', 'só português'],
    ['de', 'русский', 'Only English', 'só português'],
    ['EN', 'English', 'Only English', 'só português'],
    ['valueOf', 'русский', 'Only English', 'só português'],
  ])('asked for in %s: that one, else the first of the test that there is', async (locale, name, description, instruction) => {
    const { test } = await ask(`query ($locale: Locale) { test(slug: "languages") {
      name(locale: $locale) description(locale: $locale) instruction(locale: $locale)
      authors { name(locale: $locale) } scales { name(locale: $locale) }
      firstQuestion { question {
        name(locale: $locale) text(locale: $locale) correctFeedback(locale: $locale) wrongFeedback(locale: $locale)
        options { text(locale: $locale) } } } } }`, { locale });
    expect(test).toEqual({
      name, description, instruction, authors: [{ name }], scales: [{ name }],
      firstQuestion: { question: { name, text: name, correctFeedback: name, wrongFeedback: name, options: [{ text: name }] } },
    });
  });

  it('is given once for all texts of the questions, unless a field has its own', async () => {
    const { test } = await ask(`{ test(slug: "languages") { questions(locale: "en-GB") {
      name text correctFeedback wrongFeedback own: name(locale: "pt") unknown: name(locale: "de")
      options { text own: text(locale: "zh-CN") } } } }`);
    expect(test.questions).toEqual([
      {
        name: 'English', text: 'English', correctFeedback: 'English', wrongFeedback: 'English',
        own: 'português', unknown: 'English', options: [{ text: 'English', own: '简体' }],
      },
      {
        name: 'только русский', text: null, correctFeedback: null, wrongFeedback: null,
        own: 'только русский', unknown: 'только русский', options: [{ text: 'opção', own: 'opção' }],
      },
    ]);
  });

  it('given for one list of questions does not change another', async () => {
    const { test } = await ask('{ test(slug: "languages") { en: questions(locale: "en") { name } own: questions { name } } }');
    expect([test.en[0].name, test.own[0].name]).toEqual(['English', 'русский']);
  });

  it.each(['', 'русский', 'en_US', 'e'])('that is no locale is refused: "%s"', async (locale) => {
    const { errors } = await server.graphql('query ($locale: Locale) { test(slug: "languages") { name(locale: $locale) } }', { locale });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });
});
