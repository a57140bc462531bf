import { PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Check, Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Test } from '../../catalogue/index.js';
import { Client } from '../client.js';

/** The right to save one run of one test without the client's key (API v2: ACCESS_TOKEN). Only its SHA-256 is kept. */
@Entity()
@Check({ name: 'access_token_hash_sha256', expression: 'octet_length(hash) = 32' })
@Index({
  name: 'access_token_used_at',
  expression: 'create index "access_token_used_at" on "access_token" ("used_at") where "used_at" is not null',
})
@Index({
  name: 'access_token_of_person',
  expression: 'create index "access_token_of_person" on "access_token" ("client_id", "external_id") where "external_id" is not null',
})
export class AccessToken {
  [PrimaryKeyProp]?: ['client', 'id'];

  @ManyToOne(() => Client, { primary: true, deleteRule: 'restrict' })
  client!: Rel<Client>;

  // Servers of the version before look a repeat up by it: it is the idempotency key of the result.
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'blob', unique: true })
  hash!: Buffer;

  @ManyToOne(() => Test, { deleteRule: 'restrict' })
  test!: Rel<Test>;

  /** The client's own id of the person to whom the result will be attached; null for a token that only saves. */
  @Property({ type: 'string', length: 255, nullable: true, collation: 'C' })
  externalId!: string | null;

  @Property({ type: 'timestamptz' })
  createdAt!: Date;

  /** From when on the token is refused. */
  @Property({ type: 'timestamptz', index: 'access_token_expires_at' })
  expiresAt!: Date;

  /** When the token was used; null while it is good. */
  @Property({ type: 'timestamptz', nullable: true })
  usedAt!: Date | null;

  /** RESULT_KEY of the save that it was used for; null while it is good, and for one that the version before used. */
  @Property({ type: 'uuid', nullable: true })
  resultId!: string | null;
}
