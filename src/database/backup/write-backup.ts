import { createHash } from 'node:crypto';
import pg from 'pg';
import { type CopyToStreamQuery, to } from 'pg-copy-streams';
import { OperatorError } from '../../kernel/operator-error.js';
import type { Database } from '../database.js';
import { isRefusal, outageOf, reasonOf } from '../errors.js';
import { ownTables, storedMigrations, unknownMigrations } from '../stored-migrations.js';
import { type Backup, END_OF_TABLE, type Header, newHeader, type Trailer } from './format.js';
import { writeNewFile } from './new-file.js';
import { productVersion } from './product-version.js';
import { onSession } from '../session.js';
import { columnsOf, storedTables } from './stored-tables.js';

/**
 * Writes all that the database holds into a file that is not there yet, as it was at one moment; servers go on meanwhile.
 * The database is left as it is, also one of an earlier version. An `OperatorError` says what to mend.
 */
export async function writeBackup(database: Database, path: string): Promise<Backup> {
  return onSession(database.connection, 'testodrom backup', async (client) => {
    const header = await beginSnapshot(database, client);
    const trailer: Trailer = { rows: {}, sha256: '' };
    await writeNewFile(path, signed(contentOf(client, header, trailer.rows), trailer));
    return { header, trailer };
  }).catch((error: unknown) => {
    if (!isRefusal(error) && outageOf(error) === null) throw error;
    throw new OperatorError(`The database cannot be backed up: ${reasonOf(error)}.`);
  });
}

/** Begins a transaction that sees one moment, and tells what there is to be seen. */
async function beginSnapshot(database: Database, client: pg.Client): Promise<Header> {
  const before = await storedTables(client, ownTables(database));
  await client.query('begin isolation level repeatable read read only');
  // The moment is that of the first statement after these locks: a migration that rewrites a table would empty it for us.
  for (const { name } of before) await client.query(`lock table ${pg.escapeIdentifier(name)} in access share mode`);
  const tables = await storedTables(client, ownTables(database));
  const migrations = await storedMigrations(async (sql) => (await client.query<object>(sql)).rows);
  if (migrations.length === 0) throw new OperatorError('There is nothing to back up: the database holds nothing of Testodrom.');
  const [unknown] = unknownMigrations(migrations);
  if (unknown !== undefined) {
    throw new OperatorError(`The database is of a newer version, which made its "${unknown}": back it up with that version.`);
  }
  if (JSON.stringify(tables) !== JSON.stringify(before)) {
    throw new OperatorError('The database is being brought up to date: try again when that is done.');
  }
  return newHeader(await productVersion(), { migrations, tables });
}

async function* contentOf(client: pg.Client, header: Header, rows: Record<string, number>): AsyncGenerator<string | Buffer> {
  yield `${JSON.stringify(header)}\n`;
  const copies = new Map<string, CopyToStreamQuery>();
  for (const table of header.tables) {
    const copy = client.query(to(`copy ${columnsOf(table)} to stdout`));
    copies.set(table.name, copy);
    yield* copy as AsyncIterable<Buffer>;
    yield END_OF_TABLE;
  }
  // PostgreSQL tells how many rows there were after the last of them.
  await client.query('commit');
  for (const [name, { rowCount }] of copies) rows[name] = rowCount;
}

/** Puts the line at the end by which one can tell that nothing is missing or changed. */
async function* signed(content: AsyncIterable<string | Buffer>, trailer: Trailer): AsyncGenerator<string | Buffer> {
  const hash = createHash('sha256');
  for await (const piece of content) {
    hash.update(piece);
    yield piece;
  }
  trailer.sha256 = hash.digest('hex');
  yield `${JSON.stringify(trailer)}\n`;
}
