import { GraphQLSafeInt } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import { CURRENCY } from '../kernel/money.js';

@ObjectType({ description: 'An amount of money.' })
export class Money {
  @Field(() => GraphQLSafeInt, { description: 'In the smallest unit of the currency: kopecks, hundredths of a rouble.' })
  amount!: number;

  @Field(() => String, { description: 'Code of ISO 4217: `RUB`.' })
  currency!: string;
}

/** An amount in kopecks as GraphQL gives it. */
export function moneyOf(kopecks: number): Money {
  return { amount: kopecks, currency: CURRENCY };
}
