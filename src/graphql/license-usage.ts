import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'How many licenses a client has issued, and how many it may.' })
export class LicenseUsage {
  @Field(() => Int, { description: 'Licenses issued since the client registered.' })
  issued!: number;

  @Field(() => Int, { nullable: true, description: 'Licenses paid for; null for a postpaid client.' })
  limit!: number | null;
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
