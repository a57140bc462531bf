import { Check, Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Node } from '../kernel/node.js';

/** A psychological or career test: what stays the same while its revisions come and go. */
@Entity()
@Check({ name: 'test_slug_shape', expression: `slug ~ '^[A-Za-z0-9_-]{1,50}$'` })
@ObjectType({ implements: Node, description: 'A published test.' })
export class Test implements Node {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string', length: 50, unique: true })
  @Field(() => String, { description: 'The name of the test in this API; never changes.' })
  slug!: string;

  /** The numeric id by which REST v1 partners know the test; null for a test that never had one. */
  @Property({ type: 'integer', nullable: true, unique: true })
  legacyId!: number | null;

  @Property({ type: 'boolean' })
  @Field(() => Boolean, {
    description: 'A paid test shows its report only after the result is attached to a user; a free one always.',
  })
  paid!: boolean;

  @Property({ type: 'boolean' })
  @Field(() => Boolean, {
    description: 'A bonus test counts against `LicensePolicy.maxBonusTests` instead of `maxTests`.',
  })
  bonus!: boolean;

  @Property({ type: 'timestamptz' })
  createdAt!: Date;
}
