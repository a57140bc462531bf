import { type Sql, statement } from '../../database/index.js';

/** How long a used token is kept, in milliseconds: so long a repeat of its save is recognised, unless it expires before. */
export const USED_TOKEN_KEPT_MS = 3_600_000;

const deleteSpent = statement<{ deleted: number }>('tokens-delete-spent', `
  with spent as (
    select client_id, id from access_token where expires_at <= $1 or used_at <= $2 limit $3 for update skip locked
  ), deleted as (
    delete from access_token t using spent s where t.client_id = s.client_id and t.id = s.id returning 1
  )
  select count(*)::int as deleted from deleted`);

/** Deletes tokens that have expired, at once, and those that were used a while ago; gives how many. */
export async function deleteSpentTokens(sql: Sql, now: Date, limit: number): Promise<number> {
  const machines = await sql.run(deleteSpent, [now, new Date(now.getTime() - USED_TOKEN_KEPT_MS), limit]);
  return machines.reduce((sum, { deleted }) => sum + deleted, 0);
}
