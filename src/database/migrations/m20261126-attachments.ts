import { Migration } from './migration.js';

/** What a client's lists and policies ask of results, beside its users: until now they read the results themselves. */
export class AttachmentsMigration extends Migration {
  override up(): void {
    this.addSql(`
      create table "attachment" (
        "client_id" uuid not null,
        "result_id" uuid not null,
        "user_id" uuid not null,
        "test_id" uuid not null,
        "revision_number" int not null,
        "saved_at" timestamptz not null,
        "attached_at" timestamptz not null,
        "erased" boolean not null,
        primary key ("client_id", "result_id"),
        constraint "attachment_client_id_user_id_foreign" foreign key ("client_id", "user_id")
          references "client_user" ("client_id", "id") on update no action on delete restrict,
        constraint "attachment_test_id_revision_number_foreign" foreign key ("test_id", "revision_number")
          references "test_revision" ("test_id", "number") on update no action on delete restrict
      )`);
    this.addSql('create index "attachment_of_user" on "attachment" ("client_id", "user_id", "test_id")');
    this.addSql(`
      create index "attachment_of_client" on "attachment" ("client_id", "attached_at", "result_id") include ("test_id", "user_id")`);
    this.addSql(`
      create index "attachment_of_test" on "attachment" ("client_id", "test_id", "attached_at", "result_id") include ("user_id")`);
    this.addSql('create index "attachment_erased" on "attachment" ("client_id", "attached_at", "test_id") where "erased"');
  }

  override down(): void {
    this.addSql('drop table "attachment"');
  }
}
