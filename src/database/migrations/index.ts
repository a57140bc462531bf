import { InitialMigration } from './m20261121-initial.js';
import { ReportsMigration } from './m20261122-reports.js';

/** Every migration, oldest first. Listed by hand, so that the compiled server needs no folder to look through. */
export const migrations = [
  { name: '20261121-initial', class: InitialMigration },
  { name: '20261122-reports', class: ReportsMigration },
];
