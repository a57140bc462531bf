import { Migration } from './migration.js';

/** What RESULT_KEYs of repeatable saves are derived with. Servers fill it when they start. */
export class SeedsMigration extends Migration {
  override up(): void {
    this.addSql('create table "seed" ("name" varchar(32) not null, "value" uuid not null, primary key ("name"))');
  }

  override down(): void {
    this.addSql('drop table "seed"');
  }
}
