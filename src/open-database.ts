import type { Config } from './config.js';
import { openEmbeddedDatabase } from './database/embedded/index.js';
import { Database, type DatabaseConnection, migrate, type QueryObserver, Replica, type ReplicaRead, Replicas } from './database/index.js';
import { entities } from './entities.js';
import { OperatorError } from './kernel/operator-error.js';
import { COUNT_LIMIT_MS } from './rate-limits/index.js';

/** How many connections a server needs to bring its database up to date and for its own work beside requests. */
const CONNECTIONS_BESIDE_REQUESTS = 3;

/** How many a worker needs for its own work beside requests: to learn of published tests, and to tell whether the database answers. */
const CONNECTIONS_OF_WORKERS = 2;

/** The fewest connections for requests of one process. */
const FEWEST_FOR_REQUESTS = 2;

/** How many connections count what callers spend, when processes count together: each statement is short. */
const CONNECTIONS_FOR_BUDGETS = 2;

/** How many hear of notices. */
const CONNECTIONS_FOR_NOTICES = 1;

/** A migrated database, ready to use. */
export interface OpenDatabase {
  /** Its statements may take their time, as those of commands and background jobs do; for requests a server opens one more. */
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
 * @param prepare what is done instead of bringing the schema up to date
 */
export async function openDatabase(
  config: Config,
  role: 'server' | 'command',
  onLost: (message: string) => void = () => undefined,
  prepare: (database: Database) => Promise<unknown> = migrate,
): Promise<OpenDatabase> {
  const poolSize = role === 'server' ? CONNECTIONS_BESIDE_REQUESTS : config.databasePoolSize;
  const url = config.databaseDirectUrl ?? config.databaseUrl;
  if (url !== null) {
    const database = await openPrepared({ url }, poolSize, prepare);
    return { database, embedded: false, close: () => database.close() };
  }
  const embedded = await openEmbeddedDatabase({
    dataDir: config.dataDir, role, connections: connectionsOf(config), onUnexpectedExit: onLost,
  });
  try {
    const database = await openPrepared(embedded.connection, poolSize, prepare);
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

async function openPrepared(
  connection: DatabaseConnection, poolSize: number, prepare: (database: Database) => Promise<unknown>,
): Promise<Database> {
  const database = await Database.open(connection, entities, poolSize);
  try {
    await prepare(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Opens a migrated database to count budgets in, over connections of their own: where counting is slow nothing else waits. */
export function openForBudgets({ connection }: Database, observe: QueryObserver): Promise<Database> {
  return Database.open(connection, entities, CONNECTIONS_FOR_BUDGETS, {
    statementTimeoutMs: COUNT_LIMIT_MS, observe, areTransactionsPooled: false,
  });
}

/** Opens a migrated database for what a worker does beside requests. */
export function openForWorker(connection: DatabaseConnection): Promise<Database> {
  return Database.open(connection, entities, CONNECTIONS_OF_WORKERS);
}

/** Opens a migrated database for requests, whose statements are limited in time and observed; by the pooler, if there is one. */
export async function openForRequests(
  direct: Database, { databaseUrl, databaseDirectUrl, edge: { statementTimeoutMs } }: Config, poolSize: number,
  observe: QueryObserver,
): Promise<Database> {
  const areTransactionsPooled = databaseUrl !== null && databaseDirectUrl !== null;
  const connection = areTransactionsPooled ? { url: databaseUrl } : direct.connection;
  const database = await Database.open(connection, entities, poolSize, { statementTimeoutMs, observe, areTransactionsPooled });
  if (!areTransactionsPooled || await database.identity() === await direct.identity()) return database;
  await database.close();
  throw new OperatorError('DATABASE_URL and DATABASE_DIRECT_URL lead to different databases: let the pooler lead to that of DATABASE_DIRECT_URL.');
}

/** What is told of replicas. */
export interface ReplicaObserver {
  /** Of one that is used from now on, or that is left out for a reason. */
  readonly changed: (name: string, leftOutBecause: string | null) => void;
  readonly read: (name: string, outcome: ReplicaRead) => void;
}

/** Opens the standbys that answer reads, with as many connections to each as requests have to the primary; null where there are none. */
export async function openReplicas(
  primary: Database, { replicas: { urls, waitMs }, edge: { statementTimeoutMs } }: Config, poolSize: number,
  observe: QueryObserver, observer: ReplicaObserver,
): Promise<Replicas | null> {
  if (urls.length === 0) return null;
  const settings = { statementTimeoutMs, observe, poolSize };
  const replicas = urls.map((url) => new Replica(url, settings, ({ name, leftOutBecause }) => observer.changed(name, leftOutBecause)));
  return Replicas.open({ primary, replicas, waitMs, onRead: ({ name }, outcome) => observer.read(name, outcome) });
}

/** How many of the connections for requests the process at a place has, counted from 0: together they have all, unless that is too few for some. */
export function poolShare({ databasePoolSize, workers }: Config, place: number): number {
  return Math.max(FEWEST_FOR_REQUESTS, Math.floor((databasePoolSize + place) / workers));
}

/** How many connections PostgreSQL has to admit for a server, beside those that one process has for its own work. */
function connectionsOf({ databasePoolSize, workers }: Config): number {
  const forRequests = Math.max(databasePoolSize, workers * FEWEST_FOR_REQUESTS);
  const besideThose = CONNECTIONS_OF_WORKERS + CONNECTIONS_FOR_NOTICES + CONNECTIONS_FOR_BUDGETS;
  return forRequests + (workers - 1) * besideThose;
}
