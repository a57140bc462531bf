import { type Sql, statement } from '../database/index.js';
import { hashSecret } from '../kernel/secrets.js';
import type { NewResult } from './stored-result.js';
import type { TokenStanding } from './token-decision.js';

/** An access token as it is stored, with the save for which it was used. */
export interface StoredToken extends TokenStanding {
  readonly clientId: string;
  /** The idempotency key of its save, told to nobody. */
  readonly id: string;
  /** The client's own id of the person to whom the result is attached; null for a token that only saves. */
  readonly externalId: string | null;
  /** Whether that person has the result. */
  readonly attached: boolean;
}

interface TokenRow extends Omit<StoredToken, 'saved'> {
  readonly resultKey: string | null;
  readonly requestDigest: Buffer | null;
}

const byHash = statement<TokenRow>('access-token-by-hash', `
  select t.client_id as "clientId", t.id, t.test_id as "testId", t.external_id as "externalId", t.expires_at as "expiresAt",
         t.used_at is not null as used, r.id as "resultKey", r.request_digest as "requestDigest", u.id is not null as attached
    from access_token t
    left join result r on r.idempotency_key = t.id and t.used_at is not null
    left join client_user u on u.client_id = t.client_id and u.external_id = t.external_id
                           and r.client_id = u.client_id and r.user_id = u.id
   where t.hash = $1`);

// One statement, so that of two saves with one token the later finds it used, and saves nothing.
const useAndInsert = statement<{ id: string }>('result-insert-by-token', `
  with used as (
    update access_token set used_at = $6::timestamptz
     where client_id = $9 and id = $7 and used_at is null and expires_at > $6
    returning id
  )
  insert into result (id, test_id, revision_number, answers, calculation, saved_at, idempotency_key, request_digest)
  select $1::uuid, $2::uuid, $3::int, $4::json, $5::json, $6, id, $8::bytea from used
  returning id`);

const stillThere = statement<{ id: string }>('access-token-there', 'select id from access_token where client_id = $1 and id = $2');

/** The token with this secret; null when it was never issued, or is gone since it expired or its user was erased. */
export async function findToken(sql: Sql, secret: string): Promise<StoredToken | null> {
  const [row] = await sql.run(byHash, [hashSecret(secret)]);
  if (!row) return null;
  const { resultKey, requestDigest, ...token } = row;
  return { ...token, saved: resultKey !== null && requestDigest !== null ? { resultKey, requestDigest } : null };
}

/** Uses the token and inserts the result, both or neither: false when the token was used meanwhile, has expired or is gone. */
export async function insertByToken(
  sql: Sql, { clientId, id: tokenId }: StoredToken, { id, testId, revision, answers, calculation, savedAt, repeat }: NewResult,
): Promise<boolean> {
  const inserted = await sql.run(useAndInsert, [
    id, testId, revision, JSON.stringify(answers), JSON.stringify(calculation), savedAt, tokenId, repeat?.digest, clientId,
  ]);
  return inserted.length > 0;
}

/** Whether the token is still there: an erasure of its user takes it away. */
export async function isThere(sql: Sql, { clientId, id }: StoredToken): Promise<boolean> {
  return (await sql.run(stillThere, [clientId, id])).length > 0;
}
