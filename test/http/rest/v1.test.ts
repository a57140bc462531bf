import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { quizAnswers, startQuizServer } from '../../setup/quizzes.js';
import type { RestCaller } from '../../setup/rest-calls.js';
import { type RefusedRow, refusesInOrder } from '../../setup/rest-refusals.js';
import type { Json, TestServer } from '../../setup/test-server.js';

let server: TestServer;
let call: RestCaller;
/** RESULT_KEYs: of a free test, and of a paid one that is nobody's. */
let free: string;
let guest: string;

beforeAll(async () => {
  [server, call] = await startQuizServer();
  [free, guest] = [await saved('basic'), await saved('paid')];
});
afterAll(() => server.close());

async function saved(test: 'basic' | 'paid'): Promise<string> {
  return (await call(`POST /tests/api/v1/save/${test}/`, { json: { progress: quizAnswers[test] } })).json.key;
}

const NOBODY = '0190cb2e-0000-7000-8000-000000000009';
const NO_CHOICE = 'Invalid value for "questions". Only "true" or "false" is expected.';
const NO_PROGRESS = 'The required "progress" parameter is missing!';
const WRONG_COUNT = 'Not matching answers count.';
const NO_KEY = 'The required "key" parameter is missing.';
const unknownTest = (name: string): string => `Test not found with the provided "test" value: "${name}".`;
const unknownTests = (name: string): RefusedRow => ['nothing, of an unknown test', {}, 404, unknownTest(name)];

refusesInOrder(() => call, ['GET'], '/tests/api/v1/info/nothing/', [unknownTests('nothing')]);
refusesInOrder(() => call, ['GET'], '/tests/api/v1/info/44/', [unknownTests('44')]);
refusesInOrder(() => call, ['GET'], '/tests/api/v1/info/basic/', ['1', '0', 'TRUE', 'yes'].map((questions): RefusedRow =>
  [`questions=${questions}`, { questions }, 400, NO_CHOICE]));

refusesInOrder(() => call, ['GET'], '/tests/api/v1/first/nothing/', [unknownTests('nothing')]);
for (const step of ['next', 'prev']) {
  refusesInOrder(() => call, ['GET'], `/tests/api/v1/${step}/nothing/`, [unknownTests('nothing')]);
  refusesInOrder(() => call, ['GET'], `/tests/api/v1/${step}/basic/`, [
    ['nothing', {}, 400, 'Parameter q is required.'],
    ['an empty question', { q: '' }, 400, 'Parameter q is required.'],
    ['an unknown question', { q: '12' }, 404, 'The test has no question "12".'],
    ['a word in the place of a question', { q: 'word' }, 404, 'The test has no question "word".'],
    [`the question without one to be ${step}`, { q: step === 'next' ? '7' : '11' }, 404, 'No more questions.'],
  ]);
}

refusesInOrder(() => call, ['GET', 'POST', 'PUT'], '/tests/api/v1/save/nothing/', [unknownTests('nothing')]);
refusesInOrder(() => call, ['GET', 'POST', 'PUT'], '/tests/api/v1/save/basic/', [
  ['nothing', {}, 400, NO_PROGRESS],
  ['an empty progress', { progress: '' }, 400, NO_PROGRESS],
  ['an empty list', { progress: '[]' }, 400, NO_PROGRESS],
  ['too few answers, before their values', { progress: [['11', ['9']], ['3', ['2']]] }, 412, WRONG_COUNT],
  ['too many answers', { progress: { 11: '1', 3: '2', 7: '0', 8: '0' } }, 412, WRONG_COUNT],
  ['an unknown question', { progress: [['11', ['1']], ['3', ['2']], ['8', ['0']]] }, 412,
    'The test has no question "8". (and 1 more)'],
]);

refusesInOrder(() => call, ['GET', 'POST', 'PUT'], '/tests/api/v1/result/1/', [
  ['nothing', {}, 400, NO_KEY],
  ['no key, before the format', { key: '0', format: 'xml' }, 400, NO_KEY],
  ['a word in the place of a key, before the format', { key: 'word', format: 'xml' }, 404, 'Result "word" not found.'],
  ['an unknown key, before the format', { key: NOBODY, format: 'xml' }, 404, `Result "${NOBODY}" not found.`],
  ['an unknown format', () => ({ key: free, format: 'xml' }), 400, 'Illegal format value xml. Must be json, html of pdf.'],
  ['an unknown format, before whose the result is', () => ({ key: guest, format: 'JSON' }), 400,
    'Illegal format value JSON. Must be json, html of pdf.'],
  ['a paid result of nobody', () => ({ key: guest }), 403, 'Result has no association with the user.'],
]);

const item = (value: string, text: string, img: string | null = ''): Json => ({ id: null, value, text, img });
/** A question of the platform's, with what most of them have. */
const question = (differences: Json): Json => ({
  type: 'option', text: null, img: null, count: null, gradient: 0, timer: 0, wrong: null, correct: null,
  enabledBack: true, enabledForward: false, showAnswer: false, ...differences,
});
const items = [item('0', 'Нет'), item('1', 'Иногда'), item('2', 'Да')];
const basic = {
  11: question({ id: 11, name: 'Вопрос А1', items }),
  3: question({ id: 3, name: 'Вопрос А2', items }),
  7: question({ id: 7, name: 'Вопрос Б1', items }),
};

describe('the info of a test', () => {
  const about = {
    name: 'Простой опрос', description: '<p>Три вопроса</p>', instruction: '<p>Отвечайте быстро.</p>',
    duration: 7, length: 3, paid: false,
    authors: [{ name: 'Ада', url: '/tests/author/ada/' }, { name: 'Буль', url: '/tests/author/boole/' }],
  };

  it.each([
    ['by its slug', 'GET /tests/api/v1/info/basic/'],
    ['by its number', 'GET /tests/api/v1/info/41/'],
    ['with questions=false', 'GET /tests/api/v1/info/basic/?questions=false'],
  ])('has an empty list in the place of questions: %s', async (_, ask) => {
    expect((await call(ask)).json).toEqual({ ...about, questions: [] });
  });

  it('has the questions by their ids, in the order of the test', async () => {
    const { json, text } = await call('GET /tests/api/v1/info/basic/?questions=true');
    expect(json).toEqual({ ...about, questions: basic });
    expect([...text.matchAll(/"(\d+)":\{"id":/g)].map(([, id]) => id)).toEqual(['11', '3', '7']);
  });

  it('has questions of every kind, but not the right answers of texts', async () => {
    const { json } = await call('GET /tests/api/v1/info/mixed/?questions=true');
    expect(json).toMatchObject({ length: 5, instruction: null, authors: [] });
    expect(Object.values(json.questions)).toEqual([
      question({
        id: 1, name: 'Option', text: 'Пояснение', img: 'pics/one.png', wrong: 'Неверно', correct: 'Верно',
        enabledBack: false, enabledForward: true, showAnswer: true, items: [item('a', 'A'), item('b', 'B', 'pics/b.png')],
      }),
      question({
        id: 2, name: 'Checkbox', type: 'checkbox', count: '2', items: [item('1', 'One'), item('2', 'Two'), item('3', 'Three')],
      }),
      question({ id: 3, name: 'Rating', type: 'rating', items: [item('x', 'X'), item('y', 'Y'), item('z', 'Z')] }),
      question({ id: 4, name: 'Text', type: 'text', items: [item('', 'Число', null), item('', 'Слово', null)] }),
      question({ id: 5, name: 'Gradient', type: 'gradient', timer: 20, items: [item('-1', 'Left'), item('1', 'Right')] }),
    ]);
  });

  it('has the number of questions, whether or not they are asked for', async () => {
    for (const questions of ['true', 'false']) {
      expect((await call(`GET /tests/api/v1/info/paid/?questions=${questions}`)).json).toMatchObject({ length: 4, paid: true });
    }
  });
});

describe('the questions one by one', () => {
  it('are the first, then each next one, and back', async () => {
    const placed = [basic[11], basic[3], basic[7]].map((each, index) => ({ question: each, number: index + 1, length: 3 }));
    for (const test of ['basic', '41']) {
      expect((await call(`GET /tests/api/v1/first/${test}/`)).json).toEqual(placed[0]);
      expect((await call(`GET /tests/api/v1/next/${test}/?q=11`)).json).toEqual(placed[1]);
      expect((await call(`GET /tests/api/v1/next/${test}/?q=3`)).json).toEqual(placed[2]);
      expect((await call(`GET /tests/api/v1/prev/${test}/?q=7`)).json).toEqual(placed[1]);
      expect((await call(`GET /tests/api/v1/prev/${test}/?q=3`)).json).toEqual(placed[0]);
    }
  });
});

describe('a saved result of a guest', () => {
  it('is saved by the slug or the number of the test, and read under any number', async () => {
    const { json: { key } } = await call('POST /tests/api/v1/save/41/', { form: { progress: quizAnswers.basic } });
    for (const number of ['1', '41', '0', '00', '98765432109876543210']) {
      expect((await call(`GET /tests/api/v1/result/${number}/?key=${key}&format=json`)).json).toMatchObject({ SUM: 3, SCALE: 50 });
    }
    expect((await call(`GET /tests/api/v1/result/basic/?key=${key}`)).status).toBe(404);
  });

  it('is a fragment of a page unless another form is asked for', async () => {
    const page = await call(`GET /tests/api/v1/result/1/?key=${free}&format=html`);
    for (const format of ['', '0']) {
      expect((await call(`GET /tests/api/v1/result/1/?key=${free}&format=${format}`)).text).toBe(page.text);
    }
    expect((await call(`GET /tests/api/v1/result/1/?key=${free}`)).text).toBe(page.text);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  });
});
