import { Migration } from './migration.js';

/** The tables of the main job: tests, clients with their users and licenses, and results. */
export class InitialMigration extends Migration {
  override up(): void {
    this.createCatalogue();
    this.createClients();
    this.createResults();
  }

  private createCatalogue(): void {
    this.addSql(`
      create table "author" (
        "slug" varchar(50) not null,
        "name" jsonb not null,
        "url" varchar(2000) null,
        primary key ("slug")
      )`);
    this.addSql(`
      create table "test" (
        "id" uuid not null,
        "slug" varchar(50) not null,
        "legacy_id" int null,
        "paid" boolean not null,
        "bonus" boolean not null,
        "created_at" timestamptz not null,
        primary key ("id"),
        constraint "test_slug_unique" unique ("slug"),
        constraint "test_legacy_id_unique" unique ("legacy_id"),
        constraint "test_slug_shape" check (slug ~ '^[A-Za-z0-9_-]{1,50}$')
      )`);
    this.addSql(`
      create table "test_revision" (
        "test_id" uuid not null,
        "number" int not null,
        "digest" varchar(64) not null,
        "source" text not null,
        "locales" text[] not null,
        "name" jsonb not null,
        "description" jsonb not null,
        "instruction" jsonb null,
        "duration_minutes" int not null,
        "scales" jsonb not null,
        "published_at" timestamptz not null,
        primary key ("test_id", "number"),
        constraint "test_revision_test_id_foreign" foreign key ("test_id")
          references "test" ("id") on delete restrict,
        constraint "test_revision_number_positive" check (number > 0),
        constraint "test_revision_duration_positive" check (duration_minutes > 0),
        constraint "test_revision_source_check" check ("source" in ('BUNDLED', 'IMPORTED'))
      )`);
    this.addSql(`
      create table "test_revision_author" (
        "id" serial primary key,
        "test_id" uuid not null,
        "revision_number" int not null,
        "author_slug" varchar(50) not null,
        constraint "test_revision_author_test_id_revision_number_foreign" foreign key ("test_id", "revision_number")
          references "test_revision" ("test_id", "number") on update cascade on delete cascade,
        constraint "test_revision_author_author_slug_foreign" foreign key ("author_slug")
          references "author" ("slug") on update cascade on delete cascade
      )`);
    this.addSql(`
      create table "question" (
        "test_id" uuid not null,
        "revision_number" int not null,
        "id" varchar(32) not null,
        "position" int not null,
        "kind" text not null,
        "name" jsonb not null,
        "text" jsonb null,
        "image" varchar(2000) null,
        "scoring_group" varchar(100) null,
        "count" int null,
        "timer_seconds" int not null,
        "correct_feedback" jsonb null,
        "wrong_feedback" jsonb null,
        "back_allowed" boolean not null,
        "forward_allowed" boolean not null,
        "answer_shown" boolean not null,
        primary key ("test_id", "revision_number", "id"),
        constraint "question_test_id_revision_number_position_unique"
          unique ("test_id", "revision_number", "position"),
        constraint "question_test_id_revision_number_foreign" foreign key ("test_id", "revision_number")
          references "test_revision" ("test_id", "number") on update cascade on delete cascade,
        constraint "question_kind_check" check ("kind" in ('OPTION', 'CHECKBOX', 'TEXT', 'RATING', 'GRADIENT')),
        constraint "question_count_positive" check (count > 0),
        constraint "question_timer_not_negative" check (timer_seconds >= 0)
      )`);
    this.addSql(`
      create table "question_option" (
        "test_id" uuid not null,
        "revision_number" int not null,
        "question_id" varchar(32) not null,
        "position" int not null,
        "value" text not null,
        "text" jsonb null,
        "image" varchar(2000) null,
        "correct" boolean not null,
        primary key ("test_id", "revision_number", "question_id", "position"),
        constraint "question_option_test_id_revision_number_question_id_foreign"
          foreign key ("test_id", "revision_number", "question_id")
          references "question" ("test_id", "revision_number", "id") on update cascade on delete cascade
      )`);
  }

  private createClients(): void {
    this.addSql(`
      create table "client" (
        "id" uuid not null,
        "slug" varchar(50) not null,
        "name" varchar(200) not null,
        "status" text not null,
        "payment_policy" text not null,
        "license_limit" int null,
        "overdraft" int not null,
        "licenses_issued" int not null,
        "max_tests" int null,
        "max_bonus_tests" int null,
        "max_results_per_test" int null,
        "created_at" timestamptz not null,
        primary key ("id"),
        constraint "client_slug_unique" unique ("slug"),
        constraint "client_slug_shape" check (slug ~ '^[A-Za-z0-9_-]{1,50}$'),
        constraint "client_status_check" check ("status" in ('ACTIVE', 'SUSPENDED')),
        constraint "client_payment_policy_check" check ("payment_policy" in ('PREPAID', 'POSTPAID')),
        constraint "client_limit_of_prepaid" check ((payment_policy = 'PREPAID') = (license_limit is not null)),
        constraint "client_numbers_not_negative"
          check (license_limit >= 0 and overdraft >= 0 and licenses_issued >= 0),
        constraint "client_limit_holds" check (licenses_issued <= license_limit + overdraft),
        constraint "client_license_policy_not_negative"
          check (max_tests >= 0 and max_bonus_tests >= 0 and max_results_per_test >= 0)
      )`);
    this.addSql(`
      create table "client_key" (
        "client_id" uuid not null,
        "id" uuid not null,
        "hash" bytea not null,
        "hint" varchar(8) not null,
        "created_at" timestamptz not null,
        primary key ("client_id", "id"),
        constraint "client_key_hash_unique" unique ("hash"),
        constraint "client_key_client_id_foreign" foreign key ("client_id")
          references "client" ("id") on delete restrict,
        constraint "client_key_hash_sha256" check (octet_length(hash) = 32)
      )`);
    this.addSql(`
      create table "client_user" (
        "client_id" uuid not null,
        "id" uuid not null,
        "external_id" varchar(255) not null,
        "registered_at" timestamptz not null,
        primary key ("client_id", "id"),
        constraint "client_user_client_id_external_id_unique" unique ("client_id", "external_id"),
        constraint "client_user_client_id_foreign" foreign key ("client_id")
          references "client" ("id") on delete restrict,
        constraint "client_user_external_id_not_empty" check (external_id <> '')
      )`);
    this.addSql(`
      create table "license" (
        "client_id" uuid not null,
        "user_id" uuid not null,
        "issued_at" timestamptz not null,
        primary key ("client_id", "user_id"),
        constraint "license_client_id_user_id_foreign" foreign key ("client_id", "user_id")
          references "client_user" ("client_id", "id") on update cascade on delete restrict
      )`);
    // The other half of "one registered user is one issued license".
    this.addSql(`
      alter table "client_user" add constraint "client_user_client_id_id_foreign"
        foreign key ("client_id", "id") references "license" ("client_id", "user_id")
        on delete restrict deferrable initially immediate`);
  }

  private createResults(): void {
    this.addSql(`
      create table "result" (
        "id" uuid not null,
        "test_id" uuid not null,
        "revision_number" int not null,
        "answers" json not null,
        "calculation" json not null,
        "saved_at" timestamptz not null,
        "client_id" uuid null,
        "user_id" uuid null,
        "attached_at" timestamptz null,
        "idempotency_key" uuid null,
        "request_digest" bytea null,
        primary key ("id"),
        constraint "result_idempotency_key_unique" unique ("idempotency_key"),
        constraint "result_test_id_revision_number_foreign" foreign key ("test_id", "revision_number")
          references "test_revision" ("test_id", "number") on update cascade on delete restrict,
        constraint "result_client_id_user_id_foreign" foreign key ("client_id", "user_id")
          references "client_user" ("client_id", "id") on update cascade on delete restrict,
        constraint "result_attached_whole" check (num_nulls(client_id, user_id, attached_at) in (0, 3)),
        constraint "result_idempotency_whole" check (num_nulls(idempotency_key, request_digest) in (0, 2))
      )`);
    this.addSql(`
      create index "result_of_user" on "result" ("client_id", "user_id", "test_id") where "client_id" is not null`);
  }

  override down(): void {
    this.addSql('alter table "client_user" drop constraint "client_user_client_id_id_foreign"');
    const tables = [
      'result', 'license', 'client_user', 'client_key', 'client',
      'question_option', 'question', 'test_revision_author', 'test_revision', 'test', 'author',
    ];
    for (const table of tables) this.addSql(`drop table "${table}"`);
  }
}
