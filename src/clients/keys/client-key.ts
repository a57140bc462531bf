import { PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Check, Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Node } from '../../kernel/node.js';
import { Client } from '../client.js';

/** How many of the last characters of a key are kept to recognise it. */
const HINT_LENGTH = 4;

/** The end of a key, enough to recognise it in a list and too little to use it. */
export function keyHint(key: string): string {
  return key.slice(-HINT_LENGTH);
}

/** A secret that proves who is asking (CLIENT_KEY). Only its SHA-256 is kept: the key is shown once, when it is made. */
@Entity()
@Check({ name: 'client_key_hash_sha256', expression: 'octet_length(hash) = 32' })
@ObjectType({ implements: Node, description: 'A key of the client, without the secret itself: that is shown once, when the key is made.' })
export class ClientKey implements Node {
  [PrimaryKeyProp]?: ['client', 'id'];

  @ManyToOne(() => Client, { primary: true, deleteRule: 'restrict' })
  client!: Rel<Client>;

  @PrimaryKey({ type: 'uuid' })
  id!: string;

  // Unique over all clients: the key alone says who is asking.
  @Property({ type: 'blob', unique: true })
  hash!: Buffer;

  /** See `keyHint`. */
  @Property({ type: 'string', length: 8 })
  @Field(() => String, { description: 'The last characters of the key, by which to recognise it.' })
  hint!: string;

  @Property({ type: 'timestamptz' })
  @Field(() => Date, { description: 'When the key was made.' })
  createdAt!: Date;

  /** When the key last signed a request, to the minute; null when it never did. */
  @Property({ type: 'timestamptz', nullable: true })
  @Field(() => Date, { nullable: true, description: 'When the key last signed a request, to the minute; null when it never did.' })
  lastUsedAt!: Date | null;

  /** From when on the key is refused; null for a key that lives on. A revoked key ends at its revocation. */
  @Property({ type: 'timestamptz', nullable: true })
  @Field(() => Date, { nullable: true, description: 'From when on the key is refused; null for a key that lives on.' })
  expiresAt!: Date | null;
}
