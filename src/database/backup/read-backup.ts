import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type z } from 'zod';
import { OperatorError } from '../../kernel/operator-error.js';
import { reasonOf } from '../errors.js';
import { unknownMigrations } from '../stored-migrations.js';
import { type Backup, END_OF_TABLE, FORMAT_VERSION, header, type Header, HEADER_LIMIT, origin, trailer, type Trailer } from './format.js';
import { Lines, NotWhole } from './lines.js';
import { productVersion } from './product-version.js';
import type { StoredTable } from './stored-tables.js';

/**
 * Reads a backup, and gives the rows of each table away. An `OperatorError` tells of a file that is no backup, is of a newer
 * version, or is not as it was written; the last is known for sure only at the end.
 */
export async function readBackup(
  path: string, take: (table: StoredTable, rows: AsyncIterable<Buffer>) => Promise<void>,
): Promise<Backup> {
  const read: { header?: Header; trailer?: Trailer } = {};
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
      const lines = new Lines(chunks, hash);
      read.header = await readHeader(path, await lines.next(HEADER_LIMIT));
      for (const table of read.header.tables) await take(table, lines.before(END_OF_TABLE));
      const sha256 = hash.copy().digest('hex');
      read.trailer = parse(trailer, await lines.next(HEADER_LIMIT));
      await lines.end();
      if (read.trailer.sha256 !== sha256) throw new NotWhole('its SHA-256 is not that of its content');
    });
  } catch (error) {
    throw explained(path, error, read.header !== undefined);
  }
  return read as Backup;
}

async function readHeader(path: string, line: string): Promise<Header> {
  const { version, product } = parse(origin, line);
  const known = version <= FORMAT_VERSION ? parse(header, line) : null;
  if (known && unknownMigrations(known.migrations).length === 0) return known;
  throw new OperatorError(
    `${path} was made by Testodrom ${product}, which is newer than this ${await productVersion()}: restore it with that version.`,
  );
}

function parse<T>(schema: z.ZodType<T>, line: string): T {
  try {
    return schema.parse(JSON.parse(line));
  } catch (cause) {
    throw new NotWhole('a line is not of its form', { cause });
  }
}

function explained(path: string, error: unknown, isBackup: boolean): unknown {
  const { code, syscall } = Object(error) as { code?: unknown; syscall?: unknown };
  const isUnreadable = error instanceof NotWhole || (typeof code === 'string' && code.startsWith('Z_'));
  if (isUnreadable && !isBackup) return new OperatorError(`${path} is not a backup of Testodrom, or its beginning is damaged.`);
  if (isUnreadable) return new OperatorError(`${path} is damaged or not whole (${reasonOf(error)}): restore another backup.`);
  return typeof syscall === 'string' && typeof code === 'string' && !(error instanceof OperatorError)
    ? new OperatorError(`${path}: ${reasonOf(error)}.`)
    : error;
}
