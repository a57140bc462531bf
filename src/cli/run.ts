import { type Config, loadConfig } from '../config.js';
import type { Database } from '../database/index.js';
import { openDatabase } from '../open-database.js';

/** Does the work of a command on the database, whether or not a server is running on it. */
export function onDatabase<T>(work: (database: Database, config: Config) => Promise<T>): Promise<T> {
  return on(work);
}

/** The same on the database as it is, which may be new or of an earlier version. */
export function onDatabaseAsItIs<T>(work: (database: Database) => Promise<T>): Promise<T> {
  return on(work, () => Promise.resolve());
}

async function on<T>(
  work: (database: Database, config: Config) => Promise<T>, prepare?: (database: Database) => Promise<unknown>,
): Promise<T> {
  const config = loadConfig();
  const { database, close } = await openDatabase(config, 'command', undefined, prepare);
  try {
    return await work(database, config);
  } finally {
    await close();
  }
}
