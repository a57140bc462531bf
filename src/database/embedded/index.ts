import { resolve } from 'node:path';
import { locateBinaries } from './binaries.js';
import { createDataDirectory, inspectDataDirectory, layoutOf } from './data-directory.js';
import { explainFileError } from './errors.js';
import { openAsCommand, openAsServer, type EmbeddedDatabase } from './roles.js';

export { EmbeddedDatabaseError } from './errors.js';
export type { EmbeddedDatabase } from './roles.js';

/** A DATA_DIR has one server, which shares its PostgreSQL with commands; without a server, commands take turns. */
export type EmbeddedRole = 'server' | 'command';

export interface EmbeddedDatabaseOptions {
  readonly dataDir: string;
  readonly role: EmbeddedRole;
  /** false gives up safety against a power failure for speed, for tests; default true */
  readonly durable?: boolean;
  /** how many connections the caller wants to open; PostgreSQL admits these and those of a few commands */
  readonly connections?: number;
  /** told once, in one line, when PostgreSQL ends though nobody stopped it */
  readonly onUnexpectedExit?: (message: string) => void;
}

/**
 * Opens the PostgreSQL that keeps its data in DATA_DIR; makes the folder and the database at the very first start.
 *
 * @throws EmbeddedDatabaseError for every expected failure; a DATA_DIR that is not ours is left as it was
 */
export async function openEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const dataDir = resolve(options.dataDir);
  try {
    const binaries = await locateBinaries();
    await inspectDataDirectory(layoutOf(dataDir));
    const context = {
      layout: layoutOf(await createDataDirectory(dataDir)),
      binaries,
      durable: options.durable ?? true,
      connections: options.connections ?? 0,
      onUnexpectedExit: options.onUnexpectedExit ?? (() => undefined),
    };
    return options.role === 'server' ? await openAsServer(context) : await openAsCommand(context);
  } catch (error) {
    throw explainFileError(error, dataDir);
  }
}
