export { summaryOf } from './format.js';
export { checkBackup, restoreBackup } from './restore-backup.js';
export { writeBackup } from './write-backup.js';
