import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../kernel/operator-error.js';
import { advisoryLock } from './advisory-lock.js';
import type { Database } from './database.js';
import { isRefusal, reasonOf } from './errors.js';
import { MIGRATION_TABLE, ownTables, storedMigrations, unknownMigrations } from './stored-migrations.js';

/** For how long a server tries to bring the database up to date, or waits for another one that does, in milliseconds. */
const PATIENCE_MS = 300_000;
/** How long all others have the tables to themselves before it tries again. */
const PAUSE_MS = 1_000;

/** SQLSTATE of a lock that was waited for too long. */
const LOCK_NOT_AVAILABLE = '55P03';

/** `<date>-contract-<name of an earlier one>` takes away what the earlier one replaced: whoever knows that one needs it no more. */
const CONTRACT = /^\d{8}-contract-(.+)$/;

/**
 * Brings the schema up to date; of servers that start together one does, and the others wait for it. Servers of this version and the
 * one before serve meanwhile. Where a newer version has been, it is left as it is. Returns the names that were run; an
 * `OperatorError` says what to mend.
 */
export async function migrate(database: Database, patienceMs = PATIENCE_MS): Promise<string[]> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const stored = await storedIn(database);
    refuseContracted(stored);
    // What another one brings up to date beyond that is not waited for.
    if (database.orm.config.get('migrations').migrationsList?.every(({ name }) => stored.includes(name))) return [];
    const run = await database.tryExclusively(advisoryLock.migration, () => bringUpToDate(database, deadline));
    if (run) return run;
    if (Date.now() > deadline) {
      throw new OperatorError(
        `Another process has been bringing the database up to date for ${patienceMs / 1_000} seconds: start again when it has finished.`,
      );
    }
    await sleep(PAUSE_MS);
  }
}

async function bringUpToDate(database: Database, deadline: number): Promise<string[]> {
  await refuseForeignDatabase(database);
  const before = await storedIn(database);
  while (!(await runAll(database))) {
    if (Date.now() > deadline) {
      throw new OperatorError(
        'The database cannot be brought up to date: others hold its tables all the time. End the long transaction or the backup that '
        + 'pg_stat_activity shows, and start again.',
      );
    }
    await sleep(PAUSE_MS);
  }
  return (await storedIn(database)).filter((name) => !before.includes(name));
}

/** Runs what has not been run; false when a table was not to be had in time. */
async function runAll(database: Database): Promise<boolean> {
  try {
    await database.orm.migrator.up();
    return true;
  } catch (error) {
    const cause = error instanceof Error && error.cause ? error.cause : error;
    if (cause instanceof Error && 'code' in cause && cause.code === LOCK_NOT_AVAILABLE) return false;
    if (!isRefusal(cause)) throw error;
    throw new OperatorError(
      `The database cannot be brought up to date: ${reasonOf(cause)}. Use a database of Testodrom's own.`,
    );
  }
}

function storedIn(database: Database): Promise<string[]> {
  return storedMigrations((sql) => database.em().execute(sql));
}

/** A newer version may be taken back as long as it has only added to the schema. */
function refuseContracted(stored: readonly string[]): void {
  const unknown = unknownMigrations(stored);
  for (const name of unknown) {
    const replaced = CONTRACT.exec(name)?.[1];
    if (replaced === undefined || !unknown.includes(replaced)) continue;
    throw new OperatorError(
      `The database is of a newer version, whose "${name}" took away what this one needs: start a version that knows "${replaced}".`,
    );
  }
}

/** A database that we never migrated must have no table in our way; it is left as it is. */
export async function refuseForeignDatabase(database: Database): Promise<void> {
  const present = await database.em().execute<{ name: string }[]>(
    'select table_name as name from information_schema.tables where table_schema = current_schema() order by 1',
  );
  const names = new Set(present.map(({ name }) => name));
  if (names.has(MIGRATION_TABLE)) return;
  const clash = ownTables(database).find((table) => names.has(table));
  if (clash === undefined) return;
  throw new OperatorError(
    `The database has a table "${clash}" that is not Testodrom's. Use a database of Testodrom's own.`,
  );
}
