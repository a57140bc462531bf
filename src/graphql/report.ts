import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { listOf } from './cost.js';

@ObjectType({ description: 'A scale that the author of a test declares.' })
export class Scale {
  @Field(() => ID, { description: 'Name of the scale within its test, for programs.' })
  id!: string;
}

@ObjectType({ description: 'The score on one declared scale. Only answered items count, in the sum as well as in its limits.' })
export class ScaleScore {
  @Field(() => Scale, { description: 'The scale.' })
  scale!: Scale;

  @Field(() => Float, { description: 'The answers added up by their weights, reversed items mirrored.' })
  sum!: number;

  @Field(() => Float, { description: 'The smallest sum that the answered items could give.' })
  min!: number;

  @Field(() => Float, { description: 'The largest sum that the answered items could give.' })
  max!: number;

  @Field(() => Int, { description: 'How many items of the scale were answered.' })
  answered!: number;

  @Field(() => Int, { description: 'How many items the scale has.' })
  items!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Where the sum lies between min (0) and max (100); null when the two are equal.',
  })
  percentage!: number | null;
}

@ObjectType({ description: 'How often one value was chosen.' })
export class ValueScore {
  @Field(() => String, { description: 'The value; empty for skipped questions.' })
  value!: string;

  @Field(() => Int, { description: 'How often it was chosen.' })
  sum!: number;

  @Field(() => Int, { description: 'Percent of the largest total (in `values`) or of the questions (in `repeats`), whole.' })
  percentage!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Percent of the options that have this value, whole; null for a value that no option has.',
  })
  valuePercentage!: number | null;
}

@ObjectType({ description: 'The points of one group of questions.' })
export class GroupScore {
  @Field(() => String, { description: 'Name of the group.' })
  group!: string;

  @Field(() => Float, { description: 'Points of the group.' })
  sum!: number;

  @Field(() => Float, { description: 'The points that count as 100 % of the group.' })
  max!: number;

  @Field(() => Float, { description: "Whole percent of the group's own maximum." })
  percentage!: number;

  @Field(() => Float, { description: "Whole percent of the whole test's maximum." })
  percentageOfAll!: number;
}

@ObjectType({ description: 'What was calculated from the answers when they were saved.' })
export class Report {
  @Field(() => Float, { description: 'Points over all questions: right answers, and the numbers chosen elsewhere.' })
  sum!: number;

  @Field(() => Float, { description: 'The points that count as 100 %.' })
  max!: number;

  @Field(() => Float, {
    description: 'Whole percent of `max`; texts answered rightly can lift it above 100, negative options below 0.',
  })
  percentage!: number;

  @Field(() => [ValueScore], { complexity: listOf(10), description: 'How often each value was chosen; 100 % is `max`.' })
  values!: ValueScore[];

  @Field(() => [ValueScore], { complexity: listOf(10), description: 'How often each value was chosen; 100 % is the number of questions.' })
  repeats!: ValueScore[];

  @Field(() => [GroupScore], { complexity: listOf(10), description: 'The groups of questions, in the order of the test.' })
  groups!: GroupScore[];

  @Field(() => [ScaleScore], { complexity: listOf(20), description: 'The scales that the test declares, in its order.' })
  scales!: ScaleScore[];

  @Field(() => GraphQLJSONObject, {
    description: 'All of it as the json format of the REST API gives it; maps are always objects.',
  })
  json!: Record<string, unknown>;
}
