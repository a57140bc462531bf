import { InitialMigration } from './m20261121-initial.js';
import { ReportsMigration } from './m20261122-reports.js';
import { ClientViewMigration } from './m20261123-client-view.js';
import { RestMigration } from './m20261124-rest.js';
import { RateLimitsMigration } from './m20261125-rate-limits.js';
import { AttachmentsMigration } from './m20261126-attachments.js';
import { NoteAttachmentsMigration } from './m20261127-note-attachments.js';
import { FillAttachmentsMigration } from './m20261128-fill-attachments.js';
import { TokenResultsMigration } from './m20261129-token-results.js';
import { SeedsMigration } from './m20261130-seeds.js';

/** Tables that an earlier migration makes and a later one drops: on its way to the present, a new database has them. */
export const formerTables: readonly string[] = ['author', 'test_revision_author'];

/** Every migration, oldest first. Listed by hand, so that the compiled server needs no folder to look through. */
export const migrations = [
  { name: '20261121-initial', class: InitialMigration },
  { name: '20261122-reports', class: ReportsMigration },
  { name: '20261123-client-view', class: ClientViewMigration },
  { name: '20261124-rest', class: RestMigration },
  { name: '20261125-rate-limits', class: RateLimitsMigration },
  { name: '20261126-attachments', class: AttachmentsMigration },
  { name: '20261127-note-attachments', class: NoteAttachmentsMigration },
  { name: '20261128-fill-attachments', class: FillAttachmentsMigration },
  { name: '20261129-token-results', class: TokenResultsMigration },
  { name: '20261130-seeds', class: SeedsMigration },
];
