import { PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Check, Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Client } from '../client.js';

/** A secret that proves who is asking (CLIENT_KEY). Only its SHA-256 is kept: the key is shown once, when it is made. */
@Entity()
@Check({ name: 'client_key_hash_sha256', expression: 'octet_length(hash) = 32' })
export class ClientKey {
  [PrimaryKeyProp]?: ['client', 'id'];

  @ManyToOne(() => Client, { primary: true, deleteRule: 'restrict' })
  client!: Rel<Client>;

  @PrimaryKey({ type: 'uuid' })
  id!: string;

  // Unique over all clients: the key alone says who is asking.
  @Property({ type: 'blob', unique: true })
  hash!: Buffer;

  /** The end of the key, enough to recognise it in a list and too little to use it. */
  @Property({ type: 'string', length: 8 })
  hint!: string;

  @Property({ type: 'timestamptz' })
  createdAt!: Date;
}
