import type { Config } from './config.js';
import { openEmbeddedDatabase } from './database/embedded/index.js';
import { Database, type DatabaseConnection, migrate, type QueryObserver } from './database/index.js';
import { entities } from './entities.js';

/** A migrated database, ready to use. */
export interface OpenDatabase {
  readonly database: Database;
  /** Whether it is the embedded one. */
  readonly embedded: boolean;
  readonly close: () => Promise<void>;
}

/**
 * Opens the database that the configuration names and brings its schema up to date.
 *
 * @param role a server owns its DATA_DIR; a command shares the database of a running server
 * @param onLost told when the embedded PostgreSQL ends though nobody stopped it
 * @param observe told of every statement; null for nobody
 */
export async function openDatabase(
  config: Config,
  role: 'server' | 'command',
  onLost: (message: string) => void = () => undefined,
  observe: QueryObserver | null = null,
): Promise<OpenDatabase> {
  if (config.databaseUrl !== null) {
    const database = await openMigrated({ url: config.databaseUrl }, config, observe);
    return { database, embedded: false, close: () => database.close() };
  }
  const embedded = await openEmbeddedDatabase({
    dataDir: config.dataDir, role, connections: config.databasePoolSize, onUnexpectedExit: onLost,
  });
  try {
    const database = await openMigrated(embedded.connection, config, observe);
    return {
      database,
      embedded: true,
      async close() {
        await database.close().finally(() => embedded.stop());
      },
    };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

async function openMigrated(connection: DatabaseConnection, config: Config, observe: QueryObserver | null): Promise<Database> {
  const database = await Database.open(connection, entities, config.databasePoolSize, observe);
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
