import { InitialMigration } from './m20261121-initial.js';

/** Every migration, oldest first. Listed by hand, so that the compiled server needs no folder to look through. */
export const migrations = [{ name: '20261121-initial', class: InitialMigration }];
