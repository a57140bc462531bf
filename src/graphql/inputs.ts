import { Field, ID, InputType, Int } from 'type-graphql';
import { InputError } from '../kernel/input-error.js';
import type { Respondent } from '../scoring/index.js';
import { Sex } from './enums.js';
import { GraphQLUUID } from './uuid.js';

@InputType({ description: 'The answer to one question.' })
export class AnswerInput {
  @Field(() => ID, { description: '`Question.id`.' })
  questionId!: string;

  @Field(() => [String], { description: 'The chosen `QuestionOption.value`s or the texts; empty for a skipped question.' })
  values!: string[];
}

/** The ages that are taken, in full years. */
const RESPONDENT_AGE = { from: 5, to: 120 } as const;

@InputType({
  description: 'Who took the test, as far as a norm needs it. Chooses the group of the norm that the report compares with and names; is used for nothing else, and not stored as given.',
})
export class RespondentInput {
  @Field(() => Sex, { nullable: true, description: 'The sex by which norms tell people apart; null when unknown.' })
  sex?: Sex | null;

  @Field(() => Int, { nullable: true, description: `Age in full years, ${RESPONDENT_AGE.from} to ${RESPONDENT_AGE.to}; null when unknown.` })
  age?: number | null;
}

/** What is known of the person; null when nothing is. */
export function respondentOf(input: RespondentInput | null | undefined): Respondent | null {
  const { sex = null, age = null } = input ?? {};
  if (age !== null && (age < RESPONDENT_AGE.from || age > RESPONDENT_AGE.to)) {
    throw new InputError(`respondent.age has to be from ${RESPONDENT_AGE.from} to ${RESPONDENT_AGE.to}, or null when unknown.`);
  }
  return sex === null && age === null ? null : { sex, age };
}

@InputType({ description: 'The answers of one finished run of a test.' })
export class SaveProgressInput {
  @Field(() => String, { description: 'Slug of the test.' })
  test!: string;

  @Field(() => [AnswerInput], { description: 'One entry a question, in any order.' })
  answers!: AnswerInput[];

  @Field(() => Int, {
    nullable: true,
    description: '`Test.revision` as it was when the questions were fetched: the answers are scored by that edition, also when the test has changed since. Null: the published edition, or a recent one that the answers fit.',
  })
  revision?: number | null;

  @Field(() => RespondentInput, { nullable: true, description: 'Needed only for reports that compare with a norm; null when unknown.' })
  respondent?: RespondentInput | null;

  @Field(() => GraphQLUUID, {
    nullable: true,
    description: 'A random UUID of your making, a new one for each run of a test: repeating the request with it, the same test, answers and revision, gives the same result instead of a second one, until that is erased with its user. Keep it as secret as the result key, which it gives to whoever sends the same answers. Not used with an access token, which recognises the repeat by itself.',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Which result, and whose it is.' })
export class AttachResultInput {
  @Field(() => GraphQLUUID, { description: 'RESULT_KEY.' })
  resultKey!: string;

  @Field(() => String, { description: 'Your own id of the person: 1 to 255 characters, kept exactly as given.' })
  userId!: string;
}

@InputType({ description: 'Whom to register.' })
export class RegisterUserInput {
  @Field(() => String, { description: 'Your own id of the person: 1 to 255 characters, kept exactly as given.' })
  userId!: string;
}
