import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { SourceFile } from '../catalogue/import/index.js';
import { reasonOf } from '../database/index.js';
import { OperatorError } from '../kernel/operator-error.js';

/** The largest file that is read, in bytes. */
const FILE_SIZE_LIMIT = 20 * 1024 * 1024;

/** The file of questions at a path, which may also be the folder that holds `quiz.xml`. */
export async function questionFile(path: string): Promise<SourceFile> {
  if (!(await isFolder(path))) return readText(path);
  const file = join(path, 'quiz.xml');
  if (!(await exists(file))) throw new OperatorError(`${path}: this directory has no quiz.xml`);
  return readText(file);
}

/** The `config.xml` beside a file of questions; null when there is none. */
export async function configBeside(file: SourceFile): Promise<SourceFile | null> {
  const path = join(dirname(file.name), 'config.xml');
  return basename(file.name) !== 'config.xml' && (await exists(path)) ? readText(path) : null;
}

/** Reads a text file in UTF-8; a failure is told in one line with the file's name. */
export async function readText(path: string): Promise<SourceFile> {
  try {
    const { size } = await stat(path);
    if (size > FILE_SIZE_LIMIT) throw new OperatorError(`${path}: larger than ${FILE_SIZE_LIMIT} bytes`);
    return { name: path, text: new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path)) };
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    const unreadable = error instanceof TypeError ? 'is not in UTF-8: save it in that encoding' : reasonOf(error);
    throw new OperatorError(`${path}: ${unreadable}`);
  }
}

/** Writes a text file; a failure is told in one line with the file's name. */
export async function writeText(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((error: unknown) => {
    throw new OperatorError(`${path}: ${reasonOf(error)}`);
  });
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory(), () => false);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isFile(), () => false);
}
