import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../sync-folder.js';
import { handOver, type Account } from './account.js';
import type { Binaries } from './binaries.js';
import { DATABASE, USER } from './connection.js';
import { DRAFT_PREFIX, type Layout } from './data-directory.js';
import { runToEnd } from './launch.js';

/**
 * Makes the data directory and the empty database in it.
 * It is made under another name and renamed when complete, so that a first start that is killed leaves no half of it.
 *
 * @param durable whether it has to survive a power failure right after
 */
export async function initialise(
  layout: Layout,
  options: { binaries: Binaries; account: Account; durable: boolean },
): Promise<void> {
  await removeDrafts(layout.dataDir);
  // A name of its own: the initdb of a start that was killed may still be busy removing what it had made.
  const draft = await mkdtemp(join(layout.dataDir, `${DRAFT_PREFIX}-`));
  try {
    await handOver(draft, options.account);
    await fill(draft, options);
    await rename(draft, layout.postgres);
  } catch (error) {
    await rm(draft, { recursive: true, force: true, maxRetries: 5 });
    throw error;
  }
  // The rename itself.
  if (options.durable) await syncFolder(layout.dataDir);
}

async function fill(
  draft: string,
  { binaries, account, durable }: { binaries: Binaries; account: Account; durable: boolean },
): Promise<void> {
  await runToEnd(
    binaries.initdb,
    [
      `--pgdata=${draft}`,
      `--username=${USER}`,
      // Whoever reaches the socket is let in: only its folder, closed to other users, guards it.
      '--auth=trust',
      '--encoding=UTF8',
      // The locale that PostgreSQL brings along: the same order of texts on every system, whatever is installed.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
      '--no-sync',
    ],
    { account },
  );
  await runToEnd(
    binaries.postgres,
    ['--single', '-D', draft, '-c', 'fsync=off', '-c', 'exit_on_error=on', 'postgres'],
    { account, input: `CREATE DATABASE ${DATABASE}\n` },
  );
  if (durable) await runToEnd(binaries.initdb, ['--sync-only', `--pgdata=${draft}`], { account });
}

async function removeDrafts(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (!name.startsWith(DRAFT_PREFIX)) continue;
    await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 5 });
  }
}
