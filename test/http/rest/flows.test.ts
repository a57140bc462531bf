import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startQuizServer } from '../../setup/quizzes.js';
import { encodings, type RestAnswer, type RestCaller } from '../../setup/rest-calls.js';
import type { Json, TestClient, TestServer } from '../../setup/test-server.js';

let server: TestServer;
let call: RestCaller;
beforeAll(async () => {
  [server, call] = await startQuizServer();
});
afterAll(() => server.close());

/** What everybody answers here. */
const paidAnswers = [['1', ['key']], ['2', ['no']], ['3', ['3']], ['4', ['5']]];
const paidReport = { SUM: 9, SCALE: 90, GROUPS: { iq: { SUM: 1, SCALE: 50 }, mood: { SUM: 3, SCALE: 100 } } };
const mixedChoice: Readonly<Record<string, readonly string[]>> =
  { option: ['a'], checkbox: ['1', '2'], rating: ['z', 'y', 'x'], text: ['16', 'дом'], gradient: [] };
const mixedReport = { SUM: 3, SCALE: 75, NON_NEGATIVE_ANSWER_VALUES_SUM: 9, GROUPS: { g: { SUM: 1, SCALE: 50 } } };

/** Answers to questions as a page that shows them collects them. */
const answersTo = (questions: readonly Json[]): unknown[] => questions.map(({ id, type }) => [String(id), mixedChoice[type]]);

const partners = Object.keys(encodings).flatMap((sends) => (['', '/en'] as const).map((language) => ({ sends, language })));

describe.each(partners)('a partner that sends by $sends under "$language"', ({ sends, language }) => {
  const encoded = encodings[sends as keyof typeof encodings];
  const title = language ? 'All Kinds' : 'Всякие вопросы';

  const registered = (): Promise<TestClient> => server.client({ name: 'School', licenseLimit: 1 });

  /** Sends parameters in the partner's way; who sends by query does so by GET where it may. */
  async function send(path: string, parameters: object): Promise<RestAnswer> {
    const method = sends === 'query' && !path.includes('/v3/') ? 'GET' : 'POST';
    return succeeded(await call(`${method} ${language}${path}`, encoded(parameters)));
  }

  /** Asks for a test or its questions, which everybody does by GET. */
  const read = async (path: string): Promise<Json> => succeeded(await call(`GET ${language}${path}`)).json;

  it('does the whole flow of v2', async () => {
    const client = await registered();
    const { json: { user_key } } = await send('/partner/api/v2/user/register', { client: client.key, user_id: 'anna' });
    const run = { test: 'paid', user_key, progress: paidAnswers };
    const { json: { result_key } } = await send('/partner/api/v2/progress/save', run);
    expect((await send('/partner/api/v2/result/get', { result_key, format: 'json' })).json).toMatchObject(paidReport);
    isPdf(await send('/partner/api/v2/result/get', { result_key, format: 'pdf' }));

    const saved = await send('/partner/api/v3/progress/save', { test: 'paid', progress: JSON.stringify(paidAnswers) });
    const guest = saved.json.result_key;
    expect((await send('/partner/api/v2/result/attach', { result_key: guest, user_key })).json).toEqual({ status: true });
    expect((await send('/partner/api/v2/result/get', { result_key: guest, format: 'json' })).json).toMatchObject(paidReport);
    expect(await server.holdings(client)).toEqual({ users: 1, licenses: 1, counter: 1, attached: 2 });
  });

  it('does the whole flow of v3', async () => {
    const client = await registered();
    const { questions, length } = await read('/tests/api/v1/info/mixed/?questions=true');
    const progress = JSON.stringify(answersTo(Object.values(questions)));
    expect(JSON.parse(progress)).toHaveLength(length);
    const { json: { result_key } } = await send('/partner/api/v3/progress/save', { test: 'mixed', progress });
    const named = { client_key: client.key, result_key };
    expect((await send('/partner/api/v3/result/attach', { ...named, user_id: 'anna' })).json).toEqual({ status: true });

    expect((await send('/partner/api/v3/result/get', { result_key, format: 'json' })).json).toMatchObject(mixedReport);
    expect((await send('/partner/api/v3/result/get', { result_key, format: 'html' })).text).toContain(title);
    isPdf(await send('/partner/api/v3/result/get', { result_key, format: 'pdf' }));
    const { json: sheet } = await send('/partner/api/v3/answers/get', named);
    expect(sheet.map(({ items }: Json) => items.map(({ opted }: Json) => opted))).toEqual(
      [[true, false], [true, true, false], [true, true, true], [true, true], [false, false]]);
    expect((await send('/partner/api/v3/client/authenticate-by-token', { token: client.key })).json)
      .toEqual({ name: 'School', key: client.key });
    expect(await server.holdings(client)).toEqual({ users: 1, licenses: 1, counter: 1, attached: 1 });
  });

  it('asks by v1 question by question, and reads the result of a guest', async () => {
    let place = await read('/tests/api/v1/first/mixed/');
    const questions = [place.question];
    while (place.number < place.length) {
      place = await read(`/tests/api/v1/next/mixed/?q=${place.question.id}`);
      questions.push(place.question);
    }
    const { json: { key } } = await send('/tests/api/v1/save/mixed/', { progress: answersTo(questions) });
    expect((await send('/tests/api/v1/result/42/', { key, format: 'json' })).json).toMatchObject(mixedReport);
    expect((await send('/tests/api/v1/result/42/', { key })).text).toContain(title);
    isPdf(await send('/tests/api/v1/result/42/', { key, format: 'pdf' }));
  });
});

describe('all of them', () => {
  it('get equal reports for equal answers', async () => {
    const kinds = await server.sql<{ slug: string }>(
      'select distinct slug, answers::text, calculation::text from result join test on test.id = test_id order by slug');
    expect(kinds.map(({ slug }) => slug)).toEqual(['mixed', 'paid']);
    expect(await server.sql('select id from result')).toHaveLength(partners.length * 4);
  });
});

function succeeded(answer: RestAnswer): RestAnswer {
  expect({ status: answer.status, error: answer.json?.error }).toEqual({ status: 200, error: undefined });
  return answer;
}

function isPdf({ bytes }: RestAnswer): void {
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
}
