import { createWriteStream } from 'node:fs';
import { lstat, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { OperatorError } from '../../kernel/operator-error.js';
import { reasonOf } from '../errors.js';
import { syncFolder } from '../sync-folder.js';

/** What the system says of a file that cannot be written on. */
const OF_WRITING = /^(ENOSPC|EDQUOT|EIO|EFBIG|EROFS)$/;

/**
 * Writes a compressed file that was not there, for its owner alone. It has its name only when it is complete and safe from a
 * power failure; a failure leaves nothing behind.
 */
export async function writeNewFile(path: string, content: AsyncIterable<string | Buffer>): Promise<void> {
  await refuseExisting(path);
  const draft = `${path}.part`;
  const file = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true });
  const made = { draft: false };
  file.once('open', () => (made.draft = true));
  try {
    await pipeline(content, createGzip(), file);
    await refuseExisting(path);
    await rename(draft, path);
    await syncFolder(dirname(path));
  } catch (error) {
    if (made.draft) await rm(draft, { force: true });
    throw explained(error, draft);
  }
}

async function refuseExisting(path: string): Promise<void> {
  if (await lstat(path).then(() => true, () => false)) {
    throw new OperatorError(`${path} is there already, and is left as it is: name a file that is not there.`);
  }
}

function explained(error: unknown, draft: string): unknown {
  // Errors of writing name no path; those of the connection to PostgreSQL are of other kinds.
  if (!(error instanceof Error && 'code' in error && ('path' in error || OF_WRITING.test(String(error.code))))) return error;
  const left = 'code' in error && error.code === 'EEXIST'
    ? ' Another backup is writing it, or one was killed: then remove it.'
    : '';
  return new OperatorError(`${draft}: ${reasonOf(error)}.${left}`);
}
