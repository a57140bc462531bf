import { Field, Int, ObjectType } from 'type-graphql';
import { Result, type ResultHead } from '../results/index.js';
import { listOf } from './cost.js';

@ObjectType({ description: 'What a user has had of one test. All times are those of the attachments.' })
export class UserTestStatistics {
  @Field(() => Int, { description: 'Number of results.' })
  results!: number;

  @Field(() => Date, { description: 'When the first of them was attached.' })
  firstAt!: Date;

  @Field(() => Date, { description: 'When the latest of them was attached.' })
  lastAt!: Date;

  @Field(() => Result, { description: 'The one that was attached last.' })
  latest!: ResultHead;
}

@ObjectType({ description: 'What a user has had, and what is left of the license. All times are those of the attachments.' })
export class UserStatistics {
  @Field(() => Int, { description: 'Number of results.' })
  resultCount!: number;

  @Field(() => Date, { nullable: true, description: 'When the first result was attached; null without a result.' })
  firstResultAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the latest result was attached; null without a result.' })
  lastResultAt!: Date | null;

  @Field(() => [UserTestStatistics], {
    complexity: listOf(5), description: 'Every test that the user has a result of, the one with the latest result first.',
  })
  byTest!: readonly UserTestStatistics[];
}

@ObjectType({ description: 'How much a test was used in a period.' })
export class TestUsage {
  @Field(() => Int, { description: 'Results that were attached in the period.' })
  results!: number;

  @Field(() => Int, { description: 'Distinct users to whom they were attached.' })
  users!: number;
}
