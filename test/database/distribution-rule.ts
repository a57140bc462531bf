import type { Placement } from '../../src/database/distribution/layout.js';
import type { FreshDatabase } from '../setup/fresh-database.js';

type Layout = Readonly<Record<string, Placement>>;
type Spread = Extract<Placement, object>;

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly isNullable: boolean;
  readonly isGenerated: boolean;
}

interface Key {
  readonly table: string;
  readonly name: string;
  readonly columns: readonly string[];
}

interface ForeignKey extends Key {
  readonly target: string;
  readonly targetColumns: readonly string[];
  /** As pg_constraint has them: what becomes of the row when the other one is changed, and when it is removed. */
  readonly onUpdate: string;
  readonly onDelete: string;
  readonly isPutOffAtWill: boolean;
}

const OURS = 'c.relnamespace = current_schema()::regnamespace';

const COLUMNS = `
  select c.relname::text as table, a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type,
         not a.attnotnull as "isNullable", a.attgenerated <> '' as "isGenerated"
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
   where ${OURS} and c.relkind in ('r', 'p')
   order by 1, a.attnum`;

/** With the columns that tell rows apart, and without those that an index only carries; an expression is no column. */
const UNIQUE_KEYS = `
  select c.relname::text as table, i.indexrelid::regclass::text as name,
         array(select a.attname::text from unnest(i.indkey[0 : i.indnkeyatts - 1]) as k (place)
                 join pg_attribute a on a.attrelid = c.oid and a.attnum = k.place) as columns
    from pg_index i
    join pg_class c on c.oid = i.indrelid
   where ${OURS} and (i.indisunique or i.indisexclusion)
   order by 1, 2`;

const namesOf = (table: string, places: string): string => `
  array(select a.attname::text from unnest(${places}) with ordinality as k (place, rank)
          join pg_attribute a on a.attrelid = ${table} and a.attnum = k.place order by k.rank)`;

const FOREIGN_KEYS = `
  select c.relname::text as table, f.conname::text as name, ${namesOf('f.conrelid', 'f.conkey')} as columns,
         f.confrelid::regclass::text as target, ${namesOf('f.confrelid', 'f.confkey')} as "targetColumns",
         f.confupdtype::text as "onUpdate", f.confdeltype::text as "onDelete", f.condeferrable and not f.condeferred as "isPutOffAtWill"
    from pg_constraint f
    join pg_class c on c.oid = f.conrelid
   where ${OURS} and f.contype = 'f'
   order by 1, 2`;

const TRIGGERS = `
  select c.relname::text as table, t.tgname::text as name
    from pg_trigger t
    join pg_class c on c.oid = t.tgrelid
   where ${OURS} and not t.tgisinternal
   order by 1, 2`;

/** What Citus would refuse, or not keep, if the tables lay as the layout says; one line for each. */
export async function problemsOf(sql: FreshDatabase['sql'], layout: Layout): Promise<string[]> {
  const columns = await sql<Column>(COLUMNS);
  const tables = [...new Set(columns.map(({ table }) => table))];
  const isSpread = ({ table }: { table: string }): boolean => layout[table] !== undefined && layout[table] !== 'ONE_MACHINE';
  return [
    ...tables.filter((table) => layout[table] === undefined).map((table) => `${table}: has no place`),
    ...Object.keys(layout).filter((table) => !tables.includes(table)).map((table) => `${table}: is no table`),
    ...tables.flatMap((table) => columnProblems(table, columns, layout)),
    ...(await sql<Key>(UNIQUE_KEYS)).filter((key) => !isWithinPlace(key, layout[key.table])).map(({ table, name }) => `${table}: ${name} is unique over several machines`),
    ...(await sql<ForeignKey>(FOREIGN_KEYS)).flatMap((key) => foreignKeyProblems(key, layout).map((problem) => `${key.table}: ${key.name} ${problem}`)),
    ...(await sql<{ table: string; name: string }>(TRIGGERS)).filter(isSpread).map(({ table, name }) => `${table}: has the trigger ${name}`),
  ];
}

function columnProblems(table: string, columns: readonly Column[], layout: Layout): string[] {
  const place = layout[table];
  if (!isByColumn(place)) return [];
  const columnOf = (one: string, { by }: Spread): Column | undefined => columns.find((column) => column.table === one && column.name === by);
  const column = columnOf(table, place);
  if (!column) return [`${table}: has no column ${place.by}`];
  const [first, firstPlace] = Object.entries(layout).find((entry): entry is [string, Spread] => isTogether(entry[1], place))!;
  const type = columnOf(first, firstPlace)?.type;
  return [
    ...(column.isNullable ? [`${table}: ${place.by} may be null`] : []),
    ...(column.isGenerated ? [`${table}: ${place.by} is generated`] : []),
    ...(column.type === type ? [] : [`${table}: ${place.by} is ${column.type}, but ${type} in ${first}`]),
  ];
}

function foreignKeyProblems(key: ForeignKey, layout: Layout): string[] {
  const [from, to] = [layout[key.table], layout[key.target]];
  if (from === to && !isByColumn(from)) return [];
  if (!isByColumn(from)) return [`leads from where ${from} lies to ${key.target}`];
  const place = key.columns.indexOf(from.by);
  const held = place < 0 ? [] : [
    ...('cnd'.includes(key.onUpdate) ? [`changes ${from.by} on update`] : []),
    ...('nd'.includes(key.onDelete) ? [`changes ${from.by} on delete`] : []),
  ];
  if (to === 'EVERYWHERE') return held;
  if (!isTogether(from, to)) return [`leads to ${key.target}, which lies elsewhere`];
  return [
    ...held,
    ...(place >= 0 && isByColumn(to) && key.targetColumns[place] === to.by ? [] : [`leads to ${key.target} without ${from.by}`]),
    ...(key.isPutOffAtWill ? ['is put off by "set constraints", which stays on one machine'] : []),
  ];
}

function isWithinPlace({ columns }: Key, place: Placement | undefined): boolean {
  return !isByColumn(place) || columns.includes(place.by);
}

function isByColumn(place: Placement | undefined): place is Spread {
  return typeof place === 'object';
}

function isTogether(one: Placement | undefined, other: Placement | undefined): boolean {
  return isByColumn(one) && isByColumn(other) && one.together === other.together;
}
