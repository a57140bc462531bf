import { execFile } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newFolder } from '../../setup/processes.js';
import type { Fault } from './fault.js';

const run = promisify(execFile);

/** Enough for PostgreSQL and all that a run writes, in MiB. */
const DISK_MIB = 600;
const PORTION = Buffer.alloc(1_048_576);

let folder = '';

/** The disk of PostgreSQL is full for a while. */
export const diskFull: Fault = {
  name: 'disk of PostgreSQL full',
  async prepare() {
    folder = await newFolder();
    await run('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m,mode=755`, 'tmpfs', folder]).catch((cause: unknown) => {
      throw new Error('A disk that can be filled needs the right to mount: run the tests as root.', { cause });
    });
    return { setting: { folder }, clear: async () => {
      await run('umount', ['--lazy', folder]);
    } };
  },
  async begin() {
    const filler = join(folder, 'filler');
    await fill(filler);
    return () => rm(filler);
  },
};

async function fill(path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    // The last portion fills what is left of it.
    for (let size = PORTION.length; size >= 1; size = Math.floor(size / 16)) {
      for (;;) if ((await file.write(PORTION, 0, size).catch(() => null)) === null) break;
    }
  } finally {
    await file.close();
  }
}
