import pg from 'pg';
import { EmbeddedDatabaseError, errorCode } from './errors.js';

export const DATABASE = 'testodrom';
export const USER = 'testodrom';
/** No TCP port is opened: it is a part of the name of the socket. */
export const PORT = 5432;

/** Stated, because pg would else take them from PGSSLMODE and PGOPTIONS, which are meant for other databases. */
const NOT_FROM_THE_ENVIRONMENT = { ssl: false, options: '-c client_encoding=UTF8' } as const;

/** Connection settings for pg; the host is the folder of the unix socket. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly ssl: false;
  readonly options: string;
}

/** Not there yet, on its way up or down, or out of free connections: asking again later makes sense. */
const NOT_READY = new Set(['57P03', '57P01', '53300', 'ENOENT', 'ECONNREFUSED', 'ECONNRESET']);

/** The settings to connect through the socket in this folder. */
export function connectionThrough(socketFolder: string): Connection {
  return { host: socketFolder, port: PORT, user: USER, database: DATABASE, ...NOT_FROM_THE_ENVIRONMENT };
}

/**
 * Whether PostgreSQL answers a query in our database.
 *
 * @throws EmbeddedDatabaseError when it refuses for good, for instance because the database is not there
 */
export async function answers(connection: Connection): Promise<boolean> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5_000 });
  // A connection that breaks later than its query would otherwise be an uncaught error.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch (error) {
    const code = errorCode(error);
    // pg gives no code to a connection that was cut off or timed out.
    if (code === undefined || NOT_READY.has(code)) return false;
    if (!(error instanceof pg.DatabaseError)) throw error;
    throw new EmbeddedDatabaseError(
      `The embedded PostgreSQL refuses connections: ${error.message}. ` +
        'Restore DATA_DIR from a backup, or set another DATA_DIR.',
      { cause: error },
    );
  } finally {
    await client.end();
  }
}
