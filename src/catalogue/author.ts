// Needed by the decorator below; this file may be the first with one.
import 'reflect-metadata';
import { Field, ObjectType } from 'type-graphql';
import type { Localized } from '../kernel/localized.js';

/** Who made a test, as a definition tells it. */
export interface AuthorDefinition {
  readonly slug: string;
  readonly name: Localized;
  readonly url: string | null;
}

/** Who made a test: a part of each edition. */
@ObjectType({ description: 'Who made a test.' })
export class Author {
  @Field(() => String, { description: "The author's name in addresses; the same for all tests of an author." })
  slug!: string;

  @Field(() => String, { nullable: true, description: "The author's page; null when there is none." })
  url!: string | null;
}
