import { type Database, type Sql, statement } from '../../database/index.js';
import { newId } from '../../kernel/ids.js';
import { hashSecret, newClientKey } from '../../kernel/secrets.js';
import { lockClient } from '../../licensing/index.js';
import { keyHint } from './client-key.js';

/** A client key as it is read: all that is kept of it but the hash. */
export interface StoredKey {
  readonly clientId: string;
  readonly id: string;
  readonly hint: string;
  readonly createdAt: Date;
  /** To the minute; null when the key never signed a request. */
  readonly lastUsedAt: Date | null;
  /** Null for a key that lives on. */
  readonly expiresAt: Date | null;
}

/** A key that was just made, with the secret that is shown this once. */
export interface NewKey {
  readonly key: string;
  readonly clientKey: StoredKey;
}

const columns = `
  select k.client_id as "clientId", k.id, k.hint, k.created_at as "createdAt", k.last_used_at as "lastUsedAt",
         k.expires_at as "expiresAt"
    from client_key k`;

const living = statement<StoredKey>('client-keys-living', `${columns}
   where k.client_id = $1 and (k.expires_at is null or k.expires_at > $2)
   order by k.created_at desc, k.id desc`);
const byIds = statement<StoredKey>('client-keys-by-id', `${columns}
  join unnest($1::uuid[], $2::uuid[]) as wanted (client_id, id) on k.client_id = wanted.client_id and k.id = wanted.id`);
const insert = statement<never>('client-key-insert', `
  insert into client_key (client_id, id, hash, hint, created_at) values ($1, $2, $3, $4, $5)`);
const end = statement<never>('client-key-end', 'update client_key set expires_at = $3 where client_id = $1 and id = $2');

/** The keys of a client that are good at this time, newest first. */
export function livingKeys(sql: Sql, clientId: string, at: Date): Promise<StoredKey[]> {
  return sql.run(living, [clientId, at]);
}

/** Keys by client and id, in the order asked for, also those that have ended; null for one that the client never had. */
export async function findKeys(
  sql: Sql, wanted: readonly { readonly clientId: string; readonly keyId: string }[],
): Promise<(StoredKey | null)[]> {
  const rows = await sql.run(byIds, [wanted.map(({ clientId }) => clientId), wanted.map(({ keyId }) => keyId)]);
  const found = new Map(rows.map((row) => [`${row.clientId}/${row.id}`, row]));
  return wanted.map(({ clientId, keyId }) => found.get(`${clientId}/${keyId}`) ?? null);
}

/** The keys of a client while nobody else changes them. */
export interface HeldKeys {
  readonly sql: Sql;
  /** Newest first. */
  readonly living: readonly StoredKey[];
  /** When they were read. */
  readonly at: Date;
}

/** Changes keys of a client in one transaction; other changes of its keys wait until it is over. */
export function changeKeys<T>(
  database: Database, clientId: string, now: () => Date, change: (held: HeldKeys) => Promise<T>,
): Promise<T> {
  return database.transaction(async (sql) => {
    await lockClient(sql, clientId);
    // After the wait for the lock, so that a key which ended meanwhile is not taken for a living one.
    const at = now();
    return change({ sql, at, living: await livingKeys(sql, clientId, at) });
  });
}

/** Makes one more key that lives on. */
export async function addKey({ sql, at }: HeldKeys, clientId: string): Promise<NewKey> {
  const key = newClientKey();
  const clientKey = { clientId, id: newId(), hint: keyHint(key), createdAt: at, lastUsedAt: null, expiresAt: null };
  await sql.run(insert, [clientId, clientKey.id, hashSecret(key), clientKey.hint, at]);
  return { key, clientKey };
}

/** Lets a key end at that time, and gives the key as it is then. */
export async function endKey({ sql }: HeldKeys, key: StoredKey, expiresAt: Date): Promise<StoredKey> {
  await sql.run(end, [key.clientId, key.id, expiresAt]);
  return { ...key, expiresAt };
}
