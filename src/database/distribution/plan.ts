import { layout, type Placement } from './layout.js';

/** What spreads a database over several machines: SQL to run in this order, in one transaction. */
export interface Plan {
  /** What has to change in keys, indexes and triggers first, on any PostgreSQL. */
  readonly preparing: readonly string[];
  /** What only Citus can run. */
  readonly spreading: readonly string[];
}

/** Runs SQL and gives its rows. */
export type Run = <Row>(sql: string) => Promise<Row[]>;

interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly target: string;
  readonly columns: readonly string[];
  readonly definition: string;
}

interface Trigger {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

const FOREIGN_KEYS = `
  select c.conrelid::regclass::text as table, c.conname::text as name, c.confrelid::regclass::text as target,
         array(select a.attname::text from pg_attribute a where a.attrelid = c.conrelid and a.attnum = any(c.conkey)) as columns,
         pg_get_constraintdef(c.oid, true) as definition
    from pg_constraint c
   where c.contype = 'f' and c.connamespace = current_schema()::regnamespace
   order by 1, 2`;

const TRIGGERS = `
  select c.oid::regclass::text as table, t.tgname::text as name, pg_get_triggerdef(t.oid, true) as definition
    from pg_trigger t
    join pg_class c on c.oid = t.tgrelid
   where not t.tgisinternal and c.relnamespace = current_schema()::regnamespace
   order by 1, 2`;

/** It notes beside the client what a version without the table of attachments does: no version that can be spread needs it. */
const NEEDLESS_TRIGGER = 'result_note_attachment';

/** Columns that were unique over all clients: a machine sees only its own, so they are kept unique among those of a client. */
const narrowed = [
  ['client_key', 'client_key_hash', 'hash'],
  ['access_token', 'access_token_hash', 'hash'],
  ['invoice', 'invoice_document_key', 'document_key'],
  ['invoice', 'invoice_year_sequence', 'year, sequence'],
] as const;

/** What no machine can keep unique, and what lists ask of `attachment` instead. */
const ownKeys: readonly string[] = [
  'alter table client drop constraint client_slug_unique',
  'create index client_slug on client (slug)',
  'alter table result drop constraint result_idempotency_key_unique',
  'create index result_idempotency_key on result (idempotency_key) where idempotency_key is not null',
  'drop index result_of_user, result_of_client, result_of_test, result_erased',
];

const places: Readonly<Record<string, Placement>> = layout;
const names = Object.keys(places);

/** How a migrated database that lies on one machine is spread; foreign keys and triggers are read from it. */
export async function distributionPlan(run: Run): Promise<Plan> {
  const foreignKeys = (await run<ForeignKey>(FOREIGN_KEYS)).filter(({ table }) => places[table] !== 'ONE_MACHINE');
  const kept = foreignKeys.filter(isWithinOneMachine).map((key) => ({ ...key, wanted: wantedOf(key) }));
  const triggers = await run<Trigger>(TRIGGERS);
  return {
    preparing: [
      ...triggers.map(({ table, name }) => `drop trigger ${name} on ${table}`),
      'drop function note_attachment()',
      ...foreignKeys.filter((key) => !isWithinOneMachine(key)).map(drop),
      ...kept.filter(({ definition, wanted }) => definition !== wanted).flatMap((key) => [drop(key), add(key)]),
      ...narrowed.flatMap(([table, name, columns]) => [
        `alter table ${table} drop constraint ${name}_unique, add constraint ${name}_unique unique (client_id, ${columns})`,
        `create index ${name} on ${table} (${columns})`,
      ]),
      ...ownKeys,
    ],
    spreading: [
      // Else Citus would use several connections to a machine, of which none sees what another has not committed.
      `set local citus.multi_shard_modify_mode to 'sequential'`,
      // A key between a table that is spread and one that is not yet cannot be kept meanwhile.
      ...kept.map(drop),
      ...names.filter((table) => places[table] === 'EVERYWHERE').map((table) => `select create_reference_table('${table}')`),
      ...names.flatMap(spread),
      ...kept.map(add),
      // Those that are left only refuse, which each machine does for itself: Citus would call any trigger unsafe.
      'set local citus.enable_unsafe_triggers to on',
      ...triggers.filter(({ name }) => name !== NEEDLESS_TRIGGER).map(({ definition }) => definition),
    ],
  };
}

/** The first of those that lie together begins, and the others join it. */
function spread(table: string): string[] {
  const place = places[table];
  if (typeof place !== 'object') return [];
  const first = names.find((name) => isTogether(places[name], place))!;
  return [`select create_distributed_table('${table}', '${place.by}', colocate_with => '${first === table ? 'none' : first}')`];
}

function isWithinOneMachine({ table, target }: ForeignKey): boolean {
  return places[target] === 'EVERYWHERE' || isTogether(places[table], places[target]);
}

function isTogether(one: Placement | undefined, other: Placement | undefined): boolean {
  return typeof one === 'object' && typeof other === 'object' && one.together === other.together;
}

/** A row stays where its column says, so nothing may change that; and Citus lets nobody put off a check in the midst of a transaction. */
function wantedOf({ table, columns, definition }: ForeignKey): string {
  const place = places[table];
  if (typeof place !== 'object' || !columns.includes(place.by)) return definition;
  return definition.replace(' ON UPDATE CASCADE', '').replace(/ DEFERRABLE$/, ' DEFERRABLE INITIALLY DEFERRED');
}

function drop({ table, name }: ForeignKey): string {
  return `alter table ${table} drop constraint ${name}`;
}

function add({ table, name, wanted }: ForeignKey & { readonly wanted: string }): string {
  return `alter table ${table} add constraint ${name} ${wanted}`;
}
