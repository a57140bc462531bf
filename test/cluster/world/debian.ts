import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import { newFolder } from '../../setup/processes.js';

const INSTALL = 'apt-get install -y --no-install-recommends postgresql pgbouncer haproxy';

/** Who runs what does not run as root. */
const USER = 'postgres';

/** The programs of the newest PostgreSQL that is installed. */
const postgresFolder = (): string | undefined => globSync('/usr/lib/postgresql/*/bin').sort((a, b) => versionOf(b) - versionOf(a))[0];

/** Where a program is that Debian's packages bring. */
export function program(name: string): string {
  const folders = [postgresFolder(), '/usr/sbin', '/usr/bin'];
  const found = folders.map((folder) => `${folder}/${name}`).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`"${name}" is not installed. On Debian: ${INSTALL}`);
  return found;
}

/** The user of the operating system as whom programs run, for root may not run PostgreSQL; null for the one who runs the tests. */
function account(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, USER], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** A new folder that belongs to that user. */
export async function folderOfAccount(): Promise<string> {
  const folder = await newFolder();
  const user = account();
  if (user) await chown(folder, user.uid, user.gid);
  return folder;
}

/** Runs a program to its end; fails with what it printed. */
export function run(name: string, args: readonly string[], folder: string): string {
  return execFileSync(program(name), args, { ...account(), cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: ENVIRONMENT });
}

const running = new Set<ChildProcess>();

/** Starts a program that stays. */
export function start(name: string, args: readonly string[], folder: string): ChildProcess {
  const child = spawn(program(name), args, { ...account(), cwd: folder, stdio: 'ignore', env: ENVIRONMENT });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Ends what still runs; every test file ends with it. */
export async function endPrograms(): Promise<void> {
  await Promise.all(Array.from(running, async (child) => {
    // A PostgreSQL that is killed leaves processes behind.
    child.kill(child.spawnfile.endsWith('/postgres') ? 'SIGQUIT' : 'SIGKILL');
    // One that stands still ends when it goes on.
    child.kill('SIGCONT');
    await once(child, 'exit');
  }));
}

const ENVIRONMENT = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' };

function versionOf(folder: string): number {
  return Number(/\/(\d+)\/bin$/.exec(folder)?.[1] ?? 0);
}
