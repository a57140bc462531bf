import { Migration } from './migration.js';

/** What clients see of their own: usage by day, invoices, keys that end, access tokens, erasure, and the audit log. */
export class ClientViewMigration extends Migration {
  override up(): void {
    this.extendClients();
    this.createUsage();
    this.createTokensAndAudit();
    this.createInvoices();
    this.letUsersBeErased();
  }

  private extendClients(): void {
    this.addSql(`
      alter table "client"
        add "time_zone" varchar(64) not null default 'Europe/Moscow', add "license_price" bigint null, add "buyer" jsonb null,
        add constraint "client_license_price_positive" check (license_price > 0)`);
    this.addSql('alter table "client" alter "time_zone" drop default');
    this.addSql(`
      alter table "license"
        add "payment_policy" text null,
        add constraint "license_payment_policy_check" check ("payment_policy" in ('PREPAID', 'POSTPAID'))`);
    this.addSql('update "license" l set "payment_policy" = c.payment_policy from "client" c where c.id = l.client_id');
    this.addSql('alter table "license" alter "payment_policy" set not null');
    this.addSql('alter table "client_key" add "last_used_at" timestamptz null, add "expires_at" timestamptz null');
  }

  private createUsage(): void {
    this.addSql(`
      create table "license_usage_day" (
        "client_id" uuid not null,
        "day" date not null,
        "issued" int not null,
        primary key ("client_id", "day"),
        constraint "license_usage_day_client_id_foreign" foreign key ("client_id")
          references "client" ("id") on delete restrict,
        constraint "license_usage_day_issued_positive" check (issued > 0)
      )`);
    this.addSql(`
      insert into "license_usage_day" ("client_id", "day", "issued")
      select l.client_id, (l.issued_at at time zone c.time_zone)::date, count(*)
        from "license" l
        join "client" c on c.id = l.client_id
       group by 1, 2`);
  }

  private createTokensAndAudit(): void {
    this.addSql(`
      create table "access_token" (
        "client_id" uuid not null,
        "id" uuid not null,
        "hash" bytea not null,
        "test_id" uuid not null,
        "external_id" varchar(255) collate "C" null,
        "created_at" timestamptz not null,
        "expires_at" timestamptz not null,
        "used_at" timestamptz null,
        primary key ("client_id", "id"),
        constraint "access_token_hash_unique" unique ("hash"),
        constraint "access_token_client_id_foreign" foreign key ("client_id")
          references "client" ("id") on delete restrict,
        constraint "access_token_test_id_foreign" foreign key ("test_id") references "test" ("id") on delete restrict,
        constraint "access_token_hash_sha256" check (octet_length(hash) = 32)
      )`);
    this.addSql('create index "access_token_expires_at" on "access_token" ("expires_at")');
    this.addSql('create index "access_token_used_at" on "access_token" ("used_at") where "used_at" is not null');
    this.addSql(`
      create index "access_token_of_person" on "access_token" ("client_id", "external_id")
        where "external_id" is not null`);
    this.addSql(`
      create table "audit_entry" (
        "client_id" uuid not null,
        "id" uuid not null,
        "at" timestamptz not null,
        "actor" text not null,
        "key_hint" varchar(8) null,
        "action" text not null,
        "details" jsonb not null,
        primary key ("client_id", "id"),
        constraint "audit_entry_client_id_foreign" foreign key ("client_id")
          references "client" ("id") on delete restrict,
        constraint "audit_entry_actor_check" check ("actor" in ('CLIENT_KEY', 'COMMAND_LINE', 'PLATFORM')),
        constraint "audit_entry_action_check" check ("action" in (
          'CLIENT_CREATED', 'CLIENT_CHANGED', 'CLIENT_SUSPENDED', 'CLIENT_RESUMED', 'KEY_CREATED', 'KEY_ROTATED',
          'KEY_REVOKED', 'INVOICE_CREATED', 'INVOICE_PAID', 'INVOICE_CANCELLED', 'USER_ERASED')),
        constraint "audit_entry_key_named" check ((actor = 'CLIENT_KEY') = (key_hint is not null))
      )`);
    this.addSql('create index "audit_entry_at" on "audit_entry" ("client_id", "at", "id")');
    this.addSql(`
      create function "audit_entry_audit_entry_only_grows_fn"() returns trigger language plpgsql as $$
      begin raise exception 'The audit log only grows: no line of it is changed or removed.'; end $$`);
    this.addSql(`
      create trigger "audit_entry_only_grows" before update or delete on "audit_entry"
        for each statement execute function "audit_entry_audit_entry_only_grows_fn"()`);
    // The ORM, which knows the other trigger, has no word for this one.
    this.addSql(`
      create trigger "audit_entry_is_not_emptied" before truncate on "audit_entry"
        for each statement execute function "audit_entry_audit_entry_only_grows_fn"()`);
  }

  private createInvoices(): void {
    this.addSql(`
      create table "invoice_counter" (
        "year" smallint not null,
        "last" int not null,
        primary key ("year"),
        constraint "invoice_counter_positive" check (last > 0)
      )`);
    this.addSql(`
      create table "invoice" (
        "client_id" uuid not null,
        "id" uuid not null,
        "year" smallint not null,
        "sequence" int not null,
        "document_key" uuid not null,
        "status" text not null,
        "payment_policy" text not null,
        "licenses" int not null,
        "unit_price" bigint not null,
        "total" bigint not null,
        "vat" bigint null,
        "vat_rate" smallint null,
        "issued_at" timestamptz not null,
        "due_at" timestamptz not null,
        "paid_at" timestamptz null,
        "cancelled_at" timestamptz null,
        "period_from" date null,
        "period_to" date null,
        "seller" jsonb not null,
        "buyer" jsonb not null,
        "idempotency_key" uuid null,
        "request_digest" bytea null,
        primary key ("client_id", "id"),
        constraint "invoice_year_sequence_unique" unique ("year", "sequence"),
        constraint "invoice_document_key_unique" unique ("document_key"),
        constraint "invoice_client_id_idempotency_key_unique" unique ("client_id", "idempotency_key"),
        constraint "invoice_client_id_foreign" foreign key ("client_id") references "client" ("id") on delete restrict,
        constraint "invoice_status_check" check ("status" in ('ISSUED', 'PAID', 'CANCELLED')),
        constraint "invoice_payment_policy_check" check ("payment_policy" in ('PREPAID', 'POSTPAID')),
        constraint "invoice_amounts" check (
          licenses > 0 and unit_price > 0 and total = licenses * unit_price and vat >= 0 and vat <= total),
        constraint "invoice_vat_whole" check (num_nulls(vat, vat_rate) in (0, 2)),
        constraint "invoice_period_of_postpaid" check (
          num_nulls(period_from, period_to) = case when payment_policy = 'POSTPAID' then 0 else 2 end),
        constraint "invoice_period_forwards" check (period_from <= period_to),
        constraint "invoice_paid_whole" check ((status = 'PAID') = (paid_at is not null)),
        constraint "invoice_cancelled_whole" check ((status = 'CANCELLED') = (cancelled_at is not null)),
        constraint "invoice_idempotency_whole" check (num_nulls(idempotency_key, request_digest) in (0, 2))
      )`);
    this.addSql('create index "invoice_issued" on "invoice" ("client_id", "issued_at", "id")');
    this.addSql(`create index "invoice_open" on "invoice" ("client_id") where "status" = 'ISSUED'`);
    this.addSql(`
      create table "invoice_license" (
        "client_id" uuid not null,
        "user_id" uuid not null,
        "invoice_id" uuid not null,
        primary key ("client_id", "user_id"),
        constraint "invoice_license_client_id_user_id_foreign" foreign key ("client_id", "user_id")
          references "license" ("client_id", "user_id") on update cascade on delete restrict,
        constraint "invoice_license_client_id_invoice_id_foreign" foreign key ("client_id", "invoice_id")
          references "invoice" ("client_id", "id") on update cascade on delete restrict deferrable initially deferred
      )`);
    this.addSql('create index "invoice_license_of_invoice" on "invoice_license" ("client_id", "invoice_id")');
    this.addSql('create index "license_issued" on "license" ("client_id", "issued_at")');
  }

  private letUsersBeErased(): void {
    this.addSql(`
      alter table "client_user"
        add "erased_at" timestamptz null,
        alter "external_id" drop not null,
        alter "external_id" type varchar(255) collate "C",
        add constraint "client_user_erased_whole" check ((external_id is null) = (erased_at is not null))`);
    // Nearly empty: it lets users be counted by the licenses of their client, less those that were erased.
    this.addSql('create index "client_user_erased" on "client_user" ("client_id") where "erased_at" is not null');
    this.addSql('create index "client_user_registered" on "client_user" ("client_id", "registered_at", "id")');
    this.addSql(`
      alter table "result"
        alter "answers" drop not null,
        alter "calculation" drop not null,
        add constraint "result_erased_whole" check (num_nulls(answers, calculation) in (0, 2))`);
    this.addSql(`
      create index "result_of_client" on "result" ("client_id", "attached_at", "id") include ("test_id", "user_id")
        where "client_id" is not null`);
    this.addSql(`
      create index "result_of_test" on "result" ("client_id", "test_id", "attached_at", "id") include ("user_id")
        where "client_id" is not null`);
    // Nearly empty: it lets results be counted by the indexes above alone, less those that were erased.
    this.addSql(`
      create index "result_erased" on "result" ("client_id", "attached_at", "test_id")
        where "client_id" is not null and "calculation" is null`);
    this.addSql('create index "result_of_nobody" on "result" ("saved_at") where "client_id" is null');
  }

  override down(): void {
    const ofResults = ['result_of_client', 'result_of_test', 'result_erased', 'result_of_nobody'];
    for (const index of [...ofResults, 'client_user_erased', 'client_user_registered', 'license_issued']) {
      this.addSql(`drop index "${index}"`);
    }
    // What was erased stays so: an empty record and a name that nobody has.
    this.addSql(`update "result" set "answers" = '[]', "calculation" = '{}' where "answers" is null`);
    this.addSql(`
      alter table "result"
        drop constraint "result_erased_whole", alter "answers" set not null, alter "calculation" set not null`);
    this.addSql(`update "client_user" set "external_id" = 'erased ' || "id", "erased_at" = null where "external_id" is null`);
    this.addSql(`
      alter table "client_user"
        drop constraint "client_user_erased_whole", drop "erased_at",
        alter "external_id" set not null, alter "external_id" type varchar(255) collate "default"`);
    const tables = ['invoice_license', 'invoice', 'invoice_counter', 'audit_entry', 'access_token', 'license_usage_day'];
    for (const table of tables) this.addSql(`drop table "${table}"`);
    this.addSql('drop function "audit_entry_audit_entry_only_grows_fn"()');
    this.addSql('alter table "license" drop "payment_policy"');
    this.addSql('alter table "client_key" drop "last_used_at", drop "expires_at"');
    this.addSql(`
      alter table "client"
        drop constraint "client_license_price_positive", drop "time_zone", drop "license_price", drop "buyer"`);
  }
}
