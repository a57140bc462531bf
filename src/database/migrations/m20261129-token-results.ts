import { Migration } from './migration.js';

/** A used token names its result itself: until now the result was found by the token's id, which was its idempotency key. */
export class TokenResultsMigration extends Migration {
  override up(): void {
    this.addSql('alter table "access_token" add column "result_id" uuid null');
  }

  override down(): void {
    this.addSql('alter table "access_token" drop column "result_id"');
  }
}
