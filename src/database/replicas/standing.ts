import { DATABASE_IDENTITY } from '../identity.js';
import { statement } from '../statement.js';

/** How far PostgreSQL is in its write-ahead log, in bytes: what was acknowledged before is behind it. */
export type Position = number;

/** Where the primary is, and what makes a standby a copy of it. */
export interface PrimaryStanding {
  /** Up to which the log is safe: no commit that lies beyond was acknowledged yet. */
  readonly position: Position;
  /** The cluster and the database in it. */
  readonly identity: string;
  /** Counts promotions: whoever is on another one has another history. */
  readonly timeline: number;
}

/** Where a standby is. */
export interface ReplicaStanding {
  /** Up to which it shows the log; null for one that is no standby. */
  readonly position: Position | null;
  readonly identity: string;
  /** As of its last restart point: after a promotion elsewhere a standby tells the new one minutes later. */
  readonly timeline: number;
  /** Whether the role of its URL may read. */
  readonly mayRead: boolean;
}

export const readPosition = statement<{ position: Position }>('primary-position', `
  select (pg_current_wal_flush_lsn() - '0/0')::float8 as position`);

// The name of a file of the log begins with the timeline.
export const readPrimary = statement<PrimaryStanding>('primary-standing', `
  select (pg_current_wal_flush_lsn() - '0/0')::float8 as position, ${DATABASE_IDENTITY} as identity,
         ('x' || left(pg_walfile_name(pg_current_wal_flush_lsn()), 8))::bit(32)::int as timeline`);

const REPLAYED = `case when pg_is_in_recovery() then (pg_last_wal_replay_lsn() - '0/0')::float8 end as position`;

export const readReplayed = statement<Pick<ReplicaStanding, 'position'>>('replica-position', `select ${REPLAYED}`);

export const readReplica = statement<ReplicaStanding>('replica-standing', `
  select ${REPLAYED}, ${DATABASE_IDENTITY} as identity,
         (select timeline_id from pg_control_checkpoint()) as timeline,
         coalesce(has_table_privilege(to_regclass('client_user'), 'select'), false) as "mayRead"`);
