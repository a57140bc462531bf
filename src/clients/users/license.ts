import { PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Entity, Index, OneToOne, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { User } from './user.js';

/** The right of one user to be associated with results: one user, one license, by primary key. */
@Entity()
@Index({ name: 'license_issued', expression: 'create index "license_issued" on "license" ("client_id", "issued_at")' })
@ObjectType({ description: 'The right of one user to be associated with results.' })
export class License {
  [PrimaryKeyProp]?: 'user';

  @OneToOne(() => User, { primary: true, joinColumns: ['client_id', 'user_id'], deleteRule: 'restrict' })
  user!: Rel<User>;

  @Property({ type: 'timestamptz' })
  @Field(() => Date, { description: 'When the license was issued.' })
  issuedAt!: Date;
}
