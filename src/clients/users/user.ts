import { PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Check, Entity, Index, ManyToOne, OneToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Node } from '../../kernel/node.js';
import { Client } from '../client.js';
import { License } from './license.js';

/** A person in the client's system. The table has a name of its own because `user` is a reserved word of SQL. */
@Entity({ tableName: 'client_user' })
@Unique({ properties: ['client', 'externalId'] })
@Index({ properties: ['client', 'registeredAt', 'id'], name: 'client_user_registered' })
// REST v2 names a user by USER_KEY alone. Not unique: a table that is distributed by client could not keep it so.
@Index({ properties: ['id'], name: 'client_user_key' })
@Index({
  name: 'client_user_erased',
  expression: 'create index "client_user_erased" on "client_user" ("client_id") where "erased_at" is not null',
})
@Check({ name: 'client_user_external_id_not_empty', expression: `external_id <> ''` })
@Check({ name: 'client_user_erased_whole', expression: '(external_id is null) = (erased_at is not null)' })
@ObjectType({ implements: Node, description: 'A person whom a client registered; one registered user is one license.' })
export class User implements Node {
  [PrimaryKeyProp]?: ['client', 'id'];

  @ManyToOne(() => Client, { primary: true, deleteRule: 'restrict' })
  client!: Rel<Client>;

  /** USER_KEY of API v2. */
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  // Compared byte by byte: ids are exact, and a prefix is found by the same index whatever language the database speaks.
  @Property({ type: 'string', length: 255, nullable: true, collation: 'C' })
  @Field(() => String, { description: "The client's own id of the person, exactly as it was given." })
  externalId!: string | null;

  @Property({ type: 'timestamptz' })
  @Field(() => Date, { description: 'When the user was registered.' })
  registeredAt!: Date;

  /** When the person was erased, so that nobody can tell whose license it was; null for anybody who is known. */
  @Property({ type: 'timestamptz', nullable: true })
  erasedAt!: Date | null;

  // No user without a license: both are written by one statement, at whose end each reference is checked.
  @OneToOne(() => License, {
    owner: true, unique: false, joinColumns: ['client_id', 'id'], deferMode: 'immediate', deleteRule: 'restrict',
  })
  license!: Rel<License>;
}
