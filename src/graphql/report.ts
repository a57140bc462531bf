import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { listOf } from './cost.js';
import { BarColor } from './enums.js';

@ObjectType({ description: 'A scale that the author of a test declares.' })
export class Scale {
  @Field(() => ID, { description: 'Name of the scale within its test, for programs.' })
  id!: string;
}

@ObjectType({ description: 'A score as a bar.' })
export class ReportBar {
  @Field(() => String, { description: 'What stands above the bar, as plain text, for example `Level: 3 of 6`.' })
  text!: string;

  @Field(() => Float, { description: 'How far the bar is filled, 0 to 100.' })
  percentage!: number;

  @Field(() => BarColor, { description: 'What the level means.' })
  color!: BarColor;
}

@ObjectType({ description: 'A sum compared with those of a group of people.' })
export class StandardScore {
  @Field(() => Float, { description: '50 + 10 (sum - mean) / standard deviation: 50 is the average of the group.' })
  tScore!: number;

  @Field(() => Float, { description: 'How many percent of the group have a lower sum, 0 to 100.' })
  percentile!: number;
}

@ObjectType({ description: 'What the author of a test has to say about a result.' })
export class Interpretation {
  @Field(() => String, { nullable: true, description: 'Heading, as plain text; null for none.' })
  title!: string | null;

  @Field(() => String, { nullable: true, description: 'Text, as simple HTML; null for none.' })
  html!: string | null;

  @Field(() => ReportBar, { nullable: true, description: 'A bar that the author wants shown; null for none.' })
  bar!: ReportBar | null;
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
    description: 'Where the sum lies between min (0) and max (100); null when the two are equal, and when fewer items were answered than the scale needs.',
  })
  percentage!: number | null;

  @Field(() => StandardScore, {
    nullable: true,
    description: 'The sum compared with a norm. Null when the test has no norm for the scale, none for the respondent, or an item is unanswered.',
  })
  standardized?: object | null;
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

  @Field(() => [ValueScore], { complexity: listOf(10), description: 'How often each value was chosen; 100 % is `max`. The right texts of TEXT questions are listed too, as on the platform: show the list to nobody who may take the test again.' })
  values!: ValueScore[];

  @Field(() => [ValueScore], { complexity: listOf(10), description: 'How often each value was chosen; 100 % is the number of questions.' })
  repeats!: ValueScore[];

  @Field(() => [GroupScore], { complexity: listOf(10), description: 'The groups of questions, in the order of the test.' })
  groups!: GroupScore[];
}
