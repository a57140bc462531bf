import { chown, lchown, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The system account PostgreSQL runs under. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  /** true when it is not ours, so that files have to be handed over to it */
  readonly switched: boolean;
}

const NOBODY: Account = { uid: 65534, gid: 65534, switched: true };

/** The effective user of this process; PostgreSQL refuses to run as root (0). */
export function currentUser(): number {
  return process.geteuid?.() ?? -1;
}

/**
 * The account to run PostgreSQL under: our own, or, as root, the owner of the existing data.
 *
 * @param owner who owns the existing data, undefined when there is none yet
 */
export function chooseAccount(owner: { uid: number; gid: number } | undefined): Account {
  if (currentUser() !== 0) return { uid: currentUser(), gid: process.getegid?.() ?? -1, switched: false };
  if (owner === undefined || owner.uid === 0) return NOBODY;
  return { uid: owner.uid, gid: owner.gid, switched: true };
}

/** Makes the account the owner of one file or folder. */
export async function handOver(path: string, account: Account): Promise<void> {
  if (account.switched) await chown(path, account.uid, account.gid);
}

/** Makes the account the owner of a folder and of all it holds. */
export async function handOverTree(folder: string, account: Account): Promise<void> {
  if (!account.switched) return;
  for (const name of await readdir(folder, { recursive: true })) {
    await lchown(join(folder, name), account.uid, account.gid);
  }
  // Last, because the owner of the folder tells whether the hand-over is complete.
  await handOver(folder, account);
}

/** The arguments of `setpriv` that run a program under the account and tie it to the life of this process. */
export function setprivArguments(account: Account): string[] {
  // SIGINT asks PostgreSQL for a fast shutdown, also when this process is killed and can ask for nothing.
  const untilWeDie = '--pdeathsig=INT';
  if (!account.switched) return [untilWeDie];
  return [
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    // Keeps the one capability needed to pass through folders that only root may enter, such as /root.
    '--securebits=+no_setuid_fixup',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    untilWeDie,
  ];
}
