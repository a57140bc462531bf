import { Field, Int, ObjectType } from 'type-graphql';
import { type PublishedTest, Question } from '../catalogue/index.js';

@ObjectType({ description: 'One question with its place in the test: what a one-question-a-page front end asks for.' })
export class QuestionStep {
  @Field(() => Int, { description: '1 for the first question.' })
  readonly number: number;

  @Field(() => Int, { description: 'Number of questions of the test.' })
  readonly length: number;

  constructor(private readonly test: PublishedTest, private readonly index: number) {
    this.number = index + 1;
    this.length = test.questions.length;
  }

  @Field(() => Question, { description: 'The question.' })
  get question(): PublishedTest['questions'][number] {
    return this.test.questions[this.index]!;
  }

  @Field(() => QuestionStep, { nullable: true, description: 'The step after this one; null after the last.' })
  get next(): QuestionStep | null {
    return stepAt(this.test, this.index + 1);
  }

  @Field(() => QuestionStep, { nullable: true, description: 'The step before this one; null before the first.' })
  get previous(): QuestionStep | null {
    return stepAt(this.test, this.index - 1);
  }
}

/** The step at a place counted from 0; null outside the test. */
export function stepAt(test: PublishedTest, index: number): QuestionStep | null {
  return index in test.questions ? new QuestionStep(test, index) : null;
}
