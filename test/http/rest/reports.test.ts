import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QuestionKind } from '../../../src/catalogue/index.js';
import { shortKey } from '../../setup/base58.js';
import { quizAnswers, startQuizServer } from '../../setup/quizzes.js';
import type { RestAnswer, RestCaller } from '../../setup/rest-calls.js';
import { smallTest } from '../../setup/small-tests.js';
import type { TestServer } from '../../setup/test-server.js';

let server: TestServer;
let call: RestCaller;
/** RESULT_KEY of a free test. */
let key: string;
beforeAll(async () => {
  [server, call] = await startQuizServer();
  key = await save('basic', quizAnswers.basic);
});
afterAll(() => server.close());

async function save(test: string, progress: unknown): Promise<string> {
  return (await call('POST /partner/api/v3/progress/save', { json: { test, progress } })).json.result_key;
}

const report = (result_key: string, format: string): Promise<RestAnswer> =>
  call('GET /partner/api/v3/result/get', { query: { result_key, format } });

describe('a map in the JSON of a report', () => {
  type Groups = (string | undefined)[];
  it.each<[keys: string, groups: Groups, values: string[], answer: string[], VALUES: RegExp, GROUPS: RegExp]>([
    ['0, 1, 2 is a list', ['a'], ['0', '1', '2'], ['1'], /^\[\{.*\},\{.*\},\{.*\}\]$/, /^\{"a":\{.*\}\}$/],
    ['2, 1, 0 is an object in this order', ['b', 'a'], ['2', '1', '0'], ['1'], /^\{"2":.*"1":.*"0":/, /^\{"b":.*"a":/],
    ['1, 2 is an object', [undefined], ['1', '2'], ['1'], /^\{"1":.*"2":/, /^\[\]$/],
    ['0, 2 is an object', [undefined], ['0', '2'], ['0'], /^\{"0":.*"2":/, /^\[\]$/],
    ['00, 1 is an object', [undefined], ['00', '1'], ['1'], /^\{"00":.*"1":/, /^\[\]$/],
    ['0 is a list', ['a', undefined], ['0'], ['0'], /^\[\{.*\}\]$/, /^\{"a":/],
    ['0, 1 and that of a skipped question is an object', ['a'], ['0', '1'], [], /^\{"0":.*"1":.*"":/, /^\{"a":/],
    ['0, 1 and a word is an object', ['a'], ['0', '1', 'none'], ['0'], /^\{"0":.*"1":.*"none":/, /^\{"a":/],
  ])('with the keys %s', async (keys, groups, values, answer, VALUES, GROUPS) => {
    const slug = `keys-${keys.replaceAll(/\W+/g, '-').toLowerCase()}`.slice(0, 50).replace(/-$/, '');
    const questions = groups.map((group, index) => ({
      id: String(index), kind: QuestionKind.OPTION, name: { ru: 'Вопрос' }, ...(group && { group }),
      options: values.map((value) => ({ value, text: { ru: value } })),
    }));
    await server.publish({ ...smallTest(slug, { paid: false }), questions, scales: [] });
    const { text } = await report(await save(slug, questions.map(({ id }) => [id, answer])), 'json');
    const [, ...maps] = /"VALUES":(.*),"REPEATS":(.*),"NON_NEGATIVE_ANSWER_VALUES_SUM":\d+,"GROUPS":(.*)\}$/.exec(text)!;
    expect(maps).toEqual([VALUES, VALUES, GROUPS].map((form) => expect.stringMatching(form)));
  });

  it('has the values in the order in which they come first, in the options or the answers', async () => {
    const progress = [['1', 'b'], ['2', ['3']], ['3', []], ['4', ['16', 'сад']], ['5', '0']];
    const { text } = await report(await save('mixed', progress), 'json');
    const [, values] = /"VALUES":\{(.*)\},"REPEATS"/.exec(text)!;
    expect([...values!.matchAll(/"([^"]*)":\{/g)].map(([, value]) => value))
      .toEqual(['a', 'b', '1', '2', '3', 'x', 'y', 'z', '', '16', 'дом', 'сад', '-1', '0']);
  });
});

describe('a report by REST', () => {
  it('as JSON has what the platform told, and the share of each group in the whole', async () => {
    const { headers, json } = await report(key, 'json');
    expect(headers.get('content-type')).toMatch(/^application\/json\b/);
    expect(json.GROUPS).toEqual({ alpha: { SUM: 3, SCALE: 75, SCALE_OF_ALL: 50 }, beta: { SUM: 0, SCALE: 0, SCALE_OF_ALL: 0 } });
    expect(Object.keys(json)).toEqual(['SUM', 'SCALE', 'VALUES', 'REPEATS', 'NON_NEGATIVE_ANSWER_VALUES_SUM', 'GROUPS']);
  });

  it('as html is a fragment to put into a page', async () => {
    const { headers, text } = await report(key, 'html');
    expect(headers.get('content-type')).toMatch(/^text\/html; charset=utf-8$/i);
    expect(text).not.toMatch(/<!doctype|<html|<head\b|<body|<script|<link/i);
    expect(text).toMatch(/^<section.*<\/section>\n?$/s);
  });

  it('as pdf is a file that is named by the time', async () => {
    const times = [Date.now()];
    const { headers, bytes } = await report(key, 'pdf');
    times.push(Date.now());
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(times.map((time) => `attachment; filename=report_${inMoscow(time)}.pdf`))
      .toContain(headers.get('content-disposition'));
  });

  it.each(['json', 'html', 'pdf'])('as %s is kept by nobody but its reader, who need not take it twice', async (format) => {
    const { headers } = await report(key, format);
    expect(headers.get('cache-control')).toBe('private, no-cache');
    const again = await fetch(new URL(`/partner/api/v3/result/get?result_key=${key}&format=${format}`, server.url),
      { headers: { 'if-none-match': headers.get('etag')! } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('has the same JSON by every version, and the same form', async () => {
    const [v3, v2, v1] = [
      await report(key, 'json'),
      await call('GET /partner/api/v2/result/get', { query: { result_key: key, format: 'json' } }),
      await call('GET /tests/api/v1/result/1/', { query: { key, format: 'json' } }),
    ];
    expect([v2.text, v1.text]).toEqual([v3.text, v3.text]);
    expect((await call('GET /tests/api/v1/result/1/', { query: { key } })).text).toBe((await report(key, 'html')).text);
  });

  it('is found by its key in capitals and by its short form', async () => {
    for (const written of [key.toUpperCase(), shortKey(key)]) {
      const query = { result_key: written, key: written, format: 'json' };
      for (const path of ['/partner/api/v3/result/get', '/partner/api/v2/result/get', '/tests/api/v1/result/1/']) {
        expect(await call(`GET ${path}`, { query })).toMatchObject({ status: 200, json: { SUM: 3 } });
      }
    }
  });

  it('is not found by what is nearly its key', async () => {
    const short = shortKey(key);
    const others = [
      key.replaceAll('-', ''), `{${key}}`, ` ${key}`, `${key} `,
      `1${short}`, short.slice(1), '0OIl'.padEnd(22, '1'), 'z'.repeat(22),
    ];
    for (const written of others) expect((await report(written, 'json')).status).toBe(404);
  });
});

describe('what is no report', () => {
  it.each(['GET /tests/api/v1/info/basic/', 'GET /tests/api/v1/first/basic/'])('is JSON that nobody keeps: %s', async (ask) => {
    const { headers } = await call(ask);
    expect(headers.get('content-type')).toMatch(/^application\/json\b/);
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

/** Such as `22.11.2026_09.05`, in the time zone of the seller. */
function inMoscow(time: number): string {
  const [year, month, day, hour, minute] = new Date(time + 3 * 3_600_000).toISOString().split(/[-T:]/);
  return `${day}.${month}.${year}_${hour}.${minute}`;
}
