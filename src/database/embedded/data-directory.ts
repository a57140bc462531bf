import { access, constants, mkdir, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { currentUser } from './account.js';
import { POSTGRES_MAJOR } from './binaries.js';
import { EmbeddedDatabaseError, errorCode } from './errors.js';

/** Where things are in DATA_DIR. */
export interface Layout {
  readonly dataDir: string;
  /** PGDATA; it exists only when it is complete */
  readonly postgres: string;
  readonly log: string;
  readonly socket: string;
}

/** The beginning of the name of a PGDATA that is still being made. */
export const DRAFT_PREFIX = 'postgres.new';

/** What may lie in DATA_DIR before there is a database: our leftovers, and what a fresh disk volume has. */
const HARMLESS = new Set(['postgres.log', 'postgres.log.1', 'socket', 'lost+found']);

/** The layout of a DATA_DIR. */
export function layoutOf(dataDir: string): Layout {
  return {
    dataDir,
    postgres: join(dataDir, 'postgres'),
    log: join(dataDir, 'postgres.log'),
    socket: join(dataDir, 'socket'),
  };
}

/** Creates DATA_DIR if it is missing and returns its real path. */
export async function createDataDirectory(dataDir: string): Promise<string> {
  await createFolder(dataDir);
  return realpath(dataDir);
}

/** Not `mkdir` with `recursive`: on file systems that allow no folders, such as /proc, Node never returns from it. */
async function createFolder(path: string): Promise<void> {
  if (!(await exists(dirname(path)))) await createFolder(dirname(path));
  try {
    await mkdir(path, 0o700);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

/**
 * Checks that DATA_DIR is ours to use, and changes nothing.
 *
 * @returns the owner of the database in it; undefined when there is none yet and one may be made
 * @throws EmbeddedDatabaseError when the folder is foreign, damaged, of another version or not accessible
 */
export async function inspectDataDirectory(layout: Layout): Promise<{ uid: number; gid: number } | undefined> {
  const names = await listFolder(layout.dataDir);
  if (names === undefined) return undefined;
  const foreign = names.filter((name) => !HARMLESS.has(name) && !name.startsWith(DRAFT_PREFIX) && name !== 'postgres');
  const hasPostgres = names.includes('postgres');
  // A folder named "postgres" may be anybody's, so that strangers next to it decide.
  const isOurs = hasPostgres && (foreign.length === 0 || (await exists(join(layout.postgres, 'PG_VERSION'))));
  if (!isOurs && foreign.length > 0) {
    throw new EmbeddedDatabaseError(
      `DATA_DIR ${layout.dataDir} is not empty and holds no Testodrom database; set DATA_DIR to an empty or new folder.`,
    );
  }
  const owner = isOurs ? await inspectDatabase(layout) : undefined;
  await access(layout.dataDir, constants.W_OK | constants.X_OK);
  return owner;
}

async function inspectDatabase({ dataDir, postgres }: Layout): Promise<{ uid: number; gid: number }> {
  const { uid, gid } = await stat(postgres);
  if (currentUser() !== 0 && currentUser() !== uid) {
    throw new EmbeddedDatabaseError(
      `The database in DATA_DIR ${dataDir} belongs to another user (uid ${uid}). ` +
        'Run as that user or as root, or set another DATA_DIR.',
    );
  }
  for (const file of ['PG_VERSION', 'global/pg_control']) {
    if (!(await exists(join(postgres, file)))) throw damaged(dataDir, `the file postgres/${file} is missing`);
  }
  const version = (await readFile(join(postgres, 'PG_VERSION'), 'utf8')).trim();
  if (!/^\d{1,3}(\.\d+)?$/.test(version)) throw damaged(dataDir, 'the file postgres/PG_VERSION holds no version');
  if (version !== POSTGRES_MAJOR) {
    throw new EmbeddedDatabaseError(
      `The database in DATA_DIR ${dataDir} was made by PostgreSQL ${version}, but this program has ` +
        `PostgreSQL ${POSTGRES_MAJOR}. Use the program version that made it, or set another DATA_DIR.`,
    );
  }
  return { uid, gid };
}

/** The failure for a database that has lost files or holds garbage. */
function damaged(dataDir: string, reason: string): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError(
    `The database in DATA_DIR ${dataDir} is damaged: ${reason}. ` +
      'Restore DATA_DIR from a backup, or set another DATA_DIR.',
  );
}

async function listFolder(folder: string): Promise<string[] | undefined> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    if (errorCode(error) !== 'ENOTDIR') throw error;
    throw new EmbeddedDatabaseError(`DATA_DIR ${folder} is not a folder; set DATA_DIR to an empty or new folder.`);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}
