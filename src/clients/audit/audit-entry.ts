import { PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Check, Entity, Enum, Index, ManyToOne, PrimaryKey, Property, Trigger } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Node } from '../../kernel/node.js';
import { Client } from '../client.js';

/** Who changed something. */
export enum ActorKind {
  /** The client, by one of its keys. */
  CLIENT_KEY = 'CLIENT_KEY',
  /** An operator of the platform, by a command. */
  COMMAND_LINE = 'COMMAND_LINE',
  /** The platform itself. */
  PLATFORM = 'PLATFORM',
}

/** What was done. */
export enum AuditAction {
  CLIENT_CREATED = 'CLIENT_CREATED',
  CLIENT_CHANGED = 'CLIENT_CHANGED',
  CLIENT_SUSPENDED = 'CLIENT_SUSPENDED',
  CLIENT_RESUMED = 'CLIENT_RESUMED',
  KEY_CREATED = 'KEY_CREATED',
  KEY_ROTATED = 'KEY_ROTATED',
  KEY_REVOKED = 'KEY_REVOKED',
  INVOICE_CREATED = 'INVOICE_CREATED',
  INVOICE_PAID = 'INVOICE_PAID',
  INVOICE_CANCELLED = 'INVOICE_CANCELLED',
  USER_ERASED = 'USER_ERASED',
}

/** One line of the audit log. The database refuses to change or remove it. */
@Entity()
@Trigger({
  name: 'audit_entry_only_grows', timing: 'before', events: ['update', 'delete'], forEach: 'statement',
  body: `raise exception 'The audit log only grows: no line of it is changed or removed.'`,
})
@Index({ properties: ['client', 'at', 'id'], name: 'audit_entry_at' })
@Check({ name: 'audit_entry_key_named', expression: `(actor = 'CLIENT_KEY') = (key_hint is not null)` })
@ObjectType({ implements: Node, description: 'One line of the audit log: who changed what of the client, and when.' })
export class AuditEntry implements Node {
  [PrimaryKeyProp]?: ['client', 'id'];

  @ManyToOne(() => Client, { primary: true, deleteRule: 'restrict' })
  client!: Rel<Client>;

  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'timestamptz' })
  @Field(() => Date, { description: 'When it was done.' })
  at!: Date;

  @Enum({ items: () => ActorKind, type: 'string' })
  @Field(() => ActorKind, { description: 'Who did it.' })
  actor!: ActorKind;

  /** The end of the key that signed the request; null for any other actor. */
  @Property({ type: 'string', length: 8, nullable: true })
  @Field(() => String, { nullable: true, description: 'The end of the key that signed the request (`CLIENT_KEY`); null for any other actor.' })
  keyHint!: string | null;

  @Enum({ items: () => AuditAction, type: 'string' })
  @Field(() => AuditAction, { description: 'What was done.' })
  action!: AuditAction;

  /** The facts, without secrets and without anything that names a user. */
  @Property({ type: 'jsonb' })
  details!: Readonly<Record<string, unknown>>;
}
