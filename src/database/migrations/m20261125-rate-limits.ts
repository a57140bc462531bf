import { Migration } from './migration.js';

/** Where processes count together what was spent of a budget. The columns stand as rate-limiter-flexible inserts them. */
export class RateLimitsMigration extends Migration {
  override up(): void {
    this.addSql(`
      create unlogged table "rate_limit" (
        "key" varchar(255) not null, "points" double precision not null, "expire" bigint not null, primary key ("key")
      ) with (fillfactor = 50)`);
    this.addSql('create index "rate_limit_expire" on "rate_limit" ("expire")');
  }

  override down(): void {
    this.addSql('drop table "rate_limit"');
  }
}
