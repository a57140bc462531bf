import { type Sql, statement } from '../../database/index.js';
import { hashSecret } from '../../kernel/secrets.js';
import type { Client } from '../client.js';

/** A client that has proved who it is, and by which of its keys. */
export interface Signature {
  readonly client: Client;
  readonly keyId: string;
  /** The end of the key. */
  readonly keyHint: string;
}

/** How long after the last note of its use a key is not noted again. */
const NOTED_EVERY = '1 minute';

// Reads and notes in one statement, so that a use costs nothing more; but for once a minute it writes nothing. A key that
// somebody else notes is left to them: so nobody waits, and servers that note the same keys do not wait for each other.
const text = (isWanted: string): string => `
  with due as (
    select k.client_id, k.id from client_key k
     where ${isWanted} and (k.expires_at is null or k.expires_at > $2)
       and (k.last_used_at is null or k.last_used_at <= $2 - interval '${NOTED_EVERY}')
       for no key update skip locked
  ), noted as (
    update client_key k set last_used_at = $2::timestamptz from due where k.client_id = due.client_id and k.id = due.id
  )
  select c.id, c.slug, c.name, c.status, c.payment_policy as "paymentPolicy", c.license_limit as "licenseLimit",
         c.overdraft, c.licenses_issued as "licensesIssued", c.max_tests as "maxTests",
         c.max_bonus_tests as "maxBonusTests", c.max_results_per_test as "maxResultsPerTest",
         c.time_zone as "timeZone", c.license_price::float8 as "licensePrice", c.buyer, c.origins, c.created_at as "createdAt",
         k.id as "keyId", k.hint as "keyHint", k.hash
    from client_key k
    join client c on c.id = k.client_id
   where ${isWanted} and (k.expires_at is null or k.expires_at > $2)`;
type Row = Client & { readonly keyId: string; readonly keyHint: string; readonly hash: Buffer };
const byKey = statement<Row>('clients-by-key', text('k.hash = any($1::bytea[])'));
const byOwnedKey = statement<Row>('client-by-own-key', text('k.client_id = $3 and k.hash = any($1::bytea[])'));

/**
 * The clients whose living keys these are, in their order; null for a key that nobody has or that has ended.
 *
 * @param owner the only client that may have them; null for any
 */
export async function authenticate(sql: Sql, keys: readonly string[], now: Date, owner: string | null = null): Promise<(Signature | null)[]> {
  const hashes = new Map(keys.map((key) => [key, hashSecret(key)]));
  const values = [[...hashes.values()], now];
  const rows = await (owner === null ? sql.run(byKey, values) : sql.run(byOwnedKey, [...values, owner]));
  const found = new Map(rows.map(({ hash, keyId, keyHint, ...client }) => [hash.toString('hex'), { client, keyId, keyHint }]));
  return keys.map((key) => found.get(hashes.get(key)!.toString('hex')) ?? null);
}
