import { randomUUID } from 'node:crypto';
import { smallAnswers } from '../../../setup/small-tests.js';
import { type Learned, mutation, query } from './calls.js';
import { ownResult } from './selections.js';
import type { Step } from './world.js';

const answers = { test: 'paid', answers: smallAnswers };
const idempotencyKey = randomUUID();
const RESULT = `query ($key: UUID!) { result(key: $key) { ${ownResult} } }`;

const save = (name: string): Step => mutation('saveProgress', () => answers, { learns: { [name]: 'resultKey' } });
const tokenSave = (token: string): Step => mutation('saveProgress', () => answers, { by: token, as: ' with an access token' });
const attach = (result: string, userId: string, by = 'school', learns: Learned = {}): Step =>
  mutation('attachResult', (world) => ({ resultKey: world.of(result), userId }), { by, learns });
/** What the holder of a key sees of a result. */
export const read = (result: string, by: string | null = null): Step => query('result', RESULT, by, (world) => ({ key: world.of(result) }));

export const savingSteps: readonly Step[] = [
  ...['result-1', 'result-2', 'result-3', 'result-4', 'result-5', 'result-6'].map(save),
  ...[1, 2].map(() => mutation('saveProgress', () => ({ ...answers, idempotencyKey }))),
  mutation('saveProgress', () => ({ ...answers, test: 'free', idempotencyKey })),
  read('result-1'),
  query('result', RESULT, null, () => ({ key: randomUUID() })),
];

export const attachingSteps: readonly Step[] = [
  mutation('checkAttachment', (world) => ({ resultKey: world.of('result-1'), userId: 'pupil-1' }), { by: 'school' }),
  attach('result-1', 'pupil-1', 'school', { 'pupil-1': 'user.key' }),
  attach('result-1', 'pupil-1'),
  attach('result-2', 'pupil-1'),
  attach('result-3', 'pupil-1'),
  attach('result-1', 'camper', 'camp'),
  attach('result-4', 'camper', 'camp'),
  attach('result-5', 'new', 'poor'),
  mutation('attachResult', () => ({ resultKey: randomUUID(), userId: 'pupil-1' }), { by: 'school' }),
  mutation('checkAttachment', (world) => ({ resultKey: world.of('result-1'), userId: 'camper' }), { by: 'camp' }),
  mutation('registerUser', () => ({ userId: 'pupil-2' }), { by: 'school', learns: { 'user id': 'user.id' } }),
  mutation('registerUser', () => ({ userId: 'pupil-2' }), { by: 'school' }),
  mutation('registerUser', () => ({ userId: 'new' }), { by: 'poor' }),
  read('result-1', 'school'),
  read('result-1', 'camp'),
  query('viewer', 'query ($key: UUID!) { viewer { user(key: $key) { externalId } } }', 'school', (world) => ({ key: world.of('pupil-1') })),
];

export const tokenSteps: readonly Step[] = [
  mutation('issueAccessToken', () => ({ test: 'paid', userId: 'pupil-3' }), { by: 'school', learns: { 'token-1': 'token' } }),
  mutation('issueAccessToken', () => ({ test: 'paid' }), { by: 'camp', learns: { 'token-2': 'token' } }),
  mutation('issueAccessToken', () => ({ test: 'paid', userId: 'new' }), { by: 'poor', learns: { 'token-3': 'token' } }),
  tokenSave('token-1'),
  tokenSave('token-1'),
  tokenSave('token-2'),
  tokenSave('token-2'),
  tokenSave('token-3'),
  tokenSave('token-3'),
];
