/** How many results one license admits (glossary of API v3: "Лицензионная политика"). Null means no limit. */
export interface LicensePolicy {
  /** Distinct tests that are no bonus. */
  readonly maxTests: number | null;
  /** Distinct bonus tests. */
  readonly maxBonusTests: number | null;
  /** Results of one and the same test. */
  readonly maxResultsPerTest: number | null;
}

/** The policies that have a name. */
export enum LicensePolicyPreset {
  /** One result of one test. */
  ONE_TEST = 'ONE_TEST',
  /** One result of one test and one result of one bonus test. */
  ONE_TEST_AND_BONUS = 'ONE_TEST_AND_BONUS',
  /** Any number of results. */
  UNLIMITED = 'UNLIMITED',
  /** Limits agreed with this client. */
  CUSTOM = 'CUSTOM',
}

/** The limits behind each named preset. */
export const licensePolicies: Readonly<Record<Exclude<LicensePolicyPreset, LicensePolicyPreset.CUSTOM>, LicensePolicy>> = {
  [LicensePolicyPreset.ONE_TEST]: { maxTests: 1, maxBonusTests: 0, maxResultsPerTest: 1 },
  [LicensePolicyPreset.ONE_TEST_AND_BONUS]: { maxTests: 1, maxBonusTests: 1, maxResultsPerTest: 1 },
  [LicensePolicyPreset.UNLIMITED]: { maxTests: null, maxBonusTests: null, maxResultsPerTest: null },
};

/** The name of a policy; limits without a name of their own are CUSTOM. */
export function presetOf(policy: LicensePolicy): LicensePolicyPreset {
  const named = Object.values(LicensePolicyPreset).filter((preset) => preset !== LicensePolicyPreset.CUSTOM).find((preset) => {
    const { maxTests, maxBonusTests, maxResultsPerTest } = licensePolicies[preset];
    return maxTests === policy.maxTests && maxBonusTests === policy.maxBonusTests && maxResultsPerTest === policy.maxResultsPerTest;
  });
  return named ?? LicensePolicyPreset.CUSTOM;
}

/** The part of a license policy that refuses a result. */
export enum LicensePolicyRule {
  /** `LicensePolicy.maxTests`. */
  MAX_TESTS = 'MAX_TESTS',
  /** `LicensePolicy.maxBonusTests`. */
  MAX_BONUS_TESTS = 'MAX_BONUS_TESTS',
  /** `LicensePolicy.maxResultsPerTest`. */
  MAX_RESULTS_PER_TEST = 'MAX_RESULTS_PER_TEST',
}

/** A test as the license policy sees it. */
export interface LicensedTest {
  readonly testId: string;
  readonly bonus: boolean;
}

/** What a user has had under the license: for each test the number of attached results. */
export type LicenseUse = ReadonlyMap<string, LicensedTest & { readonly results: number }>;

export interface LicensePolicyRefusal {
  readonly rule: LicensePolicyRule;
  /** What the policy admits. */
  readonly limit: number;
  /** What the user has had already. */
  readonly used: number;
}

/**
 * Why the policy refuses one more result of a test; null when it admits it. A further result of a test that the user
 * has had needs no place among the tests, so that tightening a policy never takes back a test once given.
 */
export function refusalOf(policy: LicensePolicy, use: LicenseUse, test: LicensedTest): LicensePolicyRefusal | null {
  const results = use.get(test.testId)?.results ?? 0;
  if (results === 0) {
    const rule = test.bonus ? LicensePolicyRule.MAX_BONUS_TESTS : LicensePolicyRule.MAX_TESTS;
    const limit = test.bonus ? policy.maxBonusTests : policy.maxTests;
    const used = testsUsed(use, test.bonus);
    if (limit !== null && used >= limit) return { rule, limit, used };
  }
  const limit = policy.maxResultsPerTest;
  if (limit === null || results < limit) return null;
  return { rule: LicensePolicyRule.MAX_RESULTS_PER_TEST, limit, used: results };
}

/** How many more distinct tests, bonus ones or others, the policy admits; null for any number, never below 0. */
export function remainingTests(policy: LicensePolicy, use: LicenseUse, bonus: boolean): number | null {
  const limit = bonus ? policy.maxBonusTests : policy.maxTests;
  return limit === null ? null : Math.max(0, limit - testsUsed(use, bonus));
}

function testsUsed(use: LicenseUse, bonus: boolean): number {
  return [...use.values()].filter((test) => test.bonus === bonus).length;
}
