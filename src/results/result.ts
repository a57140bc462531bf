import type { Rel } from '@mikro-orm/core';
import { Check, Entity, Index, ManyToOne, PrimaryKey, Property, Trigger } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { TestRevision } from '../catalogue/index.js';
import { User } from '../clients/index.js';
import { Node } from '../kernel/node.js';
import type { Calculation } from '../scoring/index.js';

/** Answers as stored: in the order of the questions, a skipped question with no values. */
export type StoredAnswers = readonly (readonly [questionId: string, values: readonly string[]])[];

/** A saved progress with the report that was calculated from it. */
@Entity()
@Check({ name: 'result_attached_whole', expression: 'num_nulls(client_id, user_id, attached_at) in (0, 3)' })
@Check({ name: 'result_idempotency_whole', expression: 'num_nulls(idempotency_key, request_digest) in (0, 2)' })
@Check({ name: 'result_erased_whole', expression: 'num_nulls(answers, calculation) in (0, 2)' })
// Servers of the version before write results without their attachments, which the trigger notes, and read what is attached by the
// indexes that have a client: all of it goes with a contract of the migration 20261127-note-attachments.
@Trigger({
  name: 'result_note_attachment', timing: 'after', events: ['insert', 'update'],
  expression: 'create trigger "result_note_attachment" after insert or update on "result" for each row when (new.client_id is not null) execute function "note_attachment"()',
})
@Index({
  name: 'result_of_user',
  expression: 'create index "result_of_user" on "result" ("client_id", "user_id", "test_id") where "client_id" is not null',
})
@Index({
  name: 'result_of_client',
  expression: 'create index "result_of_client" on "result" ("client_id", "attached_at", "id") include ("test_id", "user_id") where "client_id" is not null',
})
@Index({
  name: 'result_of_test',
  expression: 'create index "result_of_test" on "result" ("client_id", "test_id", "attached_at", "id") include ("user_id") where "client_id" is not null',
})
@Index({
  name: 'result_erased',
  expression: 'create index "result_erased" on "result" ("client_id", "attached_at", "test_id") where "client_id" is not null and "calculation" is null',
})
@Index({
  name: 'result_of_nobody',
  expression: 'create index "result_of_nobody" on "result" ("saved_at") where "client_id" is null',
})
@ObjectType({ implements: Node, description: 'The saved answers of one run of a test, and what was calculated from them.' })
export class Result implements Node {
  /** RESULT_KEY: the secret by which the result is read. */
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  /** The edition that was answered. */
  @ManyToOne(() => TestRevision, { joinColumns: ['test_id', 'revision_number'], deleteRule: 'restrict' })
  revision!: Rel<TestRevision>;

  // `json`, not `jsonb`: written once, read whole, and the order of keys and the exact text are part of the record.
  // Null, like the calculation, once the user was erased: only that there was a result of the test is left.
  @Property({ type: 'json', columnType: 'json', nullable: true })
  answers!: StoredAnswers | null;

  /** Calculated once, when the answers were saved. */
  @Property({ type: 'json', columnType: 'json', nullable: true })
  calculation!: Calculation | null;

  @Property({ type: 'timestamptz' })
  @Field(() => Date, { description: 'When the answers were saved.' })
  savedAt!: Date;

  /** The one user who has the result; null until attached. */
  @ManyToOne(() => User, { nullable: true, joinColumns: ['client_id', 'user_id'], deleteRule: 'restrict' })
  user!: Rel<User> | null;

  @Property({ type: 'timestamptz', nullable: true })
  @Field(() => Date, { nullable: true, description: 'When the result was attached to its user; null until then.' })
  attachedAt!: Date | null;

  /** The caller's own UUID of the save; null when none was given. */
  @Property({ type: 'uuid', nullable: true, unique: true })
  idempotencyKey!: string | null;

  /** SHA-256 of the saved request, to tell a repeat from another request under the same idempotency key. */
  @Property({ type: 'blob', nullable: true })
  requestDigest!: Buffer | null;
}
