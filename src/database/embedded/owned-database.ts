import { chmod } from 'node:fs/promises';
import { chooseAccount, handOverTree } from './account.js';
import type { Binaries } from './binaries.js';
import { connectionThrough, type Connection } from './connection.js';
import { inspectDataDirectory, type Layout } from './data-directory.js';
import { initialise } from './initialise.js';
import { awaitEarlierPostmaster } from './postmaster.js';
import { startPostgres } from './process.js';
import { prepareSocketFolder, removeSocketFolder } from './socket-directory.js';

/** What every way to open the database needs. */
export interface OpenContext {
  readonly layout: Layout;
  readonly binaries: Binaries;
  readonly durable: boolean;
  readonly connections: number;
  readonly onUnexpectedExit: (message: string) => void;
}

/** A PostgreSQL that this process started and has to stop. */
export interface OwnedDatabase {
  readonly connection: Connection;
  /** shuts PostgreSQL down and waits for its end */
  readonly stop: () => Promise<void>;
}

/**
 * Starts PostgreSQL on DATA_DIR, after making the database if there is none.
 * The caller holds the owner lock, so that nobody else changes DATA_DIR meanwhile.
 */
export async function startOwnedDatabase(context: OpenContext): Promise<OwnedDatabase> {
  const { layout } = context;
  // Once more, because it may have changed while we waited for the lock.
  const owner = await inspectDataDirectory(layout);
  const account = chooseAccount(owner);
  if (owner === undefined) {
    await initialise(layout, { ...context, account });
  } else {
    await awaitEarlierPostmaster(layout.postgres);
    // A backup restored by root belongs to root, and tools that copy folders widen their mode: PostgreSQL accepts neither.
    if (owner.uid !== account.uid) await handOverTree(layout.postgres, account);
    await chmod(layout.postgres, 0o700);
  }
  const socketFolder = await prepareSocketFolder(layout, account);
  const process = await startPostgres(layout, { ...context, account, socketFolder });
  return {
    connection: connectionThrough(socketFolder),
    stop: async () => {
      await process.stop();
      await removeSocketFolder(layout, socketFolder);
    },
  };
}
