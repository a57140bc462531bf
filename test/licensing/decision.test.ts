import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type ClientStanding, decideAttachment, decideRegistration, type ResultStanding, type UserStanding,
} from '../../src/licensing/decision.js';
import { LedgerDraft, type LicensingRequest } from '../../src/licensing/draft.js';
import type { Ledger, LedgerUser } from '../../src/licensing/ledger.js';
import { licensePolicies, type LicensePolicy, type LicenseUse } from '../../src/licensing/license-policy.js';
import { PaymentPolicy } from '../../src/licensing/payment-policy.js';
import type { LedgerEntry } from '../../src/licensing/write-ledger.js';

const { ONE_TEST, UNLIMITED } = licensePolicies;
const NO_TESTS: LicensePolicy = { maxTests: 0, maxBonusTests: 0, maxResultsPerTest: null };

const client: ClientStanding = {
  active: true, paymentPolicy: PaymentPolicy.PREPAID, limit: 10, overdraft: 0, issued: 3, licensePolicy: UNLIMITED,
};
const suspended: ClientStanding = { ...client, active: false };
const soldOut: ClientStanding = { ...client, issued: 10 };

const had: LicenseUse = new Map([['had', { testId: 'had', bonus: false, results: 1 }]]);
const user: UserStanding = { id: 'user', clientId: 'client', use: had };

const free: ResultStanding = { testId: 'test', bonus: false, owner: null };
const own: ResultStanding = { ...free, owner: { clientId: 'client', userId: 'user' } };
const colleagues: ResultStanding = { ...free, owner: { clientId: 'client', userId: 'colleague' } };
const namesakes: ResultStanding = { ...free, owner: { clientId: 'another client', userId: 'user' } };

type Case = [name: string, ClientStanding, ResultStanding | null, UserStanding | null, expected: string];

describe('attaching a result', () => {
  it.each<Case>([
    ['a free result to a new user issues a license', client, free, null, 'GRANTED with a license'],
    ['a free result to a known user issues none', client, free, user, 'GRANTED'],
    ['the last license can be issued', { ...client, issued: 9 }, free, null, 'GRANTED with a license'],
    ['the overdraft can be used', { ...soldOut, overdraft: 1 }, free, null, 'GRANTED with a license'],
    ['a postpaid client is never out of licenses',
      { ...client, paymentPolicy: PaymentPolicy.POSTPAID, limit: null, issued: 1_000_000 }, free, null, 'GRANTED with a license'],
    ['a known user goes on when the licenses are out', soldOut, free, user, 'GRANTED'],
    ['a new user is refused when the licenses are out', soldOut, free, null, 'LICENSE_LIMIT_REACHED'],
    ['a known user is bound by the license policy', { ...client, licensePolicy: ONE_TEST }, free, user, 'RESULT_LIMIT_REACHED'],
    ['a new user is bound by the license policy', { ...client, licensePolicy: NO_TESTS }, free, null, 'RESULT_LIMIT_REACHED'],
    ['a repeat is recognised', client, own, user, 'REPLAYED'],
    ['an unknown result is told', client, null, user, 'RESULT_NOT_FOUND'],
    ['the result of another user is refused to a known user', client, colleagues, user, 'RESULT_ALREADY_ATTACHED'],
    ['the result of another user is refused to a new user', client, colleagues, null, 'RESULT_ALREADY_ATTACHED'],
    ['the same user id at another client is another user', client, namesakes, user, 'RESULT_ALREADY_ATTACHED'],
    ['a suspended client attaches nothing', suspended, free, user, 'CLIENT_SUSPENDED'],
  ])('%s', (_, standing, result, person, expected) => {
    const decision = decideAttachment(standing, result, person);
    const license = decision.kind === 'GRANTED' && decision.licenseIssued ? ' with a license' : '';
    expect(decision.kind + license).toBe(expected);
  });

  it('tells how many licenses there are when they are out', () => {
    expect(decideAttachment({ ...soldOut, limit: 8, overdraft: 2 }, free, null))
      .toEqual({ kind: 'LICENSE_LIMIT_REACHED', limit: 8, overdraft: 2, issued: 10 });
  });

  it('tells which rule of the license policy refuses', () => {
    expect(decideAttachment({ ...client, licensePolicy: ONE_TEST }, free, user))
      .toEqual({ kind: 'RESULT_LIMIT_REACHED', rule: 'MAX_TESTS', limit: 1, used: 1 });
  });
});

describe('when several answers fit, attaching a result', () => {
  const spent: ClientStanding = { ...client, licensePolicy: ONE_TEST };
  const soldOutAndSpent: ClientStanding = { ...soldOut, licensePolicy: NO_TESTS };

  it.each<Case>([
    ['of nobody by a suspended client: suspended before unknown', suspended, null, null, 'CLIENT_SUSPENDED'],
    ['again by a suspended client: suspended before repeated', suspended, own, user, 'CLIENT_SUSPENDED'],
    ['of another user by a suspended client: suspended before taken', suspended, colleagues, user, 'CLIENT_SUSPENDED'],
    ['to a new user by a suspended client without licenses: suspended first', { ...soldOut, active: false }, free, null, 'CLIENT_SUSPENDED'],
    ['beyond the policy of a suspended client: suspended first', { ...spent, active: false }, free, user, 'CLIENT_SUSPENDED'],
    ['unknown, without licenses: unknown first', soldOut, null, null, 'RESULT_NOT_FOUND'],
    ['unknown, beyond the policy: unknown first', { ...client, licensePolicy: NO_TESTS }, null, user, 'RESULT_NOT_FOUND'],
    ['again without licenses: repeated first', soldOut, own, user, 'REPLAYED'],
    ['again beyond the policy: repeated first', spent, own, user, 'REPLAYED'],
    ['of another user to a new one without licenses: taken first', soldOut, colleagues, null, 'RESULT_ALREADY_ATTACHED'],
    ['of another user beyond the policy: taken first', spent, colleagues, user, 'RESULT_ALREADY_ATTACHED'],
    ['to a new user without licenses and beyond the policy: licenses first', soldOutAndSpent, free, null, 'LICENSE_LIMIT_REACHED'],
    ['to a known user without licenses and beyond the policy: the policy', soldOutAndSpent, free, user, 'RESULT_LIMIT_REACHED'],
  ])('%s', (_, standing, result, person, expected) => {
    expect(decideAttachment(standing, result, person).kind).toBe(expected);
  });

  it('answers by the first of the documented reasons, in every situation there is', () => {
    const situations = [true, false].flatMap((active) =>
      [10, 3].flatMap((issued) => [NO_TESTS, UNLIMITED].flatMap((licensePolicy) =>
        [null, free, own, colleagues, namesakes].flatMap((result) => [null, user].map((person) =>
          ({ standing: { ...client, active, issued, licensePolicy }, result, person }))))));
    for (const { standing, result, person } of situations) {
      const reasons: [string, boolean][] = [
        ['CLIENT_SUSPENDED', !standing.active],
        ['RESULT_NOT_FOUND', result === null],
        ['REPLAYED', result === own && person !== null],
        ['RESULT_ALREADY_ATTACHED', result !== null && result.owner !== null],
        ['LICENSE_LIMIT_REACHED', person === null && standing.issued === 10],
        ['RESULT_LIMIT_REACHED', standing.licensePolicy === NO_TESTS],
        ['GRANTED', true],
      ];
      expect(decideAttachment(standing, result, person).kind).toBe(reasons.find(([, holds]) => holds)?.[0]);
    }
    expect(situations).toHaveLength(80);
  });
});

describe('registering a user', () => {
  it.each<[string, ClientStanding, UserStanding | null, string]>([
    ['who is new issues a license', client, null, 'REGISTERED'],
    ['who is known changes nothing', client, user, 'KNOWN'],
    ['who is known, without licenses, changes nothing', soldOut, user, 'KNOWN'],
    ['who is new, without licenses, is refused', soldOut, null, 'LICENSE_LIMIT_REACHED'],
    ['who is new can use the overdraft', { ...soldOut, overdraft: 1 }, null, 'REGISTERED'],
    ['who is new does not ask the license policy', { ...client, licensePolicy: NO_TESTS }, null, 'REGISTERED'],
    ['by a suspended client is refused', suspended, null, 'CLIENT_SUSPENDED'],
    ['by a suspended client is refused also when known', suspended, user, 'CLIENT_SUSPENDED'],
    ['by a suspended client without licenses: suspended first', { ...soldOut, active: false }, null, 'CLIENT_SUSPENDED'],
  ])('%s', (_, standing, person, expected) => {
    expect(decideRegistration(standing, person).kind).toBe(expected);
  });
});

const CLIENT = 'client';
const AT = new Date('2026-01-01T00:00:00Z');

const count = fc.nat({ max: 4 });
const limit = fc.option(count);
const anyClient: fc.Arbitrary<ClientStanding> = fc.record({
  licenses: fc.option(count),
  overdraft: count,
  issuedShare: fc.double({ min: 0, max: 1, noNaN: true }),
  licensePolicy: fc.record({ maxTests: limit, maxBonusTests: limit, maxResultsPerTest: limit }),
}).map(({ licenses, overdraft, issuedShare, licensePolicy }) => ({
  active: true,
  licensePolicy,
  paymentPolicy: licenses === null ? PaymentPolicy.POSTPAID : PaymentPolicy.PREPAID,
  limit: licenses,
  overdraft: licenses === null ? 0 : overdraft,
  issued: Math.round(issuedShare * (licenses === null ? 5 : licenses + overdraft)),
}));

const people = ['ann', 'bob', 'cyd'];
const tests = ['test', 'other', 'bonus', 'bonus-2'];
const keys = ['r1', 'r2', 'r3', 'r4', 'r5', 'r6'];

const registered = (externalId: string, use: LicenseUse = new Map()): LedgerUser =>
  ({ id: `id of ${externalId}`, clientId: CLIENT, externalId, registeredAt: AT, license: { issuedAt: AT }, use });

/** A ledger in which some people are registered, and some results have an owner, here or at another client. */
const anyLedger: fc.Arbitrary<Ledger> = fc.record({
  standing: anyClient,
  known: fc.subarray(people),
  results: fc.array(fc.record({
    key: fc.constantFrom(...keys), test: fc.constantFrom(...tests), owner: fc.option(fc.constantFrom(...people, 'foreign'), { freq: 1 }),
  }), { minLength: 3, maxLength: 10 }),
}).map(({ standing, known, results }) => {
  const ownerOf = (owner: string | null): ResultStanding['owner'] => {
    if (owner === 'foreign') return { clientId: 'another client', userId: 'id of ann' };
    return owner !== null && known.includes(owner) ? { clientId: CLIENT, userId: `id of ${owner}` } : null;
  };
  const standings = new Map(results.map(({ key, test, owner }) =>
    [key, { testId: test, bonus: test.startsWith('bonus'), revision: 1, savedAt: AT, owner: ownerOf(owner) }]));
  return applied({ client: standing, results: standings, users: new Map(known.map((name) => [name, registered(name)])) });
});

const anyRequests: fc.Arbitrary<LicensingRequest[]> = fc.array(fc.record({
  externalId: fc.constantFrom(...people), resultKey: fc.option(fc.constantFrom(...keys, 'unknown'), { freq: 6 }),
}), { maxLength: 25 });

/** The ledger as it is read again after an entry was written: users and their use follow from what is stored. */
function applied(ledger: Ledger, entry?: LedgerEntry): Ledger {
  const results = new Map(ledger.results);
  for (const { resultKey, userId } of entry?.attachments ?? []) {
    results.set(resultKey, { ...results.get(resultKey)!, owner: { clientId: CLIENT, userId } });
  }
  const users = new Map(ledger.users);
  for (const { userId, externalId } of entry?.newUsers ?? []) users.set(externalId, { ...registered(externalId), id: userId });
  for (const [externalId, person] of users) {
    const mine = [...results.values()].filter(({ owner }) => owner?.clientId === CLIENT && owner.userId === person.id);
    const use = [...Map.groupBy(mine, ({ testId }) => testId)]
      .map(([testId, all]) => [testId, { testId, bonus: all[0]!.bonus, results: all.length }] as const);
    users.set(externalId, { ...person, use: new Map(use) });
  }
  const issued = ledger.client.issued + (entry?.newUsers.length ?? 0);
  return { client: { ...ledger.client, issued }, results, users };
}

function decided(ledger: Ledger, requests: readonly LicensingRequest[]) {
  const draft = new LedgerDraft(CLIENT, { ...ledger, results: new Map(ledger.results) }, AT);
  const outcomes = requests.map((request) => draft.decide(request)!);
  return { outcomes, entry: draft.entry(), after: applied(ledger, draft.entry()) };
}

/** Checks a statement about any requests to any client. */
function always(check: (ledger: Ledger, requests: LicensingRequest[], done: ReturnType<typeof decided>) => void): void {
  const property = fc.property(anyLedger, anyRequests, (ledger, requests) => check(ledger, requests, decided(ledger, requests)));
  fc.assert(property, { numRuns: 200 });
}

describe('any requests to any client', () => {
  it('never issue more licenses than limit and overdraft together', () => {
    always(({ client: { limit: most, overdraft } }, _, { after }) => {
      if (most !== null) expect(after.client.issued).toBeLessThanOrEqual(most + overdraft);
    });
  });

  it('count one license for every new user, and register nobody twice', () => {
    always((ledger, _, { outcomes, entry }) => {
      const names = entry.newUsers.map(({ externalId }) => externalId);
      expect(new Set(names).size).toBe(names.length);
      expect(names.filter((name) => ledger.users.has(name))).toEqual([]);
      expect(new Set(entry.newUsers.map(({ userId }) => userId)).size).toBe(names.length);
      if (outcomes.length > 0) expect(outcomes.at(-1)!.account.issued).toBe(ledger.client.issued + names.length);
    });
  });

  it('register exactly those who are told that a license was issued', () => {
    always((_, requests, { outcomes, entry }) => {
      const told = requests.filter((__, index) => {
        const { decision } = outcomes[index]!;
        return decision.kind === 'REGISTERED' || (decision.kind === 'GRANTED' && decision.licenseIssued);
      });
      expect(entry.newUsers.map(({ externalId }) => externalId)).toEqual(told.map(({ externalId }) => externalId));
    });
  });

  it('attach only results that nobody had, each to one registered user', () => {
    always((ledger, _, { entry, after }) => {
      const attached = entry.attachments.map(({ resultKey }) => resultKey);
      expect(new Set(attached).size).toBe(attached.length);
      const users = new Set([...after.users.values()].map(({ id }) => id));
      for (const { resultKey, userId } of entry.attachments) {
        expect(ledger.results.get(resultKey)?.owner).toBeNull();
        expect(users).toContain(userId);
      }
    });
  });

  it('attach exactly those results that are told to be granted', () => {
    always((_, requests, { outcomes, entry }) => {
      const granted = requests.flatMap(({ resultKey }, index) => (outcomes[index]!.decision.kind === 'GRANTED' ? [resultKey] : []));
      expect(entry.attachments.map(({ resultKey }) => resultKey)).toEqual(granted);
    });
  });

  it('give no user more than the license policy admits, unless the user had it before', () => {
    always((ledger, _, { after }) => {
      const { maxTests, maxBonusTests, maxResultsPerTest } = ledger.client.licensePolicy;
      for (const { externalId, use } of after.users.values()) {
        const before = ledger.users.get(externalId)?.use ?? new Map<string, { bonus: boolean; results: number }>();
        const tested = (uses: Iterable<{ bonus: boolean }>, bonus: boolean) => [...uses].filter((one) => one.bonus === bonus).length;
        const most = (limited: number | null, had: number) => Math.max(limited ?? Infinity, had);
        expect(tested(use.values(), false)).toBeLessThanOrEqual(most(maxTests, tested(before.values(), false)));
        expect(tested(use.values(), true)).toBeLessThanOrEqual(most(maxBonusTests, tested(before.values(), true)));
        for (const [testId, { results }] of use) {
          expect(results).toBeLessThanOrEqual(most(maxResultsPerTest, before.get(testId)?.results ?? 0));
        }
      }
    });
  });

  it('are answered with the user as it will be read later, and with none for a stranger who was refused', () => {
    always((ledger, requests, { outcomes, after }) => {
      const seen = new Map(ledger.users);
      for (const [index, { externalId }] of requests.entries()) {
        const { decision, user: told } = outcomes[index]!;
        if (['GRANTED', 'REGISTERED'].includes(decision.kind)) seen.set(externalId, after.users.get(externalId)!);
        expect(told?.id).toBe(seen.get(externalId)?.id);
      }
    });
  });

  it('change nothing when they come once more', () => {
    always((_, requests, { outcomes, after }) => {
      const again = decided(after, requests);
      expect(again.entry).toMatchObject({ newUsers: [], attachments: [] });
      for (const [index, { decision }] of again.outcomes.entries()) {
        const first = outcomes[index]!.decision.kind;
        if (['GRANTED', 'REPLAYED'].includes(first)) expect(decision.kind).toBe('REPLAYED');
        if (['REGISTERED', 'KNOWN'].includes(first)) expect(decision.kind).toBe('KNOWN');
      }
    });
  });

  it('are answered alike whether they come together or one after another', () => {
    always((ledger, requests, { outcomes, after }) => {
      let now = ledger;
      for (const [index, request] of requests.entries()) {
        const alone = decided(now, [request]);
        expect(alone.outcomes[0]!.decision).toEqual(outcomes[index]!.decision);
        expect(alone.outcomes[0]!.account).toEqual(outcomes[index]!.account);
        now = alone.after;
      }
      expect(now.client).toEqual(after.client);
      expect([...now.users.keys()].toSorted()).toEqual([...after.users.keys()].toSorted());
    });
  });

  it('write nothing when the client is suspended', () => {
    always((ledger, requests) => {
      const { outcomes, entry } = decided({ ...ledger, client: { ...ledger.client, active: false } }, requests);
      expect(entry).toMatchObject({ newUsers: [], attachments: [] });
      expect(outcomes.every(({ decision }) => decision.kind === 'CLIENT_SUSPENDED')).toBe(true);
    });
  });

  it('leave what was read untouched, so that a draft can be thrown away', () => {
    fc.assert(fc.property(anyLedger, anyRequests, (ledger, requests) => {
      const before = structuredClone(ledger);
      decided(ledger, requests);
      expect(ledger).toEqual(before);
    }));
  });
});
