import { Migration } from './migration.js';

/** What REST asks for: the web origins of a client, and users by their keys alone. */
export class RestMigration extends Migration {
  override up(): void {
    this.addSql(`alter table "client" add "origins" text[] not null default '{}'`);
    this.addSql('alter table "client" alter "origins" drop default');
    this.addSql('create index "client_user_key" on "client_user" ("id")');
  }

  override down(): void {
    this.addSql('drop index "client_user_key"');
    this.addSql('alter table "client" drop "origins"');
  }
}
