import pg from 'pg';
import type { Header } from './format.js';

/** A table with its columns. */
export type StoredTable = Header['tables'][number];

/**
 * What is unlogged is lost with a crash anyway, and not worth keeping. By name: attachments come before the results, whose trigger makes
 * those that are not there.
 */
const PERMANENT = `
  select c.relname::text as name,
         array(select a.attname::text from pg_attribute a
                where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns,
         array(select distinct f.confrelid::int from pg_constraint f
                where f.conrelid = c.oid and f.contype = 'f' and not f.condeferrable) as needed,
         c.oid::int as id
    from pg_class c
   where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relpersistence = 'p'
     and c.relname = any($1)
   order by 1`;

/** Those of the named tables that there are and that outlast a crash, in the order in which they can be filled. */
export async function storedTables(client: pg.Client, names: readonly string[]): Promise<StoredTable[]> {
  const { rows } = await client.query<StoredTable & { id: number; needed: number[] }>(PERMANENT, [names]);
  const placed = new Set<number>();
  const ordered: StoredTable[] = [];
  while (ordered.length < rows.length) {
    const next = rows.find(({ id, needed }) => !placed.has(id) && needed.every((other) => other === id || placed.has(other)));
    if (!next) throw new Error('Tables refer to each other in a circle that is not deferrable');
    placed.add(next.id);
    ordered.push({ name: next.name, columns: next.columns });
  }
  return ordered;
}

/** The first of the tables that holds a row; null when all are empty. */
export async function firstFilled(client: pg.Client, tables: readonly StoredTable[]): Promise<string | null> {
  for (const { name } of tables) {
    const { rows } = await client.query(`select from ${pg.escapeIdentifier(name)} limit 1`);
    if (rows.length > 0) return name;
  }
  return null;
}

/** The table with all its columns, as COPY names them. */
export function columnsOf({ name, columns }: StoredTable): string {
  return `${pg.escapeIdentifier(name)} (${columns.map((column) => pg.escapeIdentifier(column)).join(', ')})`;
}
