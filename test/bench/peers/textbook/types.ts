import { GraphQLUUID } from 'graphql-scalars';
import { createUnionType, Field, InputType, Int, ObjectType } from 'type-graphql';

@InputType()
export class AttachResultInput {
  @Field(() => GraphQLUUID)
  resultKey!: string;

  @Field(() => String)
  userId!: string;
}

@ObjectType()
export class LicenseUsage {
  @Field(() => Int)
  issued!: number;

  @Field(() => Int, { nullable: true })
  remaining!: number | null;
}

@ObjectType()
export class User {
  @Field(() => GraphQLUUID)
  key!: string;
}

@ObjectType()
export class AttachResultSuccess {
  @Field(() => Boolean)
  licenseIssued!: boolean;

  @Field(() => Boolean)
  replayed!: boolean;

  @Field(() => LicenseUsage)
  licenseUsage!: LicenseUsage;

  @Field(() => User)
  user!: User;
}

@ObjectType()
export class ClientSuspendedProblem {
  @Field(() => String)
  message = 'The client is suspended.';
}

@ObjectType()
export class ResultNotFoundProblem {
  @Field(() => String)
  message = 'No result has this key.';
}

@ObjectType()
export class ResultAlreadyAttachedProblem {
  @Field(() => String)
  message = 'Another user has the result.';
}

@ObjectType()
export class LicenseLimitReachedProblem {
  @Field(() => String)
  message = 'No license is left.';
}

@ObjectType()
export class ResultLimitReachedProblem {
  @Field(() => String)
  message = 'The license admits no further result.';
}

export const AttachResultOutcome = createUnionType({
  name: 'AttachResultOutcome',
  types: () => [
    AttachResultSuccess, ClientSuspendedProblem, LicenseLimitReachedProblem, ResultAlreadyAttachedProblem,
    ResultLimitReachedProblem, ResultNotFoundProblem,
  ] as const,
});
