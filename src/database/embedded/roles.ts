import { answers, connectionThrough, type Connection } from './connection.js';
import { EmbeddedDatabaseError } from './errors.js';
import { isLocked, tryLock, type Lock } from './lock.js';
import { startOwnedDatabase, type OpenContext } from './owned-database.js';
import { readPostmaster } from './postmaster.js';
import { poll } from './wait.js';

/** A PostgreSQL that accepts connections on a unix socket. */
export interface EmbeddedDatabase {
  /** connection settings for pg: unix socket directory, user, database */
  readonly connection: Connection;
  /** Ends our use of it: stops PostgreSQL if we started it, leaves a shared one running. */
  readonly stop: () => Promise<void>;
}

const PATIENCE = { everyMs: 50, limitMs: 30_000 };

/** Opens the database as the one server of DATA_DIR, which owns its PostgreSQL and shares it with commands. */
export async function openAsServer(context: OpenContext): Promise<EmbeddedDatabase> {
  const { dataDir } = context.layout;
  const serverLock = await tryLock('server', dataDir);
  if (serverLock === undefined) {
    throw new EmbeddedDatabaseError(
      `Another server is running on DATA_DIR ${dataDir}. Stop it, or set another DATA_DIR.`,
    );
  }
  try {
    const ownerLock = await poll(() => tryLock('owner', dataDir), PATIENCE);
    if (ownerLock === undefined) throw stillInUse(dataDir);
    return await openOwned(context, { ownerLock, serverLock });
  } catch (error) {
    await serverLock.release();
    throw error;
  }
}

/** Opens the database for a command: through the server that runs on DATA_DIR, or else as its only user. */
export async function openAsCommand(context: OpenContext): Promise<EmbeddedDatabase> {
  const { dataDir } = context.layout;
  const turn = await poll<{ ownerLock: Lock } | { connection: Connection }>(async () => {
    const ownerLock = await tryLock('owner', dataDir);
    if (ownerLock) return { ownerLock };
    const connection = await findShared(context);
    return connection && { connection };
  }, PATIENCE);
  if (turn === undefined) throw stillInUse(dataDir);
  if ('ownerLock' in turn) return openOwned(context, turn);
  return { connection: turn.connection, stop: async () => undefined };
}

async function openOwned(
  context: OpenContext,
  { ownerLock, serverLock }: { ownerLock: Lock; serverLock?: Lock },
): Promise<EmbeddedDatabase> {
  try {
    const { connection, stop } = await startOwnedDatabase(context);
    const sharedLock = serverLock && (await tryLock('shared', context.layout.dataDir).catch(async (error: unknown) => {
      await stop();
      throw error;
    }));
    const close = async (): Promise<void> => {
      await sharedLock?.release();
      await stop();
      await ownerLock.release();
      await serverLock?.release();
    };
    let closing: Promise<void> | undefined;
    return { connection, stop: () => (closing ??= close()) };
  } catch (error) {
    await ownerLock.release();
    throw error;
  }
}

/**
 * The connection to the PostgreSQL of a running server, once it is up.
 * The server lock does not tell: a server that is starting may be waiting for a command to end.
 */
async function findShared({ layout }: OpenContext): Promise<Connection | undefined> {
  if (!(await isLocked('shared', layout.dataDir))) return undefined;
  const postmaster = await readPostmaster(layout.postgres);
  // Asked of PostgreSQL rather than computed: the server may have another TMPDIR than we.
  if (postmaster?.socketFolder === undefined) return undefined;
  const connection = connectionThrough(postmaster.socketFolder);
  return (await answers(connection)) ? connection : undefined;
}

function stillInUse(dataDir: string): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    `DATA_DIR ${dataDir} is in use by another Testodrom process that has not ended within 30 seconds. ` +
      'Wait until it ends, then try again.',
  );
}
