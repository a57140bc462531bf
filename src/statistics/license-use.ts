import type { Catalogue, PublishedTest } from '../catalogue/index.js';
import { type LicensePolicy, type LicenseUse, refusalOf } from '../licensing/index.js';
import type { UserStatistics } from './user-statistics.js';

/** What a user has had as the license policy sees it; whether a test is a bonus is read as it is now. */
export async function licenseUseOf(
  catalogue: Pick<Catalogue, 'published'>, { byTest }: Pick<UserStatistics, 'byTest'>,
): Promise<LicenseUse> {
  return new Map(await Promise.all(byTest.map(async ({ testId, results }) => {
    const { bonus } = await catalogue.published(testId);
    return [testId, { testId, bonus, results }] as const;
  })));
}

/** The tests of which the license policy admits one more result. */
export function availableTests(tests: readonly PublishedTest[], policy: LicensePolicy, use: LicenseUse): PublishedTest[] {
  return tests.filter(({ id, bonus }) => refusalOf(policy, use, { testId: id, bonus }) === null);
}
