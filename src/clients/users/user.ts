import { PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Check, Entity, ManyToOne, OneToOne, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Node } from '../../kernel/node.js';
import { Client } from '../client.js';
import { License } from './license.js';

/** A person in the client's system. The table has a name of its own because `user` is a reserved word of SQL. */
@Entity({ tableName: 'client_user' })
@Unique({ properties: ['client', 'externalId'] })
@Check({ name: 'client_user_external_id_not_empty', expression: `external_id <> ''` })
@ObjectType({ implements: Node, description: 'A person whom a client registered; one registered user is one license.' })
export class User implements Node {
  [PrimaryKeyProp]?: ['client', 'id'];

  @ManyToOne(() => Client, { primary: true, deleteRule: 'restrict' })
  client!: Rel<Client>;

  /** USER_KEY of API v2. */
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'string', length: 255 })
  @Field(() => String, { description: "The client's own id of the person, exactly as it was given." })
  externalId!: string;

  @Property({ type: 'timestamptz' })
  @Field(() => Date, { description: 'When the user was registered.' })
  registeredAt!: Date;

  // No user without a license: both are written by one statement, at whose end each reference is checked.
  @OneToOne(() => License, {
    owner: true, unique: false, joinColumns: ['client_id', 'id'], deferMode: 'immediate', deleteRule: 'restrict',
  })
  license!: Rel<License>;
}
