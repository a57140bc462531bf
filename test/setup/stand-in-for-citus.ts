import type { FreshDatabase } from './fresh-database.js';

/** What Citus asks of a table at each call, as far as one machine can ask it. */
const CHECK = `
  if exists (select from pg_dist_partition where logicalrelid = name::regclass) then
    raise 'table "%" is already distributed', name;
  end if;
  if exists (select from pg_trigger where tgrelid = name::regclass and not tgisinternal) then
    raise 'cannot distribute relation "%" because it has triggers', name;
  end if;
  if exists (select from pg_constraint where contype = 'f' and name::regclass in (conrelid, confrelid)) then
    raise 'table "%" has foreign keys', name;
  end if;
  if by is not null and exists (
    select from pg_index i
     where i.indrelid = name::regclass and i.indisunique
       and not exists (select from pg_attribute a where a.attrelid = i.indrelid and a.attname = by and a.attnum = any(i.indkey))) then
    raise 'cannot create constraint on "%"', name;
  end if;
  if place <> 'none' and not exists (select from pg_dist_partition where logicalrelid = place::regclass) then
    raise 'relation % is not distributed', place;
  end if;
  insert into pg_dist_partition values (name::regclass, by, nullif(place, 'none'))`;

/**
 * Gives a database the calls of Citus that the command makes: they note which table was to lie where, and refuse as Citus does. All
 * tables stay where they are. Citus itself is not to be had here.
 */
export async function standInForCitus({ sql }: Pick<FreshDatabase, 'sql'>): Promise<void> {
  await sql(`
    insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
    select 99999, 'citus', datdba, 'pg_catalog'::regnamespace, false, '0' from pg_database where datname = current_database()`);
  await sql('create table pg_dist_partition (logicalrelid regclass, by text, together_with text)');
  await sql(`create function place(name text, by text, place text) returns void language plpgsql as $$ begin ${CHECK}; end $$`);
  await sql(`create function create_reference_table(name text) returns void language sql as $$ select place(name, null, 'none') $$`);
  await sql(`
    create function create_distributed_table(name text, by text, colocate_with text) returns void
    language sql as $$ select place(name, by, colocate_with) $$`);
}

/** What the stand-in was asked to do, by table. */
export async function placesIn({ sql }: Pick<FreshDatabase, 'sql'>): Promise<Record<string, string>> {
  const rows = await sql<{ table: string; place: string }>(`
    select logicalrelid::text as table, coalesce(by || coalesce(' with ' || together_with, ''), 'everywhere') as place from pg_dist_partition`);
  return Object.fromEntries(rows.map(({ table, place }) => [table, place]));
}
