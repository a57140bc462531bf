import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reportTest } from '../setup/report-test.js';
import { type Json, startTestServer, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await server.publish(reportTest('report'));
});
afterAll(() => server.close());

const SAVE = `mutation ($input: SaveProgressInput!) { saveProgress(input: $input) {
  __typename
  ... on Problem { code message }
  ... on SaveProgressSuccess { resultKey result { report {
    json scales { scale { id parentId description(locale: "en") } standardized { tScore percentile norm(locale: "en") } } } } } } }`;
const answers = [['11', '1'], ['3', '0'], ['7', '1'], ['9', 'house']].map(([questionId, value]) => ({ questionId, values: [value] }));
const save = (input: object = {}) => server.graphql(SAVE, { input: { test: 'report', answers, ...input } });
const standardized = ({ data }: Json): Json => data.saveProgress.result.report.scales.map((score: Json) => score.standardized);

describe('the respondent of saveProgress', () => {
  it('chooses the norm, which the report names', async () => {
    const answer = await save({ respondent: { sex: 'MALE', age: 30 } });
    expect(standardized(answer)).toEqual([{ tScore: 60, percentile: 60, norm: 'Norm of 2020, Men of 18 to 60' }, null, null]);
    expect(answer.data.saveProgress.result.report.json.SCALES.mood).toMatchObject({ tScore: 60, percentile: 60 });
    expect(answer.data.saveProgress.result.report.scales.map(({ scale }: Json) => scale)).toEqual([
      { id: 'mood', parentId: null, description: null },
      { id: 'calm', parentId: 'mood', description: null },
      { id: 'wit', parentId: null, description: '<p>How much is <b>right</b>.</p>' },
    ]);
  });

  it.each([
    ['is unknown', undefined],
    ['is null', null],
    ['has another sex', { sex: 'FEMALE', age: 30 }],
    ['has no age', { sex: 'MALE' }],
    ['has another age', { sex: 'MALE', age: 61 }],
  ])('gives no standard score when it %s', async (_what, respondent) => {
    expect(standardized(await save({ respondent }))).toEqual([null, null, null]);
  });

  it.each([4, 121, -1])('of the age %d is refused with the ages that are taken', async (age) => {
    const { errors } = await save({ respondent: { age } });
    expect(errors).toMatchObject([{ message: expect.stringMatching(/from 5 to 120/), extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('is not stored as given: the report keeps the group of the norm, and nothing else of it', async () => {
    const stored = async (respondent: object | null): Promise<Json> => {
      const { data } = await save({ respondent });
      const [row] = await server.sql<Json>('select * from result where id = $1', [data.saveProgress.resultKey]);
      return row;
    };
    const [known, unknown] = [await stored({ sex: 'MALE', age: 37 }), await stored(null)];
    expect(known.calculation).toEqual({
      ...unknown.calculation,
      norm: { norm: 'norm-2020', group: 'men' },
      scales: unknown.calculation.scales.with(0, { ...unknown.calculation.scales[0], standardized: { tScore: 60, percentile: 60 } }),
    });
    const { id: _, saved_at: __, calculation: ___, ...rest } = known;
    expect(unknown).toMatchObject(rest);
  });

  it('is no part of what is stored to recognise a repeat: the first one counts', async () => {
    const idempotencyKey = randomUUID();
    const { data: { saveProgress: { resultKey } } } = await save({ respondent: { sex: 'MALE', age: 30 }, idempotencyKey });
    const digest = async (): Promise<string> =>
      (await server.sql<{ digest: string }>("select encode(request_digest, 'hex') as digest from result where id = $1", [resultKey]))[0]!.digest;
    const before = await digest();
    const again = await save({ respondent: { sex: 'FEMALE', age: 50 }, idempotencyKey });
    expect(again.data.saveProgress.resultKey).toBe(resultKey);
    expect(standardized(again)[0]).toMatchObject({ tScore: 60 });
    await server.sql('delete from result where id = $1', [resultKey]);
    const { data: { saveProgress: other } } = await save({ idempotencyKey });
    expect((await server.sql<{ digest: string }>("select encode(request_digest, 'hex') as digest from result where id = $1", [other.resultKey]))[0]!.digest).toBe(before);
  });
});

describe('a right text', () => {
  it('counts in each of its languages', async () => {
    const wit = async (text: string): Promise<number> => {
      const { data } = await save({ answers: [...answers.slice(0, 3), { questionId: '9', values: [text] }] });
      return data.saveProgress.result.report.json.SCALES.wit.sum;
    };
    expect([await wit('дом'), await wit('house'), await wit('Haus')]).toEqual([2, 2, 1]);
  });
});
