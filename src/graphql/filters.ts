import { Field, InputType } from 'type-graphql';
import { FILTER_TESTS } from '../clients/index.js';

@InputType('UserFilter', { description: 'Which users to list; each field that is given has to hold.' })
export class UserFilterInput {
  @Field(() => [String], {
    nullable: true,
    description: `Slugs of at most ${FILTER_TESTS} tests: users who have a result of every one of them. Null or empty for all users; a slug without a test is an error.`,
  })
  completed?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: `Slugs of at most ${FILTER_TESTS} tests: users who have a result of none of them. Null or empty for all users; a slug without a test is an error.`,
  })
  notCompleted?: string[] | null;

  @Field(() => Date, { nullable: true, description: 'Users registered at this moment or later.' })
  registeredFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Users registered before this moment, which is not earlier than `registeredFrom`.' })
  registeredTo?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'How `User.externalId` begins: 1 to 255 characters, exact and case-sensitive, no wildcards.',
  })
  externalIdPrefix?: string | null;
}

@InputType('ResultFilter', { description: 'Which results to list; each field that is given has to hold.' })
export class ResultFilterInput {
  @Field(() => String, { nullable: true, description: 'Slug of their test; one without a test is an error.' })
  test?: string | null;

  @Field(() => Date, { nullable: true, description: 'Results attached at this moment or later.' })
  attachedFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Results attached before this moment, which is not earlier than `attachedFrom`.' })
  attachedTo?: Date | null;
}
