import type { Database } from './database.js';
import { formerTables, migrations } from './migrations/index.js';

/** The table in which the ORM notes which migrations were run. */
export const MIGRATION_TABLE = 'schema_migration';

/** Every table that is Testodrom's, now or on the way to the present. */
export function ownTables({ orm }: Database): readonly string[] {
  return [...[...orm.getMetadata().getAll().values()].map(({ tableName }) => tableName), ...formerTables];
}

/** The names of the migrations that were run, the oldest first; none for a database that was never migrated. */
export async function storedMigrations(run: (sql: string) => Promise<unknown[]>): Promise<string[]> {
  const [book] = await run(`select to_regclass('${MIGRATION_TABLE}') is not null as is`) as { is: boolean }[];
  if (book?.is !== true) return [];
  return (await run(`select name from ${MIGRATION_TABLE} order by id`) as { name: string }[]).map(({ name }) => name);
}

/** Those of the names that this version does not know: a newer one has run them. */
export function unknownMigrations(names: readonly string[]): string[] {
  return names.filter((name) => !migrations.some((known) => known.name === name));
}
