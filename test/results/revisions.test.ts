import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestDefinitionInput } from '../../src/catalogue/import/index.js';
import { Catalogue } from '../../src/catalogue/index.js';
import { ResultKeys, SaveProgress } from '../../src/results/index.js';
import { EARLIER_EDITIONS_TRIED } from '../../src/results/match-edition.js';
import { smallAnswers, smallTest } from '../setup/small-tests.js';
import { type Json, startTestServer, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ REVISION_GRACE_MINUTES: '60' });
});
afterAll(() => server.close());

const SAVE = `mutation ($input: SaveProgressInput!) { saveProgress(input: $input) {
  __typename
  ... on SaveProgressSuccess { resultKey replayed result { test { revision name } report { sum scales { max } } } }
  ... on Problem { code message }
  ... on RevisionClosedProblem { publishedRevision }
  ... on AnswersInvalidProblem { issues { code } } } }`;

async function save(input: object): Promise<Json> {
  const { data, errors } = await server.graphql(SAVE, { input });
  if (errors) throw new Error(errors[0]?.message);
  return data.saveProgress;
}

/** The second edition asks another question and counts another scale. */
function editions(slug: string): [TestDefinitionInput, TestDefinitionInput] {
  const first = smallTest(slug, { paid: false });
  const questions = first.questions.map((question) => (question.id === '7' ? { ...question, id: '8' } : question));
  return [first, { ...first, name: { ru: 'Новое имя' }, questions, scales: [] }];
}

/** Lets all that was published of a test have been published so much earlier. */
async function age(slug: string, minutes: number): Promise<void> {
  await server.sql(`update test_revision set published_at = published_at - make_interval(mins => $2)
    where test_id = (select id from test where slug = $1)`, [slug, minutes]);
  await server.app.services.catalogue.refresh();
}

async function published(slug: string): Promise<void> {
  for (const edition of editions(slug)) await server.publish(edition);
}

describe('answers to a test that was changed meanwhile', () => {
  it('are saved and scored by the edition that was shown, also when the caller does not name it', async () => {
    await published('changed');
    const { data } = await server.graphql('{ test(slug: "changed") { revision } }');
    expect(data.test.revision).toBe(2);
    const expected = {
      __typename: 'SaveProgressSuccess', result: { test: { revision: 1, name: 'Тест changed' }, report: { sum: 3, scales: [{ max: 4 }] } },
    };
    expect(await save({ test: 'changed', answers: smallAnswers })).toMatchObject(expected);
    expect(await save({ test: 'changed', answers: smallAnswers, revision: 1 })).toMatchObject(expected);
  });

  it('are not taken for answers to the edition that they do not name', async () => {
    const same = smallTest('same', { paid: false });
    await server.publish(same);
    await server.publish({ ...same, scales: [] });
    expect((await save({ test: 'same', answers: smallAnswers, revision: 1 })).result.test.revision).toBe(1);
    expect((await save({ test: 'same', answers: smallAnswers, revision: 2 })).result.test.revision).toBe(2);
    expect((await save({ test: 'same', answers: smallAnswers })).result.test.revision).toBe(2);
    await published('named');
    expect(await save({ test: 'named', answers: smallAnswers, revision: 2 })).toMatchObject({ __typename: 'AnswersInvalidProblem' });
  });

  it('that fit no edition are refused for what is wrong with them in the present one', async () => {
    await published('misfit');
    const answers = [...smallAnswers.slice(0, 2), { questionId: '9', values: ['1'] }];
    expect(await save({ test: 'misfit', answers })).toMatchObject({
      __typename: 'AnswersInvalidProblem', issues: [{ code: 'UNKNOWN_QUESTION' }, { code: 'MISSING' }],
    });
    expect(await save({ test: 'misfit', answers, revision: 1 })).toMatchObject({ __typename: 'AnswersInvalidProblem' });
  });

  it('are refused when the grace is over, counted from the change and not from the edition', async () => {
    await published('late');
    await age('late', 59);
    expect(await save({ test: 'late', answers: smallAnswers, revision: 1 })).toMatchObject({ __typename: 'SaveProgressSuccess' });
    await age('late', 2);
    expect(await save({ test: 'late', answers: smallAnswers, revision: 1 })).toEqual({
      __typename: 'RevisionClosedProblem', code: 'REVISION_CLOSED', publishedRevision: 2, message: expect.stringMatching(/revision 2/),
    });
    expect(await save({ test: 'late', answers: smallAnswers })).toMatchObject({ __typename: 'AnswersInvalidProblem' });
  });

  it.each([0, -1, 3, 2_147_483_647])('are refused for the edition %d, which never was', async (revision) => {
    const test = `never${revision}`;
    await published(test);
    expect(await save({ test, answers: smallAnswers, revision })).toMatchObject({ __typename: 'RevisionClosedProblem', publishedRevision: 2 });
  });

  it('are taken by a server that has not heard of the change yet', async () => {
    const [first, second] = editions('unheard');
    await server.publish(first);
    const { database, licensing, now } = server.app.services;
    const catalogue = await Catalogue.open(database, () => undefined);
    await catalogue.close();
    await server.publish(second);
    const resultKeys = await ResultKeys.open(database);
    const saveProgress = new SaveProgress({ database, catalogue, licensing, now, resultKeys, isSpread: false, graceMs: 0 });
    const answers = [...smallAnswers.slice(0, 2), { questionId: '8', values: ['1'] }];
    const request = { test: 'unheard', answers, respondent: null, idempotencyKey: null, accessToken: null };
    expect(await saveProgress.execute({ ...request, revision: 2 })).toMatchObject({ kind: 'SAVED' });
    expect(await saveProgress.execute({ ...request, revision: 3 })).toMatchObject({ kind: 'REVISION_CLOSED' });
  });

  it('are compared with no more than the latest editions', async () => {
    const [first, second] = editions('often');
    await server.publish(first);
    for (let duration = 1; duration <= EARLIER_EDITIONS_TRIED + 1; duration += 1) await server.publish({ ...second, duration });
    expect(await save({ test: 'often', answers: smallAnswers })).toMatchObject({ __typename: 'AnswersInvalidProblem' });
    expect(await save({ test: 'often', answers: smallAnswers, revision: 1 })).toMatchObject({ __typename: 'SaveProgressSuccess' });
  });

  it('are the same request only when they name the same edition', async () => {
    await published('repeated');
    const idempotencyKey = randomUUID();
    const { resultKey } = await save({ test: 'repeated', answers: smallAnswers, revision: 1, idempotencyKey });
    await age('repeated', 61);
    expect(await save({ test: 'repeated', answers: smallAnswers, revision: 1, idempotencyKey })).toMatchObject({ resultKey, replayed: true });
    expect(await save({ test: 'repeated', answers: smallAnswers, revision: 2, idempotencyKey }))
      .toMatchObject({ __typename: 'IdempotencyKeyReusedProblem' });
  });
});
