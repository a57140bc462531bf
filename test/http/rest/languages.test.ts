import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readPdf } from '../../printing/read-pdf.js';
import { quizAnswers, startQuizServer } from '../../setup/quizzes.js';
import type { RestAnswer, RestCaller, RestParameters } from '../../setup/rest-calls.js';
import type { TestClient, TestServer } from '../../setup/test-server.js';

let server: TestServer;
let call: RestCaller;
let client: TestClient;
/** RESULT_KEYs of the client. */
let basic: string;
let mixed: string;
beforeAll(async () => {
  [server, call] = await startQuizServer();
  client = await server.client();
  [basic, mixed] = [await attached('basic', quizAnswers.basic), await attached('mixed', quizAnswers.mixed)];
});
afterAll(() => server.close());

async function attached(test: string, progress: unknown): Promise<string> {
  const { result_key } = (await call('POST /partner/api/v3/progress/save', { json: { test, progress } })).json;
  await client.attach(result_key, 'anna');
  return result_key;
}

const inEnglish = (ask: string): string => ask.replace(' ', ' /en');
const info = { query: { questions: 'true' } };
const report = (format: string) => (): RestParameters => ({ query: { result_key: basic, format } });

describe('the address alone chooses the language', () => {
  const russian = ['Вступление.', 'Высокий: 50%', 'Заключение.'];
  const english = ['Intro.', 'High: 50%', 'Outro.'];
  it.each<[ask: string, parameters: RestParameters | (() => RestParameters), ru: string[], en: string[]]>([
    ['GET /tests/api/v1/info/basic/', info,
      ['Простой опрос', 'Три вопроса', 'Отвечайте быстро.', 'Вопрос А1', 'Ада', '"/tests/author/ada/"'],
      ['Simple Quiz', 'Three questions', 'Answer quickly.', 'Question A1', 'Ada', '"/en/tests/author/ada/"']],
    ['GET /tests/api/v1/first/mixed/', {}, ['Пояснение', 'Неверно'], ['Explanation', 'Wrong']],
    ['GET /tests/api/v1/next/mixed/', { query: { q: '3' } }, ['Число'], ['Number']],
    ['GET /tests/api/v1/prev/mixed/', { query: { q: '2' } }, ['Пояснение', 'Неверно'], ['Explanation', 'Wrong']],
    ['GET /tests/api/v1/result/1/', () => ({ query: { key: basic } }), russian, english],
    ['GET /tests/api/v1/result/1/', () => ({ query: { key: basic, format: 'pdf' } }), russian, english],
    ['GET /partner/api/v2/result/get', report('pdf'), russian, english],
    ['GET /partner/api/v3/result/get', report('html'), russian, english],
    ['GET /partner/api/v3/result/get', report('pdf'), russian, english],
    ['GET /partner/api/v3/answers/get', () => ({ query: { client_key: client.key, result_key: mixed } }),
      ['Пояснение', 'Число', 'дом'], ['Explanation', 'Number', 'house']],
  ])('of %s', async (ask, parameters, ru, en) => {
    const given = typeof parameters === 'function' ? parameters() : parameters;
    const texts = await Promise.all([ask, inEnglish(ask)].map(async (each) => shown(await call(each, given))));
    const missing = [ru, en].map((words, language) => words.filter((word) => !texts[language]!.includes(word)));
    expect(missing).toEqual([[], []]);
    expect(ru.filter((word) => texts[1]!.includes(word))).toEqual([]);
  });

  it('neither a header nor a parameter', async () => {
    const address = new URL('/tests/api/v1/info/basic/?locale=en&lang=en&_locale=en', server.url);
    const response = await fetch(address, { headers: { 'accept-language': 'en' } });
    expect(await response.json()).toMatchObject({ name: 'Простой опрос' });
  });
});

/** What a reader sees, without line breaks. */
async function shown({ headers, bytes, text }: RestAnswer): Promise<string> {
  if (headers.get('content-type') !== 'application/pdf') return text;
  const { items } = await readPdf(bytes);
  return items.flat().map((item) => item.text).join(' ');
}

describe('a text that is not translated', () => {
  it("is in the test's own language", async () => {
    expect((await call('GET /en/tests/api/v1/info/ru-only/')).json)
      .toMatchObject({ name: 'Опрос по-русски', description: '<p>Four questions</p>', instruction: null });
    expect((await call('GET /en/tests/api/v1/next/basic/?q=11')).json).toMatchObject({ question: { name: 'Вопрос А2' } });
  });
});

describe('a calculation', () => {
  it('is the same in both languages: a text is right in either', async () => {
    const changed = quizAnswers.mixed.map(([id, values]) => (id === '4' ? [id, ['16', 'house']] : [id, values]));
    for (const [key, sum] of [[mixed, 4], [await attached('mixed', changed), 4], [basic, 3]] as const) {
      const query = { result_key: key, format: 'json' };
      const ask = 'GET /partner/api/v3/result/get';
      const [ru, en] = [await call(ask, { query }), await call(inEnglish(ask), { query })];
      expect(ru.json.SUM).toBe(sum);
      expect(en.text).toBe(ru.text);
    }
  });
});
