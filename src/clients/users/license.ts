import { PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Entity, Enum, Index, OneToOne, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { PaymentPolicy } from '../../licensing/index.js';
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

  /** How the client paid when the license was issued: one that was issued in advance is paid for by the limit. */
  @Enum({ items: () => PaymentPolicy, type: 'string' })
  paymentPolicy!: PaymentPolicy;
}
