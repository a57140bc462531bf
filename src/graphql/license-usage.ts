import { Field, Int, ObjectType } from 'type-graphql';
import type { Client } from '../clients/index.js';
import type { Period } from '../kernel/period.js';
import { Interval, type LicenseAccount, type UsageQuestion } from '../licensing/index.js';

@ObjectType({ description: 'How many licenses a client has issued, and how many it may.' })
export class LicenseUsage {
  @Field(() => Int, { description: 'Licenses issued since the client registered.' })
  issued!: number;

  @Field(() => Int, { nullable: true, description: 'Licenses paid for; null for a postpaid client.' })
  limit!: number | null;
}

@ObjectType({ description: 'The licenses issued in a day, week or month.' })
export class LicenseUsagePoint {
  @Field(() => Date, {
    description: "The moment at which the day, week or month begins in the client's time zone; a week begins on Monday. The first week or month may begin before the period.",
  })
  start!: Date;

  @Field(() => Int, { description: 'Licenses issued in it, on days of the period.' })
  issued!: number;
}

/** What the fields of a license usage are read from. */
export interface LicenseUsageRoot extends LicenseAccount {
  readonly question: UsageQuestion;
}

/** The usage of a client as it stands now, by months of the last twelve unless something else is asked for. */
export function licenseUsageRoot(
  { id, timeZone, createdAt }: Client, account: LicenseAccount, askedAt: Date, period: Period | null = null, interval = Interval.MONTH,
): LicenseUsageRoot {
  return { ...account, question: { clientId: id, timeZone, registeredAt: createdAt, period, interval, askedAt } };
}

@ObjectType({ description: 'How many results one license admits. Limits are per user; null means no limit.' })
export class LicensePolicy {
  @Field(() => Int, { nullable: true, description: 'Distinct tests that are no bonus.' })
  maxTests!: number | null;

  @Field(() => Int, { nullable: true, description: 'Distinct bonus tests.' })
  maxBonusTests!: number | null;

  @Field(() => Int, { nullable: true, description: 'Results of one and the same test.' })
  maxResultsPerTest!: number | null;
}
