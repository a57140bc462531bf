import { Arg, Args, Ctx, Extensions, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { type PublishedTest, Test } from '../../catalogue/index.js';
import { Client, type RegisteredUser, User } from '../../clients/index.js';
import { type LicensePolicy, type LicenseUse, remainingTests } from '../../licensing/index.js';
import {
  availableTests, licenseUseOf, readTestUsage, type TestUsage as UsageOfTest, type UserStatistics as StatisticsOfUser,
  type UserTestStatistics as StatisticsOfTest,
} from '../../statistics/index.js';
import { type Connection, PAGE_SIZE, PageArgs } from '../connection.js';
import type { RequestContext, Services } from '../context.js';
import { listOf, pageCost, scan, TEST_USAGE_COST } from '../cost.js';
import { periodIn, PeriodInput } from '../period.js';
import { TestUsage, UserStatistics, UserTestStatistics } from '../statistics.js';
import { TestConnection, testConnection } from './test.resolver.js';

/** Statistics with what is needed to tell what is left of the license. */
interface StatisticsRoot extends StatisticsOfUser {
  readonly userId: string;
  readonly policy: LicensePolicy;
  /** Found out when it is asked for. */
  readonly use: () => Promise<LicenseUse>;
}

@Resolver(() => Client)
export class TestUsageOfClientResolver {
  constructor(private readonly services: Services) {}

  @Extensions(scan(TEST_USAGE_COST))
  @FieldResolver(() => [TestUsage], {
    complexity: listOf(20),
    description: 'How much each test was used in a period, the most used first; tests without a result are left out. Results that were erased since count too.',
  })
  testUsage(
    @Root() client: Client,
    @Arg('period', () => PeriodInput, { nullable: true, description: 'The days to count; without it twelve calendar months, the last of them until today.' })
    period: PeriodInput | null,
  ): Promise<UsageOfTest[]> {
    const { reading, now } = this.services;
    return readTestUsage(reading, client, periodIn(period), now());
  }
}

@Resolver(() => TestUsage)
export class TestUsageResolver {
  constructor(private readonly services: Services) {}

  @FieldResolver(() => Test, { description: 'The test as it is published now.' })
  test(@Root() { testId }: UsageOfTest): Promise<PublishedTest> {
    return this.services.catalogue.published(testId);
  }
}

@Resolver(() => User)
export class StatisticsOfUserResolver {
  constructor(private readonly services: Services) {}

  @FieldResolver(() => UserStatistics, { description: 'What the user has had, and what is left of the license.' })
  async statistics(
    @Root() { id: userId, clientId }: RegisteredUser,
    @Ctx() { caller, loaders }: RequestContext,
  ): Promise<StatisticsRoot> {
    const loading = loaders.userStatistics.load({ userId, asked: { clientId } });
    const [policy, statistics] = await Promise.all([caller.client(), loading]);
    return { ...statistics, userId, policy, use: () => licenseUseOf(this.services.catalogue, statistics) };
  }
}

@Resolver(() => UserStatistics)
export class UserStatisticsResolver {
  constructor(private readonly services: Services) {}

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'How many more distinct tests that are no bonus the license policy admits, 0 when it is used up; null for any number.',
  })
  async remainingTests(@Root() { policy, use }: StatisticsRoot): Promise<number | null> {
    return remainingTests(policy, await use(), false);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'How many more distinct bonus tests the license policy admits, 0 when it is used up; null for any number.',
  })
  async remainingBonusTests(@Root() { policy, use }: StatisticsRoot): Promise<number | null> {
    return remainingTests(policy, await use(), true);
  }

  @FieldResolver(() => TestConnection, {
    complexity: pageCost(PAGE_SIZE),
    description: 'The published tests of which the license policy admits one more result, the newest first.',
  })
  async availableTests(
    @Root() { userId, policy, use }: StatisticsRoot,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<Connection<PublishedTest>> {
    const tests = availableTests(this.services.catalogue.tests, policy, await use());
    return testConnection(tests, args, { list: 'availableTests', owner: userId });
  }
}

@Resolver(() => UserTestStatistics)
export class UserTestStatisticsResolver {
  constructor(private readonly services: Services) {}

  @FieldResolver(() => Test, { description: 'The test as it is published now.' })
  test(@Root() { testId }: StatisticsOfTest): Promise<PublishedTest> {
    return this.services.catalogue.published(testId);
  }
}
