import { PrimaryKeyProp, type Rel } from '@mikro-orm/core';
import { Entity, Index, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { TestRevision } from '../catalogue/index.js';
import { User } from '../clients/index.js';

/**
 * That a user has a result, with what lists and policies ask of it: so they read what belongs to the client alone, and no
 * result itself. Written together with the owner of the result.
 */
@Entity()
@Index({
  name: 'attachment_of_user',
  expression: 'create index "attachment_of_user" on "attachment" ("client_id", "user_id", "test_id")',
})
@Index({
  name: 'attachment_of_client',
  expression: 'create index "attachment_of_client" on "attachment" ("client_id", "attached_at", "result_id") include ("test_id", "user_id")',
})
@Index({
  name: 'attachment_of_test',
  expression: 'create index "attachment_of_test" on "attachment" ("client_id", "test_id", "attached_at", "result_id") include ("user_id")',
})
@Index({
  name: 'attachment_erased',
  expression: 'create index "attachment_erased" on "attachment" ("client_id", "attached_at", "test_id") where "erased"',
})
export class Attachment {
  [PrimaryKeyProp]?: ['clientId', 'resultId'];

  @PrimaryKey({ type: 'uuid' })
  clientId!: string;

  /** RESULT_KEY. */
  @PrimaryKey({ type: 'uuid' })
  resultId!: string;

  @ManyToOne(() => User, { joinColumns: ['client_id', 'user_id'], deleteRule: 'restrict', updateRule: 'no action' })
  user!: Rel<User>;

  /** The edition that was answered. */
  @ManyToOne(() => TestRevision, { joinColumns: ['test_id', 'revision_number'], deleteRule: 'restrict', updateRule: 'no action' })
  revision!: Rel<TestRevision>;

  @Property({ type: 'timestamptz' })
  savedAt!: Date;

  @Property({ type: 'timestamptz' })
  attachedAt!: Date;

  /** Whether the result was erased with its user: only that there was one is left. */
  @Property({ type: 'boolean' })
  erased!: boolean;
}
