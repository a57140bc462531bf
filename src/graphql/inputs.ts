import { Field, ID, InputType } from 'type-graphql';
import { GraphQLUUID } from './uuid.js';

@InputType({ description: 'The answer to one question.' })
export class AnswerInput {
  @Field(() => ID, { description: '`Question.id`.' })
  questionId!: string;

  @Field(() => [String], { description: 'The chosen `QuestionOption.value`s or the texts; empty for a skipped question.' })
  values!: string[];
}

@InputType({ description: 'The answers of one finished run of a test.' })
export class SaveProgressInput {
  @Field(() => String, { description: 'Slug of the test.' })
  test!: string;

  @Field(() => [AnswerInput], { description: 'One entry a question, in any order.' })
  answers!: AnswerInput[];

  @Field(() => GraphQLUUID, {
    nullable: true,
    description: 'A random UUID of your making, a new one for each run of a test: repeating the request with it gives the same result instead of a second one. Keep it as secret as the result key, which it gives to whoever sends the same answers.',
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
