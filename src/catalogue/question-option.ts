import { PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import type { Localized } from '../kernel/localized.js';
import { Question } from './question.js';

/** What may be chosen; for a TEXT question a field to fill in, whose value is the right answer. */
@Entity()
@ObjectType({ description: 'What the taker may choose, or a field to fill in. Never tells which choice is right.' })
export class QuestionOption {
  [PrimaryKeyProp]?: ['question', 'position'];

  @ManyToOne(() => Question, {
    primary: true, joinColumns: ['test_id', 'revision_number', 'question_id'], deleteRule: 'cascade',
  })
  question!: Rel<Question>;

  /** 1 for the first option. */
  @PrimaryKey({ type: 'integer' })
  position!: number;

  @Property({ type: 'text' })
  value!: string;

  /** Of a TEXT field: the right answer in other languages; null when the value serves for all. */
  @Property({ type: 'json', nullable: true })
  translations!: Localized | null;

  @Property({ type: 'json', nullable: true })
  text!: Localized | null;

  @Property({ type: 'string', length: 2000, nullable: true })
  @Field(() => String, { nullable: true, description: 'Address of a picture; null for none.' })
  image!: string | null;

  @Property({ type: 'boolean' })
  correct!: boolean;
}
