import 'reflect-metadata';
import { defineConfig, type EntityClass, type Options } from '@mikro-orm/postgresql';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { Migrator } from '@mikro-orm/migrations';
import { migrations } from './migrations/index.js';

/** Where PostgreSQL is: a URL, or the unix socket of the embedded one. */
export type DatabaseConnection =
  | { readonly url: string }
  | { readonly host: string; readonly port: number; readonly user: string; readonly database: string };

/** The ORM's settings; the entities come from the composition root, so that this folder knows no feature. */
export function ormOptions(
  connection: DatabaseConnection,
  entities: readonly EntityClass<object>[],
  poolSize: number,
): Options {
  const where = 'url' in connection
    ? { clientUrl: connection.url }
    : { host: connection.host, port: connection.port, user: connection.user, dbName: connection.database };
  return defineConfig({
    ...where,
    entities: [...entities],
    metadataProvider: ReflectMetadataProvider,
    extensions: [Migrator],
    pool: { min: 0, max: poolSize },
    // A database that is not there is not made: its name may be a slip of the pen.
    ensureDatabase: false,
    migrations: { tableName: 'schema_migration', migrationsList: [...migrations], snapshot: false, silent: true },
    driverOptions: {
      application_name: 'testodrom',
      connectionTimeoutMillis: 10_000,
      // The ORM takes the parts of a URL that it knows; TLS and the other parameters behind "?" are read by pg alone.
      ...('url' in connection ? { connectionString: connection.url } : {}),
    },
  });
}
