import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startQuizServer } from '../../setup/quizzes.js';
import { refusal, type RestCaller, type RestParameters } from '../../setup/rest-calls.js';
import type { Json, TestClient, TestServer } from '../../setup/test-server.js';

let server: TestServer;
let call: RestCaller;
let client: TestClient;
let userKey: string;
beforeAll(async () => {
  [server, call] = await startQuizServer();
  client = await server.client();
  userKey = (await client.register('anna')).user.key;
});
afterAll(() => server.close());

const FORM = 'application/x-www-form-urlencoded';

/** How each version saves; the answers come in the parameter `progress`. */
const savings = {
  v1: () => 'POST /tests/api/v1/save/mixed/',
  v2: () => `POST /partner/api/v2/progress/save?test=mixed&user_key=${userKey}`,
  v3: () => 'POST /partner/api/v3/progress/save?test=mixed',
} as const;
type Version = keyof typeof savings;

/** Saves, and reads what the client is told of the answers. */
async function sheet(version: Version, parameters: RestParameters): Promise<Json> {
  const { status, json } = await call(savings[version](), parameters);
  expect({ status, json }).toEqual({ status: 200, json: { [version === 'v1' ? 'key' : 'result_key']: expect.any(String) } });
  const result_key = json.result_key ?? json.key;
  const form = { client_key: client.key, result_key };
  expect((await call('POST /partner/api/v3/result/attach', { form: { ...form, user_id: 'anna' } })).status).toBe(200);
  return (await call('POST /partner/api/v3/answers/get', { form })).json;
}

/** The values that are marked in a sheet of answers, by question. */
const opted = (rows: Json): Json => Object.fromEntries(rows.map(({ id, items }: Json) =>
  [id, items.filter((item: Json) => item.opted).map(({ value }: Json) => value)]));

const pairs = [['1', ['a']], ['2', ['1', '2']], ['3', ['x', 'y', 'z']], ['4', ['16', 'дом']], ['5', ['1']]];
const byQuestion = { 1: ['a'], 2: ['1', '2'], 3: ['x', 'y', 'z'], 4: ['16', 'дом'], 5: ['1'] };
/** All but the first, in brackets that somebody wrote by hand. */
const lists = [
  'progress[1][]=2&progress[1][1][]=1&progress[1][1][]=2',
  'progress[2][]=3&progress[2][1][]=x&progress[2][1][]=y&progress[2][1][]=z',
  'progress[3][0]=4&progress[3][1][0]=16&progress[3][1][1]=дом',
  'progress[4][0]=5&progress[4][1]=1',
].join('&');

describe('every form of progress means the same answers', () => {
  it.each<[what: string, parameters: RestParameters, versions?: Version[]]>([
    ['JSON text in a form', { form: { progress: JSON.stringify(pairs) } }, ['v1', 'v3']],
    ['JSON text in a multipart form', { multipart: { progress: JSON.stringify(pairs) } }, ['v1', 'v3']],
    ['JSON text in the query', { query: { progress: JSON.stringify(pairs) } }, ['v1', 'v3']],
    ['JSON text in JSON', { json: { progress: JSON.stringify(pairs) } }, ['v1', 'v3']],
    ['JSON text of an object', { form: { progress: JSON.stringify(byQuestion) } }, ['v1', 'v3']],
    ['pairs in JSON', { json: { progress: pairs } }],
    ['an object in JSON', { json: { progress: byQuestion } }],
    ['pairs in JSON under the type of a form', { raw: [FORM, JSON.stringify({ progress: pairs })] }],
    ['pairs in JSON under no type', { raw: [null, JSON.stringify({ progress: pairs })] }],
    ['numbered brackets in a form', { form: { progress: pairs } }],
    ['numbered brackets in a multipart form', { multipart: { progress: pairs } }],
    ['numbered brackets in the query', { query: { progress: pairs } }],
    ['empty brackets in a form', { raw: [FORM, `progress[0][]=1&progress[0][]=a&${lists}`] }],
    ['percent-encoded brackets in a form', { raw: [FORM, `progress%5B0%5D%5B0%5D=1&progress%5b0%5d%5b1%5d%5b%5d=a&${lists}`] }],
    ['questions in brackets of a form', { form: { progress: byQuestion } }],
    ['questions in brackets of the query', { query: { progress: byQuestion } }],
    ['one value without a list', { json: { progress: [['1', 'a'], ...pairs.slice(1, 4), ['5', '1']] } }],
    ['one value of a question without a list', { json: { progress: { ...byQuestion, 1: 'a', 5: '1' } } }],
    ['numbers', { json: { progress: [[1, 'a'], [2, [1, 2]], [3, ['x', 'y', 'z']], [4, [16, 'дом']], [5, 1]] } }],
    ['ids that begin with 0', { json: { progress: [['01', ['a']], ...pairs.slice(1)] } }],
    ['another order', { json: { progress: [...pairs].reverse() } }],
    ['a question twice, of which the last counts', { json: { progress: [['1', ['b']], ...pairs] } }],
  ])('%s', async (_, parameters, versions = ['v1', 'v2', 'v3']) => {
    for (const version of versions) expect(opted(await sheet(version, parameters))).toEqual(byQuestion);
  });
});

describe('every form of a skipped question means that it was skipped', () => {
  const others = pairs.slice(1);
  it.each<[what: string, parameters: RestParameters]>([
    ['an empty list', { json: { progress: [['1', []], ...others] } }],
    ['null', { json: { progress: [['1', null], ...others] } }],
    ['a list of null', { json: { progress: [['1', [null]], ...others] } }],
    ['no values', { json: { progress: [['1'], ...others] } }],
    ['an empty list of an object', { json: { progress: { ...byQuestion, 1: [] } } }],
    ['no values in a form', { form: { progress: [['1', []], ...others] } }],
    ['an empty value in a form', { form: { progress: [['1', ''], ...others] } }],
    ['a list of an empty value in a form', { form: { progress: { ...byQuestion, 1: [''] } } }],
  ])('%s', async (_, parameters) => {
    for (const version of ['v1', 'v2', 'v3'] as const) {
      expect(opted(await sheet(version, parameters))).toEqual({ ...byQuestion, 1: [] });
    }
  });
});

describe('an answer sheet', () => {
  it('lists the questions in the order of the test, and what was chosen, also of texts', async () => {
    const progress = [...pairs.slice(1, 4), ['4', ['16', 'сад']], ['5', '0'], ['1', ['b']]];
    const rows = await sheet('v3', { json: { progress } });
    const item = (text: string, value: string, chosen: boolean): object => ({ text, value, opted: chosen });
    expect(rows).toEqual([
      { id: 1, name: 'Option', text: 'Пояснение', items: [item('A', 'a', false), item('B', 'b', true)] },
      { id: 2, name: 'Checkbox', text: null, items: [item('One', '1', true), item('Two', '2', true), item('Three', '3', false)] },
      { id: 3, name: 'Rating', text: null, items: [item('X', 'x', true), item('Y', 'y', true), item('Z', 'z', true)] },
      { id: 4, name: 'Text', text: null, items: [item('Число', '16', true), item('Слово', 'дом', false)] },
      // A gradient takes what lies between its ends.
      { id: 5, name: 'Gradient', text: null, items: [item('Left', '-1', false), item('Right', '1', false)] },
    ]);
  });
});

describe('answers that are refused leave nothing behind', () => {
  const MALFORMED = /^The "progress" parameter has to list pairs of a question id and its values, such as /;
  const changed = (index: number, pair: unknown): unknown[] => pairs.map((each, place) => (place === index ? pair : each));

  it.each<[what: string, progress: unknown, status: number, message: RegExp]>([
    ['an unknown value', changed(0, ['1', ['c']]), 412, /^Question "1" does not offer the value "c"\.$/],
    ['an unknown question', changed(0, ['6', ['a']]), 412, /^The test has no question "6"\. \(and 1 more\)$/],
    ['a word in the place of a question', changed(0, ['word', ['a']]), 412, /^The test has no question "word"/],
    ['two values where one is taken', changed(0, ['1', ['a', 'b']]), 412, /^Question "1" takes at most 1 value, 2 were given\.$/],
    ['one value twice', changed(1, ['2', ['1', '1']]), 412, /^Question "2" has one value twice\.$/],
    ['beyond the end of a gradient', changed(4, ['5', ['2']]), 412, /^Question "5" does not offer the value "2"\.$/],
    ['no answer to a question', pairs.slice(1), 412, /^Not matching answers count\.$/],
    ['values that are lists', changed(0, ['1', [['a']]]), 400, MALFORMED],
    ['values that are objects', changed(0, ['1', [{ a: 'a' }]]), 400, MALFORMED],
    ['a list in the place of a question', changed(0, [['1'], ['a']]), 400, MALFORMED],
    ['a word in the place of a pair', changed(0, 'word'), 400, MALFORMED],
    ['words in the place of pairs', ['word'], 400, MALFORMED],
  ])('%s', async (_, progress, status, message) => {
    const stored = () => server.sql('select id from result order by id');
    const before = await stored();
    for (const version of Object.keys(savings) as Version[]) {
      expect(refusal(await call(savings[version](), { json: { progress } }))).toEqual([status, expect.stringMatching(message)]);
    }
    expect(await stored()).toEqual(before);
  });
});
