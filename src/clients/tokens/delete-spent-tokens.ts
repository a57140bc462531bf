import { type Database, type Deleted, deleteEach, statement } from '../../database/index.js';

/** How long a used token is kept, in milliseconds: so long a repeat of its save is recognised, unless it expires before. */
export const USED_TOKEN_KEPT_MS = 3_600_000;

const find = statement<{ clientId: string; id: string }>('tokens-spent', `
  select client_id as "clientId", id from access_token where expires_at <= $1 or used_at <= $2 limit $3`);
const one = statement<{ id: string }>('token-delete-spent', `
  with held as materialized (select expires_at, used_at from access_token where client_id = $1 and id = $2 for update skip locked)
  delete from access_token t using held
   where t.client_id = $1 and t.id = $2 and (held.expires_at <= $3 or held.used_at <= $4) returning t.id`);

/** Deletes tokens that have expired, at once, and those that were used a while ago. */
export function deleteSpentTokens(database: Database, now: Date, limit: number): Promise<Deleted> {
  const times = [now, new Date(now.getTime() - USED_TOKEN_KEPT_MS)];
  return deleteEach(database, { find, values: times, limit, one, keyOf: ({ clientId, id }) => [clientId, id, ...times] });
}
