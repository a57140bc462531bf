import { Migration } from './migration.js';

/** As servers of the version before attach and erase, who know of no attachments. */
const NOTE_ATTACHMENT = `
  insert into attachment (client_id, result_id, user_id, test_id, revision_number, saved_at, attached_at, erased)
  values (new.client_id, new.id, new.user_id, new.test_id, new.revision_number, new.saved_at, new.attached_at, new.calculation is null)
  on conflict do nothing;
  if not found and new.calculation is null then
    update attachment set erased = true where client_id = new.client_id and result_id = new.id and not erased;
  end if;
  return null`;

/** Notes the attachments that are written as if there were no table of them. */
export class NoteAttachmentsMigration extends Migration {
  override up(): void {
    this.addSql(`
      create function "note_attachment"() returns trigger language plpgsql as $$
      begin ${NOTE_ATTACHMENT}; end $$`);
    this.addSql(`
      create trigger "result_note_attachment" after insert or update on "result"
        for each row when (new.client_id is not null) execute function "note_attachment"()`);
  }

  override down(): void {
    this.addSql('drop trigger "result_note_attachment" on "result"');
    this.addSql('drop function "note_attachment"()');
  }
}
