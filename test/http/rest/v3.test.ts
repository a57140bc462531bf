import { afterAll, beforeAll } from '@jest/globals';
import { quizAnswers, startQuizServer } from '../../setup/quizzes.js';
import type { RestCaller } from '../../setup/rest-calls.js';
import { type RefusedRow, refusesInOrder } from '../../setup/rest-refusals.js';
import type { TestClient, TestServer } from '../../setup/test-server.js';

let server: TestServer;
let call: RestCaller;
let client: TestClient;
let other: TestClient;
/** RESULT_KEYs: of a free test, of a paid one that is the client's, and of a paid one that is nobody's. */
let free: string;
let taken: string;
let guest: string;

beforeAll(async () => {
  [server, call] = await startQuizServer();
  client = await server.client();
  other = await server.client();
  [free, taken, guest] = [await saved('basic'), await saved('paid'), await saved('paid')];
  await client.attach(taken, 'anna');
});
afterAll(() => server.close());

async function saved(test: 'basic' | 'paid'): Promise<string> {
  return (await call('POST /partner/api/v3/progress/save', { json: { test, progress: quizAnswers[test] } })).json.result_key;
}

const NOBODY = '0190cb2e-0000-7000-8000-000000000009';
const NO_TEST = 'The required "test" parameter is missing.';
const NO_PROGRESS = 'The required "progress" parameter is missing!';
const BROKEN_JSON = 'Invalid JSON provided: Syntax error';
const WRONG_COUNT = 'Not matching answers count.';
// The quote at the end is the platform's.
const NO_RESULT = `Missing the required parameter "result_key".'`;
const NO_CLIENT = `Missing the required parameter "client_key".'`;
const NO_TOKEN = `Missing the required parameter "token".'`;
const NO_USER = 'The required "user_id" parameter is missing.';
const NO_FORMAT = 'The required "format" parameter is missing.';
const ANOTHER_USER = 'Another user is already associated with the result.';
const NO_USER_YET = 'Result has no association with the user.';
const unknownTest = (slug: string): string => `Test not found with the provided "test" value: "${slug}".`;
const unknownClient = (key: string): string => `The client "${key}" not found.`;
const unknownResult = (key: string): string => `Result "${key}" not found.`;
const unknownFormat = (format: string): string => `Unsupported "format" value: "${format}".`;

const empty = (progress: string): RefusedRow => [`the progress ${progress}`, { test: 'basic', progress }, 400, NO_PROGRESS];

refusesInOrder(() => call, ['POST'], '/partner/api/v3/progress/save', [
  ['nothing', {}, 400, NO_TEST],
  ['no test, before the progress is looked at', { progress: '[[' }, 400, NO_TEST],
  ['an empty test', { test: '', progress: '[[' }, 400, NO_TEST],
  ['the test 0', { test: '0', progress: '[[' }, 400, NO_TEST],
  ['an unknown test, before the progress is looked at', { test: 'nothing', progress: '[[' }, 404, unknownTest('nothing')],
  ['the number of a test', { test: '41', progress: '[[' }, 404, unknownTest('41')],
  ['broken JSON', { test: 'basic', progress: '[[' }, 400, BROKEN_JSON],
  ['words', { test: 'basic', progress: 'yes, no' }, 400, BROKEN_JSON],
  ['no progress', { test: 'basic' }, 400, NO_PROGRESS],
  ['an empty progress', { test: 'basic', progress: '' }, 400, NO_PROGRESS],
  ...['[]', '{}', '0', '7', 'true', 'null', '""', '"11"'].map(empty),
  ['too few answers, before their values', { test: 'basic', progress: '[["11",["9"]],["3",["2"]]]' }, 412, WRONG_COUNT],
  ['too many answers', { test: 'basic', progress: '{"11":"1","3":"2","7":"0","8":"0"}' }, 412, WRONG_COUNT],
  ['an unknown value', { test: 'basic', progress: '{"11":"9","3":"2","7":"0"}' }, 412,
    'Question "11" does not offer the value "9".'],
]);

refusesInOrder(() => call, ['POST'], '/partner/api/v3/result/attach', [
  ['nothing', {}, 400, NO_CLIENT],
  ['no client, before all else', { client_key: '0', result_key: 'word', user_id: '0' }, 400, NO_CLIENT],
  ['an unknown client', { client_key: 'word' }, 404, unknownClient('word')],
  ['an unknown client, before all else', { client_key: NOBODY, result_key: 'word', user_id: '0' }, 404, unknownClient(NOBODY)],
  ['no result', () => ({ client_key: client.key }), 400, NO_RESULT],
  ['no result, before the user', () => ({ client_key: client.key, result_key: '0', user_id: '0' }), 400, NO_RESULT],
  ['a word in the place of a result', () => ({ client_key: client.key, result_key: 'word' }), 404, unknownResult('word')],
  ['an unknown result, before the user', () => ({ client_key: client.key, result_key: NOBODY, user_id: '' }), 404,
    unknownResult(NOBODY)],
  ['an unknown result', () => ({ client_key: client.key, result_key: NOBODY, user_id: 'anna' }), 404, unknownResult(NOBODY)],
  ['no user', () => ({ client_key: client.key, result_key: guest }), 400, NO_USER],
  ['the user 0, before whose the result is', () => ({ client_key: other.key, result_key: taken, user_id: '0' }), 400, NO_USER],
  ['the result of another user', () => ({ client_key: client.key, result_key: taken, user_id: 'boris' }), 412, ANOTHER_USER],
  ["the result of another client's user", () => ({ client_key: other.key, result_key: taken, user_id: 'anna' }), 412,
    ANOTHER_USER],
]);

refusesInOrder(() => call, ['GET', 'POST', 'PUT'], '/partner/api/v3/result/get', [
  ['nothing', {}, 400, NO_RESULT],
  ['no result, before the format', { result_key: '', format: 'xml' }, 400, NO_RESULT],
  ['a word in the place of a result', { result_key: 'word' }, 404, unknownResult('word')],
  ['an unknown result, before the format', { result_key: NOBODY, format: 'xml' }, 404, unknownResult(NOBODY)],
  ['no format, before whose the result is', () => ({ result_key: guest }), 400, NO_FORMAT],
  ['the format 0', () => ({ result_key: free, format: '0' }), 400, NO_FORMAT],
  ['an unknown format, before whose the result is', () => ({ result_key: guest, format: 'xml' }), 400, unknownFormat('xml')],
  ['a format in capitals', () => ({ result_key: free, format: 'HTML' }), 400, unknownFormat('HTML')],
  ...['json', 'html', 'pdf'].map((format): RefusedRow =>
    [`a paid result of nobody as ${format}`, () => ({ result_key: guest, format }), 403, NO_USER_YET]),
]);

refusesInOrder(() => call, ['GET', 'POST', 'PUT'], '/partner/api/v3/answers/get', [
  ['nothing', {}, 400, NO_CLIENT],
  ['no client, whosever the result is', () => ({ result_key: taken }), 400, NO_CLIENT],
  ['an unknown client, before the result', { client_key: 'word', result_key: '0' }, 404, unknownClient('word')],
  ['no result', () => ({ client_key: client.key }), 400, NO_RESULT],
  ['a word in the place of a result', () => ({ client_key: client.key, result_key: 'word' }), 404, unknownResult('word')],
  ['an unknown result', () => ({ client_key: client.key, result_key: NOBODY }), 404, unknownResult(NOBODY)],
  ['the result of nobody', () => ({ client_key: client.key, result_key: free }), 404, () => unknownResult(free)],
  ["the result of another client's user", () => ({ client_key: other.key, result_key: taken }), 404, () => unknownResult(taken)],
]);

refusesInOrder(() => call, ['POST'], '/partner/api/v3/client/authenticate-by-token', [
  ['nothing', {}, 400, NO_TOKEN],
  ['an empty token', { token: '' }, 400, NO_TOKEN],
  ['the token 0', { token: '0' }, 400, NO_TOKEN],
  ['an unknown token', { token: 'word' }, 401, unknownClient('word')],
]);
