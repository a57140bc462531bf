import { LongMigration } from './migration.js';

/** Notes the attachments that were made before there was a table of them. */
export class FillAttachmentsMigration extends LongMigration {
  override statements(): readonly string[] {
    return [`
      insert into "attachment" ("client_id", "result_id", "user_id", "test_id", "revision_number", "saved_at", "attached_at", "erased")
      select r.client_id, r.id, r.user_id, r.test_id, r.revision_number, r.saved_at, r.attached_at, r.calculation is null
        from "result" r
       where r.client_id is not null
         and not exists (select from "attachment" a where a.client_id = r.client_id and a.result_id = r.id)
       limit 10000
      on conflict do nothing`];
  }

  override down(): void {
    this.addSql('delete from "attachment"');
  }
}
