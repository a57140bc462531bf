import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  licensePolicies, type LicensedTest, type LicensePolicy, type LicenseUse, presetOf, refusalOf, remainingTests,
} from '../../src/licensing/license-policy.js';

type Triple = readonly [maxTests: number | null, maxBonusTests: number | null, maxResultsPerTest: number | null];

const policyOf = ([maxTests, maxBonusTests, maxResultsPerTest]: Triple): LicensePolicy =>
  ({ maxTests, maxBonusTests, maxResultsPerTest });

/** A test named in a table; a name that begins with "bonus" is a bonus test. */
const named = (testId: string): LicensedTest => ({ testId, bonus: testId.startsWith('bonus') });

/** What a user has had, one name a result. */
function useOf(names: readonly string[]): LicenseUse {
  const results = Map.groupBy(names, (name) => name);
  return new Map([...results].map(([name, all]) => [name, { ...named(name), results: all.length }]));
}

/** An answer in one line: "admitted", or the rule with what is used of what. */
function answer(policy: Triple, had: readonly string[], wanted: string): string {
  const refusal = refusalOf(policyOf(policy), useOf(had), named(wanted));
  return refusal ? `${refusal.rule} ${refusal.used} of ${refusal.limit}` : 'admitted';
}

const ONE_TEST: Triple = [1, 0, 1];
const ONE_TEST_AND_BONUS: Triple = [1, 1, 1];
const UNLIMITED: Triple = [null, null, null];

describe('the name of a license policy', () => {
  it.each<[string, Triple]>([
    ['ONE_TEST', ONE_TEST],
    ['ONE_TEST_AND_BONUS', ONE_TEST_AND_BONUS],
    ['UNLIMITED', UNLIMITED],
    ['CUSTOM', [0, 0, 0]],
    ['CUSTOM', [1, 0, null]],
    ['CUSTOM', [1, null, 1]],
    ['CUSTOM', [null, 0, 1]],
    ['CUSTOM', [1, 1, 2]],
    ['CUSTOM', [2, 1, 1]],
    ['CUSTOM', [1, 2, 1]],
    ['CUSTOM', [0, null, null]],
    ['CUSTOM', [null, 0, null]],
    ['CUSTOM', [null, null, 0]],
  ])('is %s for the limits %j', (preset, policy) => {
    expect(presetOf(policyOf(policy))).toBe(preset);
  });

  it('gives back the limits of every named preset', () => {
    for (const [preset, policy] of Object.entries(licensePolicies)) expect(presetOf({ ...policy })).toBe(preset);
  });
});

describe('the number of tests that are left', () => {
  it.each<[Triple, string[], number | null, number | null]>([
    [ONE_TEST, [], 1, 0],
    [ONE_TEST, ['test'], 0, 0],
    [ONE_TEST_AND_BONUS, ['bonus'], 1, 0],
    [UNLIMITED, ['test', 'other', 'bonus'], null, null],
    [[3, 2, null], ['test', 'test', 'other', 'bonus'], 1, 1],
    [[1, null, 1], ['test', 'other'], 0, null],
    [[null, 1, 1], ['bonus', 'bonus-2'], null, 0],
    [[2, 2, 0], [], 2, 2],
  ])('under %j after %j is %p, of bonus tests %p', (policy, had, tests, bonusTests) => {
    const left = (bonus: boolean): number | null => remainingTests(policyOf(policy), useOf(had), bonus);
    expect([left(false), left(true)]).toEqual([tests, bonusTests]);
  });
});

describe('the license policy ONE_TEST', () => {
  it.each<[string, string[], string]>([
    ['test', [], 'admitted'],
    ['bonus', [], 'MAX_BONUS_TESTS 0 of 0'],
    ['test', ['test'], 'MAX_RESULTS_PER_TEST 1 of 1'],
    ['other', ['test'], 'MAX_TESTS 1 of 1'],
    ['bonus', ['test'], 'MAX_BONUS_TESTS 0 of 0'],
  ])('asked for a result of "%s" after %j: %s', (wanted, had, expected) => {
    expect(answer(ONE_TEST, had, wanted)).toBe(expected);
  });
});

describe('the license policy ONE_TEST_AND_BONUS', () => {
  it.each<[string, string[], string]>([
    ['test', [], 'admitted'],
    ['bonus', [], 'admitted'],
    ['bonus', ['test'], 'admitted'],
    ['test', ['bonus'], 'admitted'],
    ['test', ['test', 'bonus'], 'MAX_RESULTS_PER_TEST 1 of 1'],
    ['bonus', ['test', 'bonus'], 'MAX_RESULTS_PER_TEST 1 of 1'],
    ['other', ['test', 'bonus'], 'MAX_TESTS 1 of 1'],
    ['bonus-2', ['test', 'bonus'], 'MAX_BONUS_TESTS 1 of 1'],
    ['other', ['bonus'], 'admitted'],
    ['bonus-2', ['test'], 'admitted'],
  ])('asked for a result of "%s" after %j: %s', (wanted, had, expected) => {
    expect(answer(ONE_TEST_AND_BONUS, had, wanted)).toBe(expected);
  });
});

describe('the license policy UNLIMITED', () => {
  const much = ['test', 'test', 'test', 'other', 'bonus', 'bonus', 'bonus-2'];

  it.each(['test', 'other', 'new', 'bonus', 'bonus-2', 'bonus-new'])('admits a result of "%s" after much use', (wanted) => {
    expect(answer(UNLIMITED, much, wanted)).toBe('admitted');
  });
});

describe('a custom license policy', () => {
  it.each<[string, Triple, string, string[], string]>([
    ['two tests admit a second one', [2, 0, 1], 'other', ['test'], 'admitted'],
    ['two tests admit no third one', [2, 0, 1], 'third', ['test', 'other'], 'MAX_TESTS 2 of 2'],
    ['results of one test take one place', [2, 0, null], 'other', ['test', 'test', 'test'], 'admitted'],
    ['without a limit of tests the limit of results counts', [null, 0, 1], 'test', ['test', 'other'], 'MAX_RESULTS_PER_TEST 1 of 1'],
    ['without a limit of tests a new test is admitted', [null, 0, 1], 'new', ['test', 'other'], 'admitted'],
    ['without a limit of bonus tests a new one is admitted', [0, null, 1], 'bonus-2', ['bonus'], 'admitted'],
    ['without a limit of bonus tests tests stay limited', [0, null, 1], 'test', ['bonus'], 'MAX_TESTS 0 of 0'],
    ['without a limit of results a test can be repeated', [1, 0, null], 'test', ['test', 'test'], 'admitted'],
    ['without a limit of results tests stay limited', [1, 0, null], 'other', ['test', 'test'], 'MAX_TESTS 1 of 1'],
    ['two results of a test admit the second', [1, 0, 2], 'test', ['test'], 'admitted'],
    ['two results of a test admit no third', [1, 0, 2], 'test', ['test', 'test'], 'MAX_RESULTS_PER_TEST 2 of 2'],
    ['two results count for each test alone', [2, 0, 2], 'other', ['test', 'test'], 'admitted'],
    ['two results count for bonus tests too', [0, 1, 2], 'bonus', ['bonus', 'bonus'], 'MAX_RESULTS_PER_TEST 2 of 2'],
    ['bonus tests take no place of tests', [1, 3, 1], 'test', ['bonus', 'bonus-2'], 'admitted'],
    ['tests take no place of bonus tests', [3, 1, 1], 'bonus', ['test', 'other'], 'admitted'],
    ['no tests admit none', [0, null, null], 'test', [], 'MAX_TESTS 0 of 0'],
    ['no results admit none, of a new test', [null, null, 0], 'test', [], 'MAX_RESULTS_PER_TEST 0 of 0'],
    ['the number of tests is told before the number of results', [0, 0, 0], 'test', [], 'MAX_TESTS 0 of 0'],
  ])('%s', (_, policy, wanted, had, expected) => {
    expect(answer(policy, had, wanted)).toBe(expected);
  });
});

describe('a license policy that was tightened', () => {
  it.each<[string, Triple, string, string[], string]>([
    ['admits a further result of a test that the user has had', [1, 0, 2], 'other', ['test', 'other'], 'admitted'],
    ['also when no test at all is admitted any more', [0, 0, 2], 'test', ['test'], 'admitted'],
    ['also for a bonus test', [1, 0, 2], 'bonus', ['test', 'bonus'], 'admitted'],
    ['admits no new test, and tells how many there are', [1, 0, 2], 'new', ['test', 'other', 'third'], 'MAX_TESTS 3 of 1'],
    ['admits no new bonus test', [null, 1, null], 'bonus-3', ['bonus', 'bonus-2'], 'MAX_BONUS_TESTS 2 of 1'],
    ['counts results that were given before', [1, 0, 1], 'test', ['test', 'test', 'test'], 'MAX_RESULTS_PER_TEST 3 of 1'],
  ])('%s', (_, policy, wanted, had, expected) => {
    expect(answer(policy, had, wanted)).toBe(expected);
  });
});

const limit = fc.option(fc.nat({ max: 3 }));
const anyPolicy = fc.record({ maxTests: limit, maxBonusTests: limit, maxResultsPerTest: limit });
const anyName = fc.constantFrom('test', 'other', 'third', 'bonus', 'bonus-2');
const anyUse = fc.array(anyName, { maxLength: 8 });

/** Attaches one result after another, as far as the policy admits them. */
function taken(policy: LicensePolicy, had: readonly string[], wanted: readonly string[]): string[] {
  return wanted.reduce((all, name) => (refusalOf(policy, useOf(all), named(name)) ? all : [...all, name]), [...had]);
}

describe('for every license policy', () => {
  it('loosening a limit never turns an admission into a refusal', () => {
    const more = fc.option(fc.nat({ max: 3 }));
    fc.assert(fc.property(anyPolicy, fc.tuple(more, more, more), anyUse, anyName, (policy, [tests, bonus, results], had, wanted) => {
      fc.pre(refusalOf(policy, useOf(had), named(wanted)) === null);
      const loosened = (was: number | null, by: number | null) => (was === null || by === null ? null : was + by);
      const looser = policyOf([
        loosened(policy.maxTests, tests), loosened(policy.maxBonusTests, bonus), loosened(policy.maxResultsPerTest, results),
      ]);
      expect(refusalOf(looser, useOf(had), named(wanted))).toBeNull();
    }));
  });

  it('more use never turns a refusal into an admission', () => {
    fc.assert(fc.property(anyPolicy, anyUse, anyUse, anyName, (policy, had, more, wanted) => {
      const refused = refusalOf(policy, useOf(had), named(wanted)) !== null;
      fc.pre(refused && (had.includes(wanted) || !more.includes(wanted)));
      expect(refusalOf(policy, useOf([...had, ...more]), named(wanted))).not.toBeNull();
    }));
  });

  it('a user never gets more than the limits, in whatever order results come', () => {
    fc.assert(fc.property(anyPolicy, fc.array(anyName, { maxLength: 20 }), (policy, wanted) => {
      const use = [...useOf(taken(policy, [], wanted)).values()];
      expect(use.filter(({ bonus }) => !bonus).length).toBeLessThanOrEqual(policy.maxTests ?? Infinity);
      expect(use.filter(({ bonus }) => bonus).length).toBeLessThanOrEqual(policy.maxBonusTests ?? Infinity);
      for (const { results } of use) expect(results).toBeLessThanOrEqual(policy.maxResultsPerTest ?? Infinity);
    }));
  });

  it('a refusal names a limit of the policy that is used up', () => {
    fc.assert(fc.property(anyPolicy, anyUse, anyName, (policy, had, wanted) => {
      const refusal = refusalOf(policy, useOf(had), named(wanted));
      fc.pre(refusal !== null);
      const limits = {
        MAX_TESTS: policy.maxTests, MAX_BONUS_TESTS: policy.maxBonusTests, MAX_RESULTS_PER_TEST: policy.maxResultsPerTest,
      };
      expect(refusal.limit).toBe(limits[refusal.rule]);
      expect(refusal.used).toBeGreaterThanOrEqual(refusal.limit);
    }));
  });
});
