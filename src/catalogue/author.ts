import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import type { Localized } from '../kernel/localized.js';

/** Who made a test. */
@Entity()
@ObjectType({ description: 'Who made a test.' })
export class Author {
  @PrimaryKey({ type: 'string', length: 50 })
  @Field(() => String, { description: "The author's name in addresses; unique." })
  slug!: string;

  @Property({ type: 'json' })
  name!: Localized;

  @Property({ type: 'string', length: 2000, nullable: true })
  @Field(() => String, { nullable: true, description: "The author's page; null when there is none." })
  url!: string | null;
}
