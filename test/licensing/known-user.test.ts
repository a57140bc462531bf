import { describe, expect, it } from '@jest/globals';
import { LedgerDraft, type LicensingRequest } from '../../src/licensing/draft.js';
import type { Ledger, LedgerUser } from '../../src/licensing/ledger.js';
import { licensePolicies } from '../../src/licensing/license-policy.js';
import { PaymentPolicy } from '../../src/licensing/payment-policy.js';

const AT = new Date('2026-01-01T00:00:00Z');
const CLIENT = 'client';

const person: LedgerUser = {
  id: 'id of person', clientId: CLIENT, externalId: 'person', registeredAt: AT, license: { issuedAt: AT }, use: new Map(),
};
const namesake: LedgerUser = { ...person, id: 'id of namesake' };

const EDITION = { testId: 'test', revision: 1, savedAt: new Date(0) };

/** A client with one license left, of whose users one may be registered, and a result that nobody has. */
const ledger = (user: LedgerUser | null, active = true): Ledger => ({
  client: {
    active, paymentPolicy: PaymentPolicy.PREPAID, limit: 5, overdraft: 0, issued: 4, licensePolicy: licensePolicies.ONE_TEST,
  },
  users: new Map(user ? [[user.externalId, user]] : []),
  results: new Map([['key', { ...EDITION, bonus: false, owner: null }]]),
});
const request: LicensingRequest = { externalId: 'person', userId: person.id, resultKey: 'key' };

const drafted = (standing: Ledger, requests: readonly LicensingRequest[]) => {
  const draft = new LedgerDraft(CLIENT, standing, AT);
  const outcomes = requests.map((one) => draft.decide(one));
  return { kinds: outcomes.map((outcome) => outcome?.decision.kind ?? null), entry: draft.entry() };
};

describe('a request for a registered user', () => {
  it.each<[what: string, Ledger, LicensingRequest, kind: string | null]>([
    ['is granted to that user', ledger(person), request, 'GRANTED'],
    ['is not decided when the user is gone', ledger(null), request, null],
    ['is not decided when somebody new has the external id', ledger(namesake), request, null],
    ['is not decided when the user is gone, whatever else speaks against it',
      ledger(null, false), { ...request, resultKey: 'unknown' }, null],
    ['is refused like any other: the client is suspended', ledger(person, false), request, 'CLIENT_SUSPENDED'],
    ['is refused like any other: there is no such result',
      ledger(person), { ...request, resultKey: 'unknown' }, 'RESULT_NOT_FOUND'],
  ])('%s', (_, standing, one, kind) => {
    const { kinds, entry } = drafted(standing, [one]);
    expect(kinds).toEqual([kind]);
    expect(entry.newUsers).toEqual([]);
    expect(entry.attachments).toEqual(kind === 'GRANTED' ? [{ resultKey: 'key', userId: person.id, ...EDITION }] : []);
  });

  it('does not find who is registered anew under the external id right before it', () => {
    const { kinds, entry } = drafted(ledger(null), [{ externalId: 'person', resultKey: null }, request]);
    expect(kinds).toEqual(['REGISTERED', null]);
    expect(entry.attachments).toEqual([]);
  });

  it('leaves those after it as they would have been', () => {
    const { kinds, entry } = drafted(ledger(null), [request, { externalId: 'person', resultKey: 'key' }]);
    expect(kinds).toEqual([null, 'GRANTED']);
    expect(entry.newUsers).toHaveLength(1);
  });
});
