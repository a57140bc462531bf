import { open, rename, stat, type FileHandle } from 'node:fs/promises';
import { handOver, type Account } from './account.js';
import { errorCode } from './errors.js';
import { failureIn } from './output.js';

const MAX_LOG_BYTES = 10 * 1024 * 1024;
const MAX_TAIL_BYTES = 64 * 1024;

/** The log of PostgreSQL, opened for one run of it. */
export interface ServerLog {
  readonly path: string;
  readonly handle: FileHandle;
  /** where the lines of this run begin */
  readonly start: number;
}

/** Opens the log to append to it; a big one is set aside first, so that two files are all there ever is. */
export async function openLog(path: string, account: Account): Promise<ServerLog> {
  if ((await sizeOf(path)) > MAX_LOG_BYTES) await rename(path, `${path}.1`);
  const handle = await open(path, 'a', 0o600);
  await handOver(path, account);
  return { path, handle, start: (await handle.stat()).size };
}

/** Why PostgreSQL ended in this run, in its own words. */
export async function lastFailure(log: Pick<ServerLog, 'path' | 'start'>): Promise<string | undefined> {
  return failureIn(await readTail(log.path, log.start));
}

async function readTail(path: string, start: number): Promise<string> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const from = Math.max(start, size - MAX_TAIL_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.max(size - from, 0)), { position: from });
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 0;
    throw error;
  }
}
