import { type Config, loadConfig } from '../config.js';
import type { Database } from '../database/index.js';
import { openDatabase } from '../open-database.js';

/** Does the work of a command on the database, whether or not a server is running on it. */
export async function onDatabase<T>(work: (database: Database, config: Config) => Promise<T>): Promise<T> {
  const config = loadConfig();
  const { database, close } = await openDatabase(config, 'command');
  try {
    return await work(database, config);
  } finally {
    await close();
  }
}
