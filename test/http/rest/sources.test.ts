import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { quizAnswers, startQuizServer } from '../../setup/quizzes.js';
import { refusal, type RestCaller, type RestParameters } from '../../setup/rest-calls.js';
import type { TestClient, TestServer } from '../../setup/test-server.js';

let server: TestServer;
let call: RestCaller;
let client: TestClient;
beforeAll(async () => {
  [server, call] = await startQuizServer();
  client = await server.client();
});
afterAll(() => server.close());

const AUTHENTICATE = 'POST /partner/api/v3/client/authenticate-by-token';
const NO_TOKEN = `Missing the required parameter "token".'`;
const NO_PROGRESS = 'The required "progress" parameter is missing!';
const UNKNOWN = 'The client "word" not found.';
const FORM = 'application/x-www-form-urlencoded';

describe('of a parameter that is sent twice', () => {
  const key = (): object => ({ token: client.key });
  it.each<[what: string, parameters: () => RestParameters, refused: readonly [number, string] | null]>([
    ['the one in the query hides that in a form', () => ({ query: key(), form: { token: 'word' } }), null],
    ['the one in the query hides that in JSON', () => ({ query: key(), json: { token: 'word' } }), null],
    ['a wrong one in the query hides that in a form', () => ({ query: { token: 'word' }, form: key() }), [401, UNKNOWN]],
    ['an empty one in the query hides that in a form', () => ({ query: { token: '' }, form: key() }), [400, NO_TOKEN]],
    ['an empty one in the query hides that in a multipart', () => ({ query: { token: '' }, multipart: key() }), [400, NO_TOKEN]],
    ['an empty one in the query hides that in JSON', () => ({ query: { token: '' }, json: key() }), [400, NO_TOKEN]],
    ['a 0 in the query hides that in JSON', () => ({ query: { token: '0' }, json: key() }), [400, NO_TOKEN]],
    ['the last in a form counts', () => ({ raw: [FORM, `token=word&token=${client.key}`] }), null],
    ['the last in a form counts, also when it is empty', () => ({ raw: [FORM, `token=${client.key}&token=`] }), [400, NO_TOKEN]],
    ['the last in JSON counts', () => ({ raw: ['application/json', `{"token":"word","token":"${client.key}"}`] }), null],
  ])('%s', async (_, parameters, refused) => {
    const answer = await call(AUTHENTICATE, parameters());
    if (refused) expect(refusal(answer)).toEqual(refused);
    else expect(answer).toMatchObject({ status: 200, json: { key: client.key } });
  });
});

describe('to save by v1 the body comes first', () => {
  const [good, bad] = [quizAnswers.basic, [['11', '9']]];
  it.each<[what: string, parameters: RestParameters, refused: readonly [number, string] | null]>([
    ['a form hides the query', { query: { progress: bad }, form: { progress: good } }, null],
    ['JSON hides the query', { query: { progress: bad }, json: { progress: good } }, null],
    ['a wrong form hides the query', { query: { progress: good }, form: { progress: bad } }, [412, 'Not matching answers count.']],
    ['an empty form hides the query', { query: { progress: good }, form: { progress: '' } }, [400, NO_PROGRESS]],
    ['without a body the query counts', { query: { progress: good } }, null],
    ['of a body without answers the query counts', { query: { progress: good }, json: { other: bad } }, null],
    ['null in JSON hides nothing', { query: { progress: good }, json: { progress: null } }, null],
  ])('%s', async (_, parameters, refused) => {
    const answer = await call('POST /tests/api/v1/save/basic/', parameters);
    if (refused) expect(refusal(answer)).toEqual(refused);
    else expect(answer).toMatchObject({ status: 200, json: { key: expect.any(String) } });
  });
});

describe('a body', () => {
  const json = () => JSON.stringify({ token: client.key });
  it.each<[what: string, parameters: () => RestParameters]>([
    ['of JSON in UTF-8', () => ({ raw: ['application/json; charset=utf-8', json()] })],
    ['of JSON by another name', () => ({ raw: ['application/vnd.partner+json', json()] })],
    ['of JSON as text', () => ({ raw: ['text/plain', json()] })],
    ['of JSON as a form, as many libraries send it', () => ({ raw: [FORM, json()] })],
    ['of JSON under no type', () => ({ raw: [null, json()] })],
    ['of JSON after white space', () => ({ raw: ['application/json', ` \n${json()}\n`] })],
    ['of a form in capitals', () => ({ raw: [FORM.toUpperCase(), `token=${client.key}`] })],
    ['of a form with more than is asked for', () => ({ form: { token: client.key, 'other[]': '1', test: 'word' } })],
    ['that is empty, beside a query', () => ({ query: { token: client.key }, raw: ['application/json', ''] })],
    ['that is broken, beside a query', () => ({ query: { token: client.key }, raw: ['application/json', '{"token":'] })],
  ])('is read: %s', async (_, parameters) => {
    expect(await call(AUTHENTICATE, parameters())).toMatchObject({ status: 200, json: { key: client.key } });
  });

  it.each<[what: string, parameters: RestParameters]>([
    ['broken JSON', { raw: ['application/json', '{"token":'] }],
    ['JSON that is a list', { json: ['token'] }],
    ['JSON that is a text', { json: 'token' }],
    ['JSON null', { json: null }],
    ['a null of JSON', { json: { token: null } }],
    ['nothing, as JSON', { raw: ['application/json', ''] }],
    ['nothing, as a form', { raw: [FORM, ''] }],
  ])('has no parameter: %s', async (_, parameters) => {
    expect(refusal(await call(AUTHENTICATE, parameters))).toEqual([400, NO_TOKEN]);
  });

  it.each<[ask: string, status: number, message: string]>([
    ['POST /partner/api/v3/progress/save', 400, 'The required "test" parameter is missing.'],
    ['POST /partner/api/v3/progress/save?test=nothing', 404, 'Test not found with the provided "test" value: "nothing".'],
    ['POST /partner/api/v3/progress/save?test=basic', 400, 'Invalid JSON provided: Syntax error'],
    ['POST /tests/api/v1/save/basic/', 400, 'Invalid JSON provided: Syntax error'],
    ['POST /partner/api/v2/progress/save?test=basic', 400, 'The required "user_key" parameter is missing.'],
    ['POST /partner/api/v3/result/get', 400, `Missing the required parameter "result_key".'`],
  ])('of broken JSON is told of only where answers are wanted: %s', async (ask, status, message) => {
    expect(refusal(await call(ask, { raw: ['application/json', '{"progress":['] }))).toEqual([status, message]);
  });
});

describe('a parameter that is no text is told of before all else', () => {
  it.each<[ask: string, name: string]>([
    ['POST /partner/api/v3/progress/save', 'test'],
    ['POST /partner/api/v3/result/attach', 'client_key'],
    ['POST /partner/api/v3/result/attach', 'result_key'],
    ['POST /partner/api/v3/result/attach', 'user_id'],
    ['POST /partner/api/v3/result/get', 'result_key'],
    ['POST /partner/api/v3/result/get', 'format'],
    ['POST /partner/api/v3/answers/get', 'client_key'],
    ['POST /partner/api/v3/answers/get', 'result_key'],
    [AUTHENTICATE, 'token'],
    ['POST /partner/api/v2/user/register', 'client'],
    ['POST /partner/api/v2/user/register', 'user_id'],
    ['POST /partner/api/v2/progress/save', 'test'],
    ['POST /partner/api/v2/progress/save', 'user_key'],
    ['POST /partner/api/v2/result/attach', 'result_key'],
    ['POST /partner/api/v2/result/attach', 'user_key'],
    ['POST /partner/api/v2/result/get', 'result_key'],
    ['POST /partner/api/v2/result/get', 'format'],
    ['POST /tests/api/v1/result/1/', 'key'],
    ['POST /tests/api/v1/result/1/', 'format'],
  ])('%s %s', async (ask, name) => {
    const sent: RestParameters[] = [
      { query: { [name]: ['a'] } }, { form: { [name]: { a: 'b' } } }, { multipart: { [name]: ['a'] } },
      ...[1, 0, true, ['a'], [], {}].map((value) => ({ json: { [name]: value } })),
    ];
    for (const parameters of sent) {
      expect(refusal(await call(ask, parameters))).toEqual([400, `The "${name}" parameter must be a string.`]);
    }
  });
});
