import { readFile, realpath, rm } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { EmbeddedDatabaseError, errorCode } from './errors.js';
import { poll } from './wait.js';

/** What a running PostgreSQL says of itself in `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly socketFolder: string | undefined;
  readonly ready: boolean;
}

const SHUTDOWN_LIMIT_MS = 30_000;

/** Reads `postmaster.pid`; undefined when there is none or it is not complete yet. */
export async function readPostmaster(pgdata: string): Promise<Postmaster | undefined> {
  const content = await readIfPresent(join(pgdata, 'postmaster.pid'));
  const [pid = '', , , , socketFolder, , , status = ''] = content?.split('\n') ?? [];
  if (!/^\d+$/.test(pid)) return undefined;
  return { pid: Number(pid), socketFolder: socketFolder === '' ? undefined : socketFolder, ready: status.trim() === 'ready' };
}

/**
 * Waits until the PostgreSQL of an owner that died is gone.
 * To be called by the holder of the owner lock, for whom every PostgreSQL of this data is an orphan.
 *
 * @throws EmbeddedDatabaseError when it does not go in time
 */
export async function awaitEarlierPostmaster(pgdata: string): Promise<void> {
  const earlier = await readPostmaster(pgdata);
  if (earlier === undefined || !isAlive(earlier.pid)) return;
  if (await isPostgresOf(earlier.pid, pgdata)) {
    askToShutDown(earlier.pid);
    const gone = await poll(async () => ((await isPostgresOf(earlier.pid, pgdata)) ? undefined : true), {
      everyMs: 20,
      limitMs: SHUTDOWN_LIMIT_MS,
    });
    if (!gone) {
      throw new EmbeddedDatabaseError(
        `An earlier PostgreSQL (process ${earlier.pid}) still uses ${pgdata}. Stop that process and start again.`,
      );
    }
  }
  // What it left when it was killed. The id may live on, as another program or as a process that nobody has waited for,
  // both common in containers; PostgreSQL would take either for a postmaster.
  await rm(join(pgdata, 'postmaster.pid'), { force: true });
}

/** It was asked already when its owner died, save for a moment during its start; asking twice is harmless. */
function askToShutDown(pid: number): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if (errorCode(error) !== 'ESRCH' && errorCode(error) !== 'EPERM') throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Whether the process is a PostgreSQL of this data; in doubt it is. */
async function isPostgresOf(pid: number, pgdata: string): Promise<boolean> {
  const [program = '', ...args] = (await readIfPresent(`/proc/${pid}/cmdline`))?.split('\0') ?? [];
  if (basename(program) !== 'postgres') return false;
  const folder = args.includes('-D') ? args[args.indexOf('-D') + 1] : undefined;
  if (folder === undefined || !isAbsolute(folder)) return true;
  return folder === pgdata || (await realpath(folder).catch(() => folder)) === (await realpath(pgdata));
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    // ESRCH is what /proc answers for a process that ends while it is being read.
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ESRCH') return undefined;
    throw error;
  }
}
