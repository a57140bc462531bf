import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { PERIOD_DAYS } from '../../kernel/period.js';
import { exhaustedAt, HORIZON_YEARS, type LicenseAccount, PACE_DAYS, type UsagePoint } from '../../licensing/index.js';
import type { RequestContext } from '../context.js';
import { listOf } from '../cost.js';
import { LicenseUsage, LicenseUsagePoint, type LicenseUsageRoot } from '../license-usage.js';

/** What is counted by day is read in one look for all of a usage. */
@Resolver(() => LicenseUsage)
export class LicenseUsageResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Licenses that a prepaid client may issue beyond its limit; null for a postpaid client.',
  })
  overdraft(@Root() { limit, overdraft }: LicenseAccount): number | null {
    return limit === null ? null : overdraft;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'limit - issued: below zero while the overdraft is used; null for a postpaid client.',
  })
  remaining(@Root() { limit, issued }: LicenseAccount): number | null {
    return limit === null ? null : limit - issued;
  }

  @FieldResolver(() => Int, { description: 'Licenses issued in the period.' })
  async issuedInPeriod(@Root() { question }: LicenseUsageRoot, @Ctx() { loaders }: RequestContext): Promise<number> {
    return (await loaders.licenseUsage.load(question)).issued;
  }

  @FieldResolver(() => [LicenseUsagePoint], {
    complexity: listOf(PERIOD_DAYS),
    description: 'A point for every day, week or month that the period touches, in their order, also for one without licenses.',
  })
  async series(@Root() { question }: LicenseUsageRoot, @Ctx() { loaders }: RequestContext): Promise<readonly UsagePoint[]> {
    return (await loaders.licenseUsage.load(question)).series;
  }

  @FieldResolver(() => Date, {
    nullable: true,
    description: `When the limit will be reached at the pace of the last ${PACE_DAYS} days, today included, or of the days since the client registered; now when it is. The overdraft is left out. Null for a postpaid client, when none of these days saw a license, and when it is more than ${HORIZON_YEARS} years ahead.`,
  })
  async exhaustedAt(@Root() usage: LicenseUsageRoot, @Ctx() { loaders }: RequestContext): Promise<Date | null> {
    const { pace } = await loaders.licenseUsage.load(usage.question);
    return exhaustedAt(usage, pace, usage.question.askedAt);
  }
}
