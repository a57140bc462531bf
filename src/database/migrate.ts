import { OperatorError } from '../kernel/operator-error.js';
import { advisoryLock } from './advisory-lock.js';
import type { Database } from './database.js';
import { isRefusal, reasonOf } from './errors.js';
import { MIGRATION_TABLE, ownTables } from './stored-migrations.js';

/** Brings the schema up to date; servers that start together wait for one another. Returns the names that were run. */
export async function migrate(database: Database): Promise<string[]> {
  return database.exclusively(advisoryLock.migration, async () => {
    await refuseForeignDatabase(database);
    const done = await database.orm.migrator.up().catch((error: unknown) => {
      const cause = error instanceof Error && error.cause ? error.cause : error;
      if (!isRefusal(cause)) throw error;
      throw new OperatorError(
        `The database cannot be brought up to date: ${reasonOf(cause)}. Use a database of Testodrom's own.`,
      );
    });
    return done.map(({ name }) => name);
  });
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
