import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, InputType, ObjectType } from 'type-graphql';
import { checkedPeriod, PERIOD_DAYS, type Period as Days } from '../kernel/period.js';

@InputType({ description: `Days in a row in the client's time zone (\`Client.timeZone\`), at most ${PERIOD_DAYS}.` })
export class PeriodInput {
  @Field(() => GraphQLLocalDate, { description: 'The first day, such as 2026-01-01.' })
  from!: string;

  @Field(() => GraphQLLocalDate, { description: 'The last day, included.' })
  to!: string;
}

@ObjectType({ description: "Days in a row in the client's time zone." })
export class Period {
  @Field(() => GraphQLLocalDate, { description: 'The first day.' })
  from!: string;

  @Field(() => GraphQLLocalDate, { description: 'The last day, included.' })
  to!: string;
}

/** The period that an argument names; null when it names none. An `InputError` tells what is wrong with it. */
export function periodIn(input: PeriodInput | null | undefined): Days | null {
  return input ? checkedPeriod(input.from, input.to) : null;
}
