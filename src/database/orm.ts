import 'reflect-metadata';
import { defineConfig, type EntityClass, type Options } from '@mikro-orm/postgresql';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { Migrator } from '@mikro-orm/migrations';
import type { ClientConfig } from 'pg';
import { migrations } from './migrations/index.js';
import { observedClient, type QueryObserver } from './observed-client.js';

/** How long to wait for a connection. */
const CONNECT_TIMEOUT_MS = 10_000;
/** How long any statement may take; the longest publish a large test or wait for another server's migration. */
const QUERY_TIMEOUT_MS = 60_000;

/** Where PostgreSQL is: a URL, or settings for pg that name a database. */
export type DatabaseConnection = { readonly url: string } | (ClientConfig & { readonly database: string });

/** The ORM's settings; the entities come from the composition root, so that this folder knows no feature. */
export function ormOptions(
  connection: DatabaseConnection,
  entities: readonly EntityClass<object>[],
  poolSize: number,
  observe: QueryObserver | null = null,
): Options {
  return defineConfig({
    ...('url' in connection ? { clientUrl: connection.url } : { dbName: connection.database }),
    entities: [...entities],
    metadataProvider: ReflectMetadataProvider,
    extensions: [Migrator],
    pool: { min: 0, max: poolSize },
    // A database that is not there is not made: its name may be a slip of the pen.
    ensureDatabase: false,
    migrations: { tableName: 'schema_migration', migrationsList: [...migrations], snapshot: false, silent: true },
    driverOptions: {
      application_name: 'testodrom',
      // A connection that died unnoticed must not hold up whoever waits for its answer.
      query_timeout: QUERY_TIMEOUT_MS,
      // The ORM takes the parts that it knows; TLS and other parameters are read by pg alone.
      ...clientConfig(connection),
      ...(observe ? { Client: observedClient(observe) } : {}),
    },
  });
}

/** The connection as pg takes it. */
export function clientConfig(connection: DatabaseConnection): ClientConfig {
  const where = 'url' in connection ? { connectionString: connection.url } : connection;
  return { ...where, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, keepAlive: true };
}
