import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { QuestionKind } from '../../src/catalogue/index.js';
import { smallAnswers, smallTest } from '../setup/small-tests.js';
import { type GraphQLAnswer, type Json, startTestServer, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(() => server.sql('delete from result'));

const SAVE = `mutation ($input: SaveProgressInput!) { saveProgress(input: $input) {
  __typename
  ... on SaveProgressSuccess { resultKey replayed result { key savedAt attachedAt test { slug } report { sum max } } }
  ... on Problem { code message }
  ... on AnswersInvalidProblem { issueCount issues { questionId code message } } } }`;

async function save(input: object): Promise<Json> {
  const { data, errors } = await server.graphql(SAVE, { input });
  if (errors) throw new Error(errors[0]?.message);
  return data.saveProgress;
}

async function resultCount(): Promise<number> {
  const [row] = await server.sql<{ count: number }>('select count(*)::int as count from result');
  return row!.count;
}

/** A test of one TEXT question, to see what becomes of texts. */
const textTest = {
  ...smallTest('essay', { paid: false }),
  questions: [{ id: 't', kind: QuestionKind.TEXT, name: { ru: 'Ваши слова' }, options: [{ value: 'тайна' }, { value: '' }] }],
  scales: [],
};

describe('saveProgress', () => {
  it('saves and scores the answers under a key that reads them', async () => {
    const before = new Date().toISOString();
    const saved = await save({ test: 'free', answers: smallAnswers });
    expect(saved).toMatchObject({
      __typename: 'SaveProgressSuccess', replayed: false,
      result: { key: saved.resultKey, attachedAt: null, test: { slug: 'free' }, report: { sum: 3, max: 6 } },
    });
    const { data } = await server.graphql('query ($key: UUID!) { result(key: $key) { savedAt } }', { key: saved.resultKey });
    expect(data.result.savedAt).toBe(saved.result.savedAt);
    expect([before, saved.result.savedAt, new Date().toISOString()].toSorted()[1]).toBe(saved.result.savedAt);
  });

  it('stores the answers in the order of the questions, pinned to the edition that was answered', async () => {
    await server.publish(smallTest('pinned', { paid: false }));
    await server.publish({ ...smallTest('pinned', { paid: false }), duration: 4 });
    const { resultKey } = await save({ test: 'pinned', answers: [...smallAnswers].reverse() });
    expect(await server.sql(`
      select t.slug, r.revision_number, r.answers, r.client_id, r.user_id, r.idempotency_key
        from result r join test t on t.id = r.test_id where r.id = $1`, [resultKey])).toEqual([{
      slug: 'pinned', revision_number: 2, client_id: null, user_id: null, idempotency_key: null,
      answers: [['11', ['1']], ['3', ['2']], ['7', ['0']]],
    }]);
  });

  it('gives every save a key of its own', async () => {
    const saves = await Promise.all(Array.from({ length: 10 }, () => save({ test: 'free', answers: smallAnswers })));
    expect(new Set(saves.map(({ resultKey }) => resultKey)).size).toBe(10);
    expect(await resultCount()).toBe(10);
  });

  it('refuses an unknown test and saves nothing', async () => {
    for (const test of ['no-such-test', 'FREE', '', "'; drop table result; --"]) {
      expect(await save({ test, answers: smallAnswers })).toMatchObject({ __typename: 'TestNotFoundProblem', code: 'TEST_NOT_FOUND' });
    }
    expect(await resultCount()).toBe(0);
  });

  it('refuses answers that do not fit, names every issue and saves nothing', async () => {
    const answers = [{ questionId: '11', values: ['9'] }, { questionId: '3', values: ['0', '1'] }, { questionId: 'x', values: [] }];
    expect(await save({ test: 'free', answers })).toMatchObject({
      __typename: 'AnswersInvalidProblem', code: 'ANSWERS_INVALID', issueCount: 4, issues: [
        { questionId: '11', code: 'UNKNOWN_VALUE' }, { questionId: '3', code: 'TOO_MANY_VALUES' },
        { questionId: 'x', code: 'UNKNOWN_QUESTION' }, { questionId: '7', code: 'MISSING' },
      ],
    });
    expect(await resultCount()).toBe(0);
  });

  it('says how many issues there are when it lists only the first', async () => {
    const answers = Array.from({ length: 1_000 }, (_, index) => ({ questionId: `unknown-${index}`, values: ['1'] }));
    const refused = await save({ test: 'free', answers });
    expect(refused).toMatchObject({ code: 'ANSWERS_INVALID', issueCount: 1_003 });
    expect(refused.issues).toHaveLength(100);
    expect(await resultCount()).toBe(0);
  });

  it('lets every question be skipped', async () => {
    const answers = smallAnswers.map(({ questionId }) => ({ questionId, values: [] }));
    expect(await save({ test: 'free', answers })).toMatchObject({ result: { report: { sum: 0, max: 6 } } });
  });
});

describe('the texts of answers', () => {
  beforeAll(() => server.publish(textTest));

  const texts = [
    ['Cyrillic', 'Съешь ещё этих мягких французских булок'],
    ['emoji and combined characters', '👩‍👩‍👧 🇷🇺 é é 한'],
    ['new lines and tabs', ' строка\r\nстрока\n\tконец \u2028 '],
    ['quotes and backslashes', `"'\`\\" \\u0041 $1 {} %s`],
    ['control characters', '\u0000\u0001\u001f\u007f'],
    ['half a surrogate pair', 'a\ud800b'],
    ['markup', '<script>alert("1")</script> &amp;'],
    ['the longest text', 'я'.repeat(10_000)],
  ] as const;
  it.each(texts)('come back exactly as they were sent: %s', async (_name, text) => {
    const client = await server.client();
    const { resultKey } = await save({ test: 'essay', answers: [{ questionId: 't', values: [text, ''] }] });
    await client.attach(resultKey, 'author');
    const { data } = await client.graphql('query ($key: UUID!) { result(key: $key) { answers { values } } }', { key: resultKey });
    expect(data.result.answers).toEqual([{ values: [text, ''] }]);
  });

  it('are refused when longer than 10,000 characters', async () => {
    expect(await save({ test: 'essay', answers: [{ questionId: 't', values: ['я'.repeat(10_001)] }] })).toMatchObject({
      code: 'ANSWERS_INVALID', issues: [{ questionId: 't', code: 'TOO_LONG' }],
    });
    expect(await resultCount()).toBe(0);
  });
});

describe('an idempotency key', () => {
  const input = (idempotencyKey: string): object => ({ test: 'free', answers: smallAnswers, idempotencyKey });

  it('makes a repeated save give the same result', async () => {
    const key = randomUUID();
    const first = await save(input(key));
    const again = await save(input(key));
    expect(first).toMatchObject({ __typename: 'SaveProgressSuccess', replayed: false });
    expect(again).toEqual({ ...first, replayed: true });
    expect(await resultCount()).toBe(1);
  });

  it('is the same in upper and in lower case', async () => {
    const key = 'abcdef01-2345-6789-abcd-ef0123456789';
    const { resultKey } = await save(input(key.toUpperCase()));
    expect(await save(input(key))).toMatchObject({ resultKey, replayed: true });
    expect(await resultCount()).toBe(1);
  });

  it('is refused for other answers and for another test', async () => {
    const key = randomUUID();
    await save(input(key));
    const others = [
      { test: 'free', answers: smallAnswers.with(0, { questionId: '11', values: ['2'] }) },
      { test: 'free', answers: smallAnswers.slice(1) },
      { test: 'paid', answers: smallAnswers },
      { test: 'no-such-test', answers: smallAnswers },
    ];
    for (const other of others) {
      expect(await save({ ...other, idempotencyKey: key })).toMatchObject({
        __typename: 'IdempotencyKeyReusedProblem', code: 'IDEMPOTENCY_KEY_REUSED',
      });
    }
    expect(await resultCount()).toBe(1);
  });

  it('is still free after a save that was refused', async () => {
    const key = randomUUID();
    await save({ test: 'free', answers: [], idempotencyKey: key });
    expect(await save(input(key))).toMatchObject({ __typename: 'SaveProgressSuccess', replayed: false });
  });

  it('lets only one of many parallel saves through, and all of them learn its result', async () => {
    const key = randomUUID();
    const saves = await Promise.all(Array.from({ length: 30 }, () => save(input(key))));
    expect(new Set(saves.map(({ resultKey }) => resultKey)).size).toBe(1);
    expect(saves.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await resultCount()).toBe(1);
  });

  it('lets only one of different parallel saves through', async () => {
    const key = randomUUID();
    const saves = await Promise.all(['0', '1', '2'].map((value) =>
      save({ test: 'free', answers: smallAnswers.with(0, { questionId: '11', values: [value] }), idempotencyKey: key })));
    expect(saves.map(({ __typename }) => __typename).sort()).toEqual(
      ['IdempotencyKeyReusedProblem', 'IdempotencyKeyReusedProblem', 'SaveProgressSuccess']);
    expect(await resultCount()).toBe(1);
  });

  it('is recognised after the test was revised so that the answers no longer fit', async () => {
    const before = smallTest('revised', { paid: false });
    await server.publish(before);
    const run = { test: 'revised', answers: smallAnswers, idempotencyKey: randomUUID() };
    const { resultKey } = await save(run);
    await server.publish({ ...before, questions: before.questions.slice(0, 2) });
    expect(await save({ ...run, revision: 2, idempotencyKey: randomUUID() })).toMatchObject({ code: 'ANSWERS_INVALID' });
    expect(await save(run)).toMatchObject({ resultKey, replayed: true });
  });
});

describe('a request that is no good', () => {
  const answer = (values: unknown, questionId: unknown = '11'): object => ({ test: 'free', answers: [{ questionId, values }] });
  const wrong: readonly (readonly [string, object])[] = [
    ['numbers as values', { input: answer([1]) }],
    ['null among the values', { input: answer([null]) }],
    ['null for the values', { input: answer(null) }],
    ['an object as a value', { input: answer([{}]) }],
    ['null for an answer', { input: { test: 'free', answers: [null] } }],
    ['null for the question', { input: answer(['1'], null) }],
    ['no answers', { input: { test: 'free' } }],
    ['no test', { input: { answers: smallAnswers } }],
    ['a number as the test', { input: { test: 1, answers: smallAnswers } }],
    ['an idempotency key that is no UUID', { input: { test: 'free', answers: smallAnswers, idempotencyKey: 'run-1' } }],
    ['an idempotency key with half a pair of braces', { input: { test: 'free', answers: smallAnswers, idempotencyKey: `${randomUUID()}}` } }],
    ['a field that does not exist', { input: { test: 'free', answers: smallAnswers, userId: 'me' } }],
    ['null for the input', { input: null }],
    ['no input', {}],
  ];
  it.each(wrong)('is told so and saves nothing: %s', async (_name, variables) => {
    const { data, errors }: GraphQLAnswer = await server.graphql(SAVE, variables);
    expect(data ?? null).toBeNull();
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    expect(await resultCount()).toBe(0);
  });
});
