import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { currentUser, handOver, type Account } from './account.js';
import { PORT } from './connection.js';
import type { Layout } from './data-directory.js';
import { EmbeddedDatabaseError } from './errors.js';

/** What Linux allows for the path of a unix socket, without the closing zero byte. */
const MAX_SOCKET_PATH_BYTES = 107;
const SOCKET_NAME = `.s.PGSQL.${PORT}`;

/**
 * Prepares the folder for the socket of a PostgreSQL that is about to start; nobody else may enter it.
 * It is in DATA_DIR, or in the folder for temporary files when the path of DATA_DIR is too long.
 */
export async function prepareSocketFolder(layout: Layout, account: Account): Promise<string> {
  const folder = fits(layout.socket) ? layout.socket : await prepareTemporaryFolder(layout.dataDir);
  if (folder === layout.socket) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await handOver(folder, account);
    await chmod(folder, 0o700);
  }
  // PostgreSQL refuses to start over a stale lock file when its process id is in use again.
  for (const name of [SOCKET_NAME, `${SOCKET_NAME}.lock`]) await rm(join(folder, name), { force: true });
  return folder;
}

/** Leaves nothing behind in the folder for temporary files. */
export async function removeSocketFolder(layout: Layout, folder: string): Promise<void> {
  if (folder !== layout.socket) await rm(folder, { recursive: true, force: true });
}

async function prepareTemporaryFolder(dataDir: string): Promise<string> {
  const user = currentUser();
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `testodrom-${user}-${hash}`);
  if (!fits(folder)) {
    throw new EmbeddedDatabaseError(
      `DATA_DIR ${dataDir} and TMPDIR ${tmpdir()} are too long for a socket. Set a DATA_DIR with a shorter path.`,
    );
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Everybody may write to the folder for temporary files, so that this one may have been made by anybody.
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== user || (found.mode & 0o777) !== 0o700) {
    throw new EmbeddedDatabaseError(
      `${folder} is not a private folder of this user (uid ${user}). ` +
        'Remove it, or set a DATA_DIR with a shorter path.',
    );
  }
  return folder;
}

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, SOCKET_NAME)) <= MAX_SOCKET_PATH_BYTES;
}
