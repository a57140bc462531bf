import { Migration } from '@mikro-orm/migrations';

/** Norms, what authors say about results, and right answers in several languages. */
export class ReportsMigration extends Migration {
  override up(): void {
    this.addSql('alter table "test_revision" add "norm" jsonb null, add "report" jsonb null');
    this.addSql('alter table "question_option" add "translations" jsonb null');
  }

  override down(): void {
    this.addSql('alter table "question_option" drop "translations"');
    this.addSql('alter table "test_revision" drop "norm", drop "report"');
  }
}
