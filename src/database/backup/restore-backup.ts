import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { OperatorError } from '../../kernel/operator-error.js';
import { advisoryLock } from '../advisory-lock.js';
import type { Database } from '../database.js';
import { isRefusal, outageOf, reasonOf } from '../errors.js';
import { migrate, refuseForeignDatabase } from '../migrate.js';
import { ownTables, storedMigrations, unknownMigrations } from '../stored-migrations.js';
import type { Backup, Header } from './format.js';
import { readBackup } from './read-backup.js';
import { onSession } from '../session.js';
import { columnsOf, firstFilled, storedTables } from './stored-tables.js';

/** Reads a backup from beginning to end without a database; an `OperatorError` tells why it cannot be restored. */
export function checkBackup(path: string): Promise<Backup> {
  return readBackup(path, async (_, rows) => {
    for await (const _piece of rows);
  });
}

/**
 * Fills a database that holds nothing of Testodrom with a backup that was checked, in one transaction, and brings it up to date.
 * Whatever ends it early leaves no row, so that it can be begun again. Returns the names of the migrations that were run on top;
 * an `OperatorError` says what to mend.
 */
export async function restoreBackup(database: Database, path: string, backup: Backup): Promise<string[]> {
  // A server that starts meanwhile waits before it migrates, and before it publishes the tests that come with it.
  await database.exclusively(advisoryLock.migration, async () => {
    await refuseForeignDatabase(database);
    await onSession(database.connection, 'testodrom backup', async (client) => {
      await client.query('select pg_advisory_lock($1)', [advisoryLock.catalogue]);
      await prepare(database, client, backup.header);
      await load(client, path, backup);
    });
  }).catch((error: unknown) => {
    if (!isRefusal(error) && outageOf(error) === null) throw error;
    throw new OperatorError(`The backup cannot be restored: ${reasonOf(error)}. Nothing was restored.`);
  });
  return migrate(database);
}

/** Brings an empty database to the state that the backup is of. */
async function prepare(database: Database, client: pg.Client, { migrations, tables }: Header): Promise<void> {
  const done = await storedMigrations(async (sql) => (await client.query<object>(sql)).rows);
  const filled = await firstFilled(client, await storedTables(client, ownTables(database)));
  if (filled !== null || unknownMigrations(done).length > 0) {
    throw new OperatorError(
      `The database is in use: ${filled === null ? 'a newer version made its tables' : `its table "${filled}" holds data`}. ` +
      'Restore into a new DATA_DIR, or a new database (DATABASE_URL), before a server is started on it.',
    );
  }
  if (done.join() !== migrations.join()) {
    await database.orm.migrator.down({ to: 0 });
    await database.orm.migrator.up({ migrations });
  }
  const made = await storedTables(client, ownTables(database));
  if (shapeOf(made) !== shapeOf(tables)) throw new OperatorError('The backup has other tables than its version of Testodrom made.');
}

function shapeOf(tables: Header['tables']): string {
  return JSON.stringify(tables.map(({ name, columns }) => [name, ...columns.toSorted()].join()).toSorted());
}

async function load(client: pg.Client, path: string, { trailer }: Backup): Promise<void> {
  await client.query('begin');
  // A user and its license refer to each other.
  await client.query('set constraints all deferred');
  const read = await readBackup(path, async (table, rows) => {
    const copy = client.query(from(`copy ${columnsOf(table)} from stdin`));
    await pipeline(rows, copy);
    if (copy.rowCount !== trailer.rows[table.name]) {
      throw new OperatorError(`${path} is damaged: of "${table.name}" it has ${copy.rowCount} rows, not ${trailer.rows[table.name] ?? 0}.`);
    }
  });
  if (read.trailer.sha256 !== trailer.sha256) throw new OperatorError(`${path} was changed while it was read: nothing was restored.`);
  await client.query('commit');
  // Statements are planned by what the tables hold, which PostgreSQL would notice later.
  await client.query('analyze');
}
