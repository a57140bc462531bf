import { type Database, statement } from '../../database/index.js';
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

// Reads and notes in one statement, so that a use costs nothing more; but for once a minute it writes nothing.
const findByKey = statement<Client & { readonly keyId: string; readonly keyHint: string }>('client-by-key', `
  with noted as (
    update client_key set last_used_at = $2::timestamptz
     where hash = $1 and (expires_at is null or expires_at > $2)
       and (last_used_at is null or last_used_at <= $2 - interval '${NOTED_EVERY}')
  )
  select c.id, c.slug, c.name, c.status, c.payment_policy as "paymentPolicy", c.license_limit as "licenseLimit",
         c.overdraft, c.licenses_issued as "licensesIssued", c.max_tests as "maxTests",
         c.max_bonus_tests as "maxBonusTests", c.max_results_per_test as "maxResultsPerTest",
         c.time_zone as "timeZone", c.license_price::float8 as "licensePrice", c.buyer, c.origins, c.created_at as "createdAt",
         k.id as "keyId", k.hint as "keyHint"
    from client_key k
    join client c on c.id = k.client_id
   where k.hash = $1 and (k.expires_at is null or k.expires_at > $2)`);

/** The client whose living key this is; null for a key that nobody has or that has ended. */
export async function authenticate(database: Database, key: string, now: Date): Promise<Signature | null> {
  const [row] = await database.run(findByKey, [hashSecret(key), now]);
  if (!row) return null;
  const { keyId, keyHint, ...client } = row;
  return { client, keyId, keyHint };
}
