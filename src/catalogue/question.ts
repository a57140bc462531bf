import { Collection, OptionalProps, PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Check, Entity, Enum, ManyToOne, OneToMany, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import type { Localized } from '../kernel/localized.js';
import { QuestionKind } from './question-kind.js';
import { QuestionOption } from './question-option.js';
import { TestRevision } from './test-revision.js';

/** One question of a revision, named by the id that its author gave it. */
@Entity()
@Unique({ properties: ['revision', 'position'] })
@Check({ name: 'question_count_positive', expression: 'count > 0' })
@Check({ name: 'question_timer_not_negative', expression: 'timer_seconds >= 0' })
@ObjectType({ description: 'A question of a test.' })
export class Question {
  [PrimaryKeyProp]?: ['revision', 'id'];
  [OptionalProps]?: 'options';

  @ManyToOne(() => TestRevision, { primary: true, joinColumns: ['test_id', 'revision_number'], deleteRule: 'cascade' })
  revision!: Rel<TestRevision>;

  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  /** 1 for the first question. */
  @Property({ type: 'integer' })
  position!: number;

  @Enum({ items: () => QuestionKind, type: 'string' })
  @Field(() => QuestionKind, { description: 'How the question is answered.' })
  kind!: QuestionKind;

  @Property({ type: 'json' })
  name!: Localized;

  @Property({ type: 'json', nullable: true })
  text!: Localized | null;

  @Property({ type: 'string', length: 2000, nullable: true })
  @Field(() => String, { nullable: true, description: 'Address of a picture; null for none.' })
  image!: string | null;

  /** The scoring group; null for none. */
  @Property({ type: 'string', length: 100, nullable: true })
  scoringGroup!: string | null;

  @Property({ type: 'integer', nullable: true })
  @Field(() => Int, { nullable: true, description: 'How many values an answer is expected to have. Null: one for OPTION and GRADIENT, one a field for TEXT, any number for CHECKBOX and RATING.' })
  count!: number | null;

  @Property({ type: 'integer' })
  @Field(() => Int, { description: 'Seconds to answer; 0 for no limit. Kept by the front end.' })
  timerSeconds!: number;

  @Property({ type: 'json', nullable: true })
  correctFeedback!: Localized | null;

  @Property({ type: 'json', nullable: true })
  wrongFeedback!: Localized | null;

  @Property({ type: 'boolean' })
  @Field(() => Boolean, { description: 'Whether the taker may go back from here.' })
  backAllowed!: boolean;

  @Property({ type: 'boolean' })
  @Field(() => Boolean, { description: 'Whether the taker may go on without an answer.' })
  forwardAllowed!: boolean;

  @Property({ type: 'boolean' })
  @Field(() => Boolean, { description: 'Whether the front end tells the taker if the answer was right.' })
  answerShown!: boolean;

  @OneToMany(() => QuestionOption, (option) => option.question, { orderBy: { position: 'asc' } })
  options: Collection<QuestionOption> = new Collection<QuestionOption>(this);
}
