import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { careerInterests } from '../../src/catalogue/content/career-interests.js';
import { readFixture } from '../scoring/builders.js';
import { smallAnswers, smallTest } from '../setup/small-tests.js';
import { type GraphQLAnswer, type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
let owner: TestClient;
let stranger: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  owner = await server.client({ licenseLimit: 100 });
  stranger = await server.client();
});
afterAll(() => server.close());

const RESULT = `query ($key: UUID!) { result(key: $key) {
  id key savedAt attachedAt reportAvailability report { sum }
  test { slug }
  user { externalId } answers { question { id } values } } }`;
const REPORT = `query ($key: UUID!) { result(key: $key) { report {
  sum max percentage
  values { value sum percentage valuePercentage } repeats { value sum percentage valuePercentage }
  groups { group sum max percentage percentageOfAll }
  scales { scale { id name } sum min max answered items percentage }
  json } } }`;
const SAVE = `mutation ($input: SaveProgressInput!) { saveProgress(input: $input) {
  ... on SaveProgressSuccess { resultKey } ... on Problem { message } } }`;

async function read(query: string, key: string): Promise<Json> {
  const { data, errors } = await server.graphql(query, { key });
  if (errors) throw new Error(errors[0]?.message);
  return data.result;
}

/** Saves answers through the API and gives the key. */
async function saved(test: string, answers: readonly (readonly [string, string])[]): Promise<string> {
  const input = { test, answers: answers.map(([questionId, value]) => ({ questionId, values: [value] })) };
  const { data } = await server.graphql(SAVE, { input });
  return data.saveProgress.resultKey;
}

describe('the report of a result', () => {
  it('is readable at once when the test is free', async () => {
    expect(await read(RESULT, await server.save('free'))).toMatchObject({
      reportAvailability: 'AVAILABLE', report: { sum: 3 }, attachedAt: null, user: null,
    });
  });

  it.each(['paid', 'bonus'])('is readable only after the attachment when the test is %s', async (test) => {
    const key = await server.save(test);
    const refused = await stranger.attach(randomUUID(), 'somebody');
    expect(refused).toMatchObject({ code: 'RESULT_NOT_FOUND' });
    expect(await read(RESULT, key)).toMatchObject({ reportAvailability: 'USER_REQUIRED', report: null, attachedAt: null });
    await owner.attach(key, `reader of ${test}`);
    expect(await read(RESULT, key)).toMatchObject({
      reportAvailability: 'AVAILABLE', report: { sum: 3 }, attachedAt: expect.any(String),
    });
  });

  it('stays hidden when the attachment was refused', async () => {
    const key = await server.save('paid');
    const broke = await server.client({ licenseLimit: 0 });
    expect(await broke.attach(key, 'person')).toMatchObject({ code: 'LICENSE_LIMIT_REACHED' });
    expect(await read(RESULT, key)).toMatchObject({ reportAvailability: 'USER_REQUIRED', report: null });
  });

  it('is hidden again when the test becomes paid, until the result is attached', async () => {
    await server.publish(smallTest('becomes-paid', { paid: false }));
    const key = await server.save('becomes-paid');
    await server.publish(smallTest('becomes-paid', { paid: true }));
    expect(await read(RESULT, key)).toMatchObject({ reportAvailability: 'USER_REQUIRED', report: null });
  });
});

describe('a result key', () => {
  it('that is unknown gives null', async () => {
    expect(await read(RESULT, randomUUID())).toBeNull();
  });

  it('is good in upper case as well', async () => {
    const key = await server.save();
    expect(await read(RESULT, key.toUpperCase())).toMatchObject({ key });
  });

  const uuid = '0190cb2e-5a1f-7c3d-9e4b-6f8a2d1c0b7e';
  it.each(['', 'x', '123', uuid.slice(1), uuid.replaceAll('-', ''), `${uuid}}`, `{${uuid}}`, `${uuid}\n`, "' or true --"])(
    'that is no UUID is refused: %j',
    async (key) => {
      const { data, errors } = await server.graphql(RESULT, { key });
      expect(data ?? null).toBeNull();
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    },
  );
});

describe('the user and the answers of a result', () => {
  const hidden = { user: null, answers: null };
  let key: string;
  beforeAll(async () => {
    key = await server.save('paid');
    await owner.attach(key, 'person');
  });

  it('are for the client of the user', async () => {
    const { data } = await owner.graphql(RESULT, { key });
    expect(data.result).toMatchObject({
      user: { externalId: 'person' },
      answers: [
        { question: { id: '11' }, values: ['1'] }, { question: { id: '3' }, values: ['2'] }, { question: { id: '7' }, values: ['0'] },
      ],
    });
  });

  it('are null without a key and for another client, who may read the rest', async () => {
    for (const reading of [server.graphql(RESULT, { key }), stranger.graphql(RESULT, { key })]) {
      const { data, errors } = await reading;
      expect(errors).toBeUndefined();
      expect(data.result).toMatchObject({ key, reportAvailability: 'AVAILABLE', report: { sum: 3 }, ...hidden });
    }
  });

  it('are null while nobody has the result, for every client', async () => {
    const free = await server.save('free');
    for (const reading of [server.graphql(RESULT, { key: free }), owner.graphql(RESULT, { key: free })]) {
      expect((await reading).data.result).toMatchObject(hidden);
    }
  });

  it('are an error with a key that is not good, while the rest is readable', async () => {
    const { data, errors }: GraphQLAnswer = await server.graphql(RESULT, { key }, 'tdk_wrong');
    expect(errors?.map(({ path, extensions }) => [path, extensions.code]).sort()).toEqual([
      [['result', 'answers'], 'UNAUTHENTICATED'], [['result', 'user'], 'UNAUTHENTICATED'],
    ]);
    expect(data.result).toMatchObject({ reportAvailability: 'AVAILABLE', report: { sum: 3 }, ...hidden });
  });

  it('are no matter to a key that is not good when nobody asks for them', async () => {
    const { errors } = await server.graphql('query ($key: UUID!) { result(key: $key) { report { sum } } }', { key }, 'tdk_wrong');
    expect(errors).toBeUndefined();
  });
});

describe('what is calculated', () => {
  it('equals the values computed by hand for the small test', async () => {
    const third = { sum: 1, percentage: 17, valuePercentage: 33 };
    const repeat = { sum: 1, percentage: 33, valuePercentage: 33 };
    const { report } = await read(REPORT, await server.save('free'));
    const { json, ...fields } = report;
    expect(fields).toEqual({
      sum: 3, max: 6, percentage: 50,
      values: ['0', '1', '2'].map((value) => ({ value, ...third })),
      repeats: ['0', '1', '2'].map((value) => ({ value, ...repeat })),
      groups: [
        { group: 'alpha', sum: 3, max: 4, percentage: 75, percentageOfAll: 50 },
        { group: 'beta', sum: 0, max: 2, percentage: 0, percentageOfAll: 0 },
      ],
      scales: [{ scale: { id: 'mood', name: 'Настроение' }, sum: 1, min: 0, max: 4, answered: 2, items: 2, percentage: 25 }],
    });
    expect(json).toEqual({
      SUM: 3, SCALE: 50, NON_NEGATIVE_ANSWER_VALUES_SUM: 3,
      VALUES: Object.fromEntries(['0', '1', '2'].map((value) => [value, { sum: 1, percentage: 17, percentage_value: 33 }])),
      REPEATS: Object.fromEntries(['0', '1', '2'].map((value) => [value, { sum: 1, percentage: 33, percentage_value: 33 }])),
      GROUPS: { alpha: { SUM: 3, SCALE: 75, SCALE_OF_ALL: 50 }, beta: { SUM: 0, SCALE: 0, SCALE_OF_ALL: 0 } },
      SCALES: { mood: { sum: 1, min: 0, max: 4, answered: 2, items: 2, percentage: 25 } },
    });
  });

  it('has objects and never arrays in its json, also where a list is empty', async () => {
    await server.publish({
      ...smallTest('plain', { paid: false }), scales: [],
      questions: [{ id: '1', name: { en: 'Question' }, options: [{ value: '0', text: { en: 'No' } }] }],
    });
    const { report } = await read(REPORT, await saved('plain', [['1', '0']]));
    expect(report.groups).toEqual([]);
    expect(report.json).toEqual({
      SUM: 0, SCALE: 0, NON_NEGATIVE_ANSWER_VALUES_SUM: 1, GROUPS: {},
      VALUES: { 0: { sum: 1, percentage: 0, percentage_value: 100 } },
      REPEATS: { 0: { sum: 1, percentage: 100, percentage_value: 100 } },
    });
  });

  interface Sheet { readonly answers: string; readonly sums: Record<string, number> }
  const { sheets } = readFixture('ipip-neo-120') as { readonly sheets: readonly Sheet[] };
  it.each(sheets.slice(0, 5))('gives the 35 published sums of the IPIP-NEO-120 for the sheet $answers', async ({ answers, sums }) => {
    const key = await saved('ipip-neo-120', Array.from(answers, (digit, index) => [String(index + 1), digit]));
    expect(await owner.attach(key, `taker of ${answers}`)).toMatchObject({ __typename: 'AttachResultSuccess' });
    const { report } = await read(REPORT, key);
    expect(report.scales).toHaveLength(35);
    expect(Object.fromEntries(report.scales.map(({ scale, sum }: Json) => [scale.id, sum]))).toEqual(sums);
    for (const { answered, items, min, max } of report.scales) expect([answered, min, max]).toEqual([items, items, items * 5]);
  });

  it('counts how often each field of the career interests was chosen', async () => {
    // Now the first, now the second activity, so that the fields are chosen unevenly.
    const chosen = careerInterests.questions.map(({ id, options }, index): [string, string] =>
      [id, options[index % 3 === 0 ? 0 : 1]!.value]);
    const counted = new Map<string, number>();
    for (const [, field] of chosen) counted.set(field, (counted.get(field) ?? 0) + 1);
    expect(new Set(counted.values()).size).toBeGreaterThan(1);

    const key = await saved('career-interests', chosen);
    await owner.attach(key, 'career');
    const { report } = await read(REPORT, key);
    expect(new Map(report.values.map(({ value, sum }: Json) => [value, sum]))).toEqual(counted);
    for (const [field, sum] of counted) expect(report.json.VALUES[field]).toMatchObject({ sum });
    expect(report.values.reduce((total: number, { sum }: Json) => total + sum, 0)).toBe(careerInterests.questions.length);
  });
});

describe('a result of a test that was revised', () => {
  it('keeps the questions, the scores and the names of the scales that were answered', async () => {
    const QUESTIONS = `query ($key: UUID!) { result(key: $key) {
      test { id name length questions { id name options { text } } }
      report { sum max scales { scale { name } } } answers { question { id name } values } } }`;
    const first = smallTest('edited', { paid: true });
    await server.publish(first);
    const key = await server.save('edited');
    await owner.attach(key, 'editor');
    const before = await owner.graphql(QUESTIONS, { key });

    await server.publish({
      ...first,
      name: { ru: 'Другое имя' },
      questions: [{ id: 'new', name: { ru: 'Новый' }, options: [{ value: '5', text: { ru: 'Пять' } }] }],
      scales: [{ id: 'mood', name: { ru: 'Другая шкала' }, items: [{ question: 'new' }] }],
    });
    const { data } = await server.graphql('{ test(slug: "edited") { name length scales { name } } }');
    expect(data.test).toEqual({ name: 'Другое имя', length: 1, scales: [{ name: 'Другая шкала' }] });

    const after = await owner.graphql(QUESTIONS, { key });
    expect(after.errors).toBeUndefined();
    expect(after.data).toEqual(before.data);
    expect(after.data.result).toMatchObject({
      test: { name: 'Тест edited', length: 3, questions: [{ id: '11', name: 'Вопрос 11' }, { id: '3' }, { id: '7' }] },
      report: { sum: 3, max: 6, scales: [{ scale: { name: 'Настроение' } }] },
      answers: [{ question: { id: '11' }, values: ['1'] }, { question: { id: '3' } }, { question: { id: '7' } }],
    });
  });
});

describe('one operation that saves, attaches and reads', () => {
  it('shows the user from the attachment on', async () => {
    const input = { test: 'paid', answers: smallAnswers, idempotencyKey: randomUUID() };
    const { data: first } = await server.graphql(SAVE, { input });
    const seen = '... on SaveProgressSuccess { replayed result { user { externalId } reportAvailability } }';
    const { data, errors } = await owner.graphql(`mutation ($save: SaveProgressInput!, $attach: AttachResultInput!) {
      before: saveProgress(input: $save) { ${seen} }
      attachResult(input: $attach) { ... on AttachResultSuccess { result { user { externalId } reportAvailability } } }
      after: saveProgress(input: $save) { ${seen} }
    }`, { save: input, attach: { resultKey: first.saveProgress.resultKey, userId: 'person' } });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      before: { replayed: true, result: { user: null, reportAvailability: 'USER_REQUIRED' } },
      attachResult: { result: { user: { externalId: 'person' }, reportAvailability: 'AVAILABLE' } },
      after: { replayed: true, result: { user: { externalId: 'person' }, reportAvailability: 'AVAILABLE' } },
    });
  });
});
