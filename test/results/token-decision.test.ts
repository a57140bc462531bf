import { expect, it } from '@jest/globals';
import { decideToken, type TokenStanding } from '../../src/results/token-decision.js';

const NOW = new Date('2026-11-23T12:00:00.000Z');
const at = (ms: number): Date => new Date(NOW.getTime() + ms);
const [same, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];

const good: TokenStanding = { testId: 'test', expiresAt: at(1), used: false, saved: null };
const used: TokenStanding = { ...good, used: true, saved: { resultKey: 'result', requestDigest: same } };
const faulty = (fault: string) => ({ kind: 'FAULTY', fault });

it.each([
  ['good', good, 'test', same, { kind: 'GOOD' }],
  ['good, for a test that does not exist', good, null, same, { kind: 'GOOD' }],
  ['good, for another test', good, 'other', same, faulty('OTHER_TEST')],
  ['used for this save', used, 'test', same, { kind: 'REPEAT', resultKey: 'result' }],
  ['used for this save, whose test is gone', used, null, same, { kind: 'REPEAT', resultKey: 'result' }],
  ['used for another save', used, 'test', other, faulty('USED')],
  ['used, for another test', used, 'other', other, faulty('USED')],
  ['used for a save that was erased', { ...used, saved: null }, 'test', same, faulty('USED')],
  ['expired this moment', { ...good, expiresAt: NOW }, 'test', same, faulty('UNKNOWN')],
  ['expired, for another test', { ...good, expiresAt: at(-1) }, 'other', same, faulty('UNKNOWN')],
  ['expired, used for this save', { ...used, expiresAt: NOW }, 'test', same, faulty('UNKNOWN')],
] as const)('a token that is %s', (_, token, testId, requestDigest, decision) => {
  expect(decideToken(token, { testId, requestDigest }, NOW)).toEqual(decision);
});
