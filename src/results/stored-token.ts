import { type Sql, statement } from '../database/index.js';
import { clientOfToken, hashSecret } from '../kernel/secrets.js';
import { findSavedById, findSavedEarlier, insertResults, type NewResult } from './stored-result.js';
import type { TokenStanding } from './token-decision.js';

/** An access token as it is stored, with the save for which it was used. */
export interface StoredToken extends TokenStanding {
  readonly clientId: string;
  readonly id: string;
  /** The client's own id of the person to whom the result is attached; null for a token that only saves. */
  readonly externalId: string | null;
  /** Whether that person has the result. */
  readonly attached: boolean;
}

interface TokenRow extends Omit<StoredToken, 'saved'> {
  /** Null while the token is good, and for one that the version before used. */
  readonly resultKey: string | null;
}

const text = `
  select t.client_id as "clientId", t.id, t.test_id as "testId", t.external_id as "externalId", t.expires_at as "expiresAt",
         t.used_at is not null as used, t.result_id as "resultKey", u.id is not null as attached
    from access_token t
    left join attachment a on a.client_id = t.client_id and a.result_id = t.result_id
    left join client_user u on u.client_id = a.client_id and u.id = a.user_id and u.external_id = t.external_id
   where t.hash = $1`;
const ofClient = statement<TokenRow>('access-token-of-client', `${text} and t.client_id = $2`);
// Tokens of the version before do not say whose they are.
const ofAnyClient = statement<TokenRow>('access-token-by-hash', text);

const use = statement<{ id: string }>('access-token-use', `
  update access_token set used_at = $3::timestamptz, result_id = $4
   where client_id = $1 and id = $2 and used_at is null and expires_at > $3
  returning id`);

const stillThere = statement<{ id: string }>('access-token-there', 'select id from access_token where client_id = $1 and id = $2');

/**
 * The token with this secret; null when it was never issued, or is gone since it expired or its user was erased. With `earlier` its
 * save is also looked for as the version before noted it: in the result.
 */
export async function findToken(sql: Sql, secret: string, earlier: boolean): Promise<StoredToken | null> {
  const clientId = clientOfToken(secret);
  const hash = hashSecret(secret);
  const [row] = await (clientId === null ? sql.run(ofAnyClient, [hash]) : sql.run(ofClient, [hash, clientId]));
  if (!row) return null;
  const { resultKey, ...token } = row;
  const found = resultKey === null ? token.used && earlier && await findSavedEarlier(sql, token.id) : await findSavedById(sql, resultKey);
  const saved = found && found.requestDigest ? { resultKey: found.id, requestDigest: found.requestDigest } : null;
  // An erasure that came between the two statements took both.
  if (token.used && !saved && !(await isThere(sql, token))) return null;
  return { ...token, saved };
}

/**
 * Uses the token and inserts the result, in the transaction of the caller: false when the token was used meanwhile, has expired or is
 * gone. Of two saves with one token the later waits for the first, finds the token used, and saves nothing.
 */
export async function insertByToken(
  sql: Sql, { clientId, id: tokenId }: StoredToken, result: Omit<NewResult, 'repeat'>, digest: Buffer,
): Promise<boolean> {
  const used = await sql.run(use, [clientId, tokenId, result.savedAt, result.id]);
  if (used.length === 0) return false;
  const [inserted] = await insertResults(sql, [{ ...result, repeat: { key: tokenId, digest } }]);
  if (!inserted) throw new Error('The result of an access token was there before.');
  return true;
}

/** Whether the token is still there: an erasure of its user takes it away. */
export async function isThere(sql: Sql, { clientId, id }: Pick<StoredToken, 'clientId' | 'id'>): Promise<boolean> {
  return (await sql.run(stillThere, [clientId, id])).length > 0;
}
