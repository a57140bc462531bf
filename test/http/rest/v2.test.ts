import { afterAll, beforeAll } from '@jest/globals';
import { quizAnswers, startQuizServer } from '../../setup/quizzes.js';
import type { RestCaller } from '../../setup/rest-calls.js';
import { type RefusedRow, refusesInOrder } from '../../setup/rest-refusals.js';
import type { TestClient, TestServer } from '../../setup/test-server.js';

let server: TestServer;
let call: RestCaller;
let client: TestClient;
let full: TestClient;
/** USER_KEYs of two users. */
let anna: string;
let boris: string;
/** RESULT_KEYs: of a free test, of a paid one that is Anna's, and of a paid one that is nobody's. */
let free: string;
let taken: string;
let guest: string;

beforeAll(async () => {
  [server, call] = await startQuizServer();
  client = await server.client();
  full = await server.client({ licenseLimit: 0 });
  [anna, boris] = [await registered('anna'), await registered('boris')];
  [free, taken, guest] = [await saved('basic'), await saved('paid'), await saved('paid')];
  await client.attach(taken, 'anna');
});
afterAll(() => server.close());

async function registered(user_id: string): Promise<string> {
  return (await call('GET /partner/api/v2/user/register', { query: { client: client.key, user_id } })).json.user_key;
}

async function saved(test: 'basic' | 'paid'): Promise<string> {
  return (await call('POST /partner/api/v3/progress/save', { json: { test, progress: quizAnswers[test] } })).json.result_key;
}

const ANY = ['GET', 'POST', 'PUT'] as const;
const NOBODY = '0190cb2e-0000-7000-8000-000000000009';
const required = (name: string): string => `The required "${name}" parameter is missing.`;
const UNKNOWN_TEST = 'Test not found with the provided "test" value: "nothing".';
const UNKNOWN_CLIENT = 'Client not found with the provided token.';
const UNKNOWN_RESULT = 'Result not found with provided key.';
const UNKNOWN_USER = 'User not found with the provided key.';
const NO_KEY = 'Invalid "user_key", it should be correct uuid type.';
const NO_ARRAY = 'The "progress" parameter must be in array format.';
const LIMIT = 'Достигнут предел выданных доступов.';

refusesInOrder(() => call, ANY, '/partner/api/v2/user/register', [
  ['nothing', {}, 400, required('client')],
  ['no client, before the user', { client: '0', user_id: '0' }, 400, required('client')],
  ['an unknown client, before the user', { client: 'word', user_id: '' }, 404, UNKNOWN_CLIENT],
  ['no user', () => ({ client: client.key }), 400, required('user_id')],
  ['no user, before the limit', () => ({ client: full.key, user_id: '' }), 400, required('user_id')],
  ['the user 0', () => ({ client: client.key, user_id: '0' }), 400, required('user_id')],
  ['a user beyond the limit', () => ({ client: full.key, user_id: 'anna' }), 412, LIMIT],
]);

const text = (progress: string): RefusedRow =>
  [`the JSON text ${progress}`, () => ({ test: 'paid', user_key: anna, progress }), 400, NO_ARRAY];

refusesInOrder(() => call, ANY, '/partner/api/v2/progress/save', [
  ['nothing', {}, 400, required('test')],
  ['no test, before all else', { test: '0', user_key: 'word', progress: '7' }, 400, required('test')],
  ['an unknown test, before all else', { test: 'nothing', user_key: 'word', progress: '7' }, 404, UNKNOWN_TEST],
  ['the number of a test', { test: '43' }, 404, 'Test not found with the provided "test" value: "43".'],
  ['no user', { test: 'paid' }, 400, required('user_key')],
  ['no user, before the progress', { test: 'paid', user_key: '0', progress: '7' }, 400, required('user_key')],
  ['a word in the place of a user', { test: 'paid', user_key: 'word', progress: '7' }, 400, NO_KEY],
  ['a UUID of no kind that is made today', { test: 'paid', user_key: '11111111-1111-1111-1111-111111111111' }, 404, UNKNOWN_USER],
  ['an unknown user, before the progress', { test: 'paid', user_key: NOBODY, progress: '7' }, 404, UNKNOWN_USER],
  ['no progress', () => ({ test: 'paid', user_key: anna }), 400, required('progress')],
  ['an empty progress', () => ({ test: 'paid', user_key: anna, progress: '' }), 400, required('progress')],
  ['the progress 0', () => ({ test: 'paid', user_key: anna, progress: '0' }), 400, required('progress')],
  ['an empty list', () => ({ test: 'paid', user_key: anna, progress: [] }), 400, required('progress')],
  ...['[]', '{}', '7', 'word', JSON.stringify(quizAnswers.paid)].map(text),
  ['too few answers', () => ({ test: 'paid', user_key: anna, progress: [['1', ['key']]] }), 412, 'Not matching answers count.'],
  ['an unknown value', () => ({ test: 'paid', user_key: anna, progress: { 1: 'key', 2: 'no', 3: '3', 4: '7' } }), 412,
    'Question "4" does not offer the value "7".'],
]);

refusesInOrder(() => call, ANY, '/partner/api/v2/result/attach', [
  ['nothing', {}, 400, required('result_key')],
  ['no result, before the user', { result_key: '0', user_key: 'word' }, 400, required('result_key')],
  ['a word in the place of a result, before the user', { result_key: 'word', user_key: 'word' }, 404, UNKNOWN_RESULT],
  ['an unknown result, before no user', { result_key: NOBODY }, 404, UNKNOWN_RESULT],
  ['an unknown result, before a wrong user', { result_key: NOBODY, user_key: 'word' }, 404, UNKNOWN_RESULT],
  ['an unknown result, before an unknown user', { result_key: NOBODY, user_key: NOBODY }, 404, UNKNOWN_RESULT],
  ['an unknown result', () => ({ result_key: NOBODY, user_key: anna }), 404, UNKNOWN_RESULT],
  ['no user', () => ({ result_key: guest }), 400, required('user_key')],
  ['the user 0', () => ({ result_key: taken, user_key: '0' }), 400, required('user_key')],
  ['a word in the place of a user', () => ({ result_key: taken, user_key: 'word' }), 400, NO_KEY],
  ['an unknown user, before whose the result is', () => ({ result_key: taken, user_key: NOBODY }), 404, UNKNOWN_USER],
  ['the result of another user', () => ({ result_key: taken, user_key: boris }), 412,
    'Result is already has the other user attached.'],
]);

refusesInOrder(() => call, ANY, '/partner/api/v2/result/get', [
  ['nothing', {}, 400, required('result_key')],
  ['no result, before the format', { result_key: '0', format: 'html' }, 400, required('result_key')],
  ['a word in the place of a result', { result_key: 'word', format: 'html' }, 404, UNKNOWN_RESULT],
  ['an unknown result, before the format', { result_key: NOBODY }, 404, UNKNOWN_RESULT],
  ['no format, before whose the result is', () => ({ result_key: guest }), 400, required('format')],
  ['the format 0', () => ({ result_key: free, format: '0' }), 400, required('format')],
  ['html', () => ({ result_key: free, format: 'html' }), 400, 'Unsupported "format" value: "html".'],
  ['a format in capitals, before whose the result is', () => ({ result_key: guest, format: 'JSON' }), 400,
    'Unsupported "format" value: "JSON".'],
  ['a paid result of nobody', () => ({ result_key: guest, format: 'json' }), 403, 'Result has no association with the user.'],
]);
