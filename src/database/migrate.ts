import { OperatorError } from '../kernel/operator-error.js';
import { advisoryLock } from './advisory-lock.js';
import type { Database } from './database.js';
import { isRefusal, reasonOf } from './errors.js';

/** Brings the schema up to date; servers that start together wait for one another. Returns the names that were run. */
export async function migrate(database: Database): Promise<string[]> {
  return database.exclusively(advisoryLock.migration, async () => {
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
