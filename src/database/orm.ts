import 'reflect-metadata';
import { defineConfig, type EntityClass, type Options } from '@mikro-orm/postgresql';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { Migrator } from '@mikro-orm/migrations';
import { clientClass, clientConfig, type DatabaseConnection } from './connection.js';
import { migrations } from './migrations/index.js';
import { observedClient, type QueryObserver } from './observed-client.js';
import { plannedOnceClient } from './planned-once-client.js';
import { unnamedClient } from './unnamed-client.js';

/** How long to wait for the answer to a statement beside requests; the longest publish a large test or wait for another server's migration. */
const QUERY_TIMEOUT_MS = 60_000;
/** How much later than PostgreSQL we give a statement of a request up: it tells why, and its connection can be used again. */
export const QUERY_TIMEOUT_MARGIN_MS = 5_000;

/** What the connections that requests use have beside others. */
export interface ForRequests {
  /** After which PostgreSQL ends a statement, its wait for locks included, or a transaction that stands still, in milliseconds. */
  readonly statementTimeoutMs: number;
  /** Told of every statement. */
  readonly observe: QueryObserver;
  /** Whether a pooler gives each transaction a connection of its choice: then nothing is left behind on one, and it sets the limit. */
  readonly areTransactionsPooled: boolean;
}

/**
 * The ORM's settings; the entities come from the composition root, so that this folder knows no feature.
 *
 * @param forRequests null for connections on which statements may take their time
 */
export function ormOptions(
  connection: DatabaseConnection,
  entities: readonly EntityClass<object>[],
  poolSize: number,
  forRequests: ForRequests | null = null,
): Options {
  return defineConfig({
    ...('url' in connection ? { clientUrl: clientConfig(connection).connectionString! } : { dbName: connection.database }),
    entities: [...entities],
    metadataProvider: ReflectMetadataProvider,
    extensions: [Migrator],
    pool: { min: 0, max: poolSize },
    // A database that is not there is not made: its name may be a slip of the pen.
    ensureDatabase: false,
    migrations: { tableName: 'schema_migration', migrationsList: [...migrations], snapshot: false, silent: true, allOrNothing: false },
    driverOptions: {
      // What is sent together goes together: the answers to earlier statements are not waited for.
      pipeline: true,
      application_name: 'testodrom',
      // A connection that died unnoticed must not hold up whoever waits for its answer.
      query_timeout: forRequests ? forRequests.statementTimeoutMs + QUERY_TIMEOUT_MARGIN_MS : QUERY_TIMEOUT_MS,
      // The ORM takes the parts that it knows; TLS and other parameters are read by pg alone.
      ...clientConfig(connection),
      Client: clientClass(connection),
      ...(forRequests && limitedAndObserved(connection, forRequests)),
    },
  });
}

function limitedAndObserved(connection: DatabaseConnection, { statementTimeoutMs, observe, areTransactionsPooled }: ForRequests) {
  const Client = clientClass(connection);
  // A pooler of transactions lets nobody ask for limits with a connection.
  if (areTransactionsPooled) return { Client: observedClient(observe, unnamedClient(Client)) };
  return {
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    Client: observedClient(observe, plannedOnceClient(Client)),
  };
}
