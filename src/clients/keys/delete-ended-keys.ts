import { type Sql, statement } from '../../database/index.js';

/** How long a key is still listed after its end, in milliseconds: 90 days. The audit log keeps its story for good. */
export const ENDED_KEY_KEPT_MS = 90 * 86_400_000;

// A key that lives on has no end, and no time comes after null.
const deleteEnded = statement<{ deleted: number }>('keys-delete-ended', `
  with ended as (
    select client_id, id from client_key where expires_at <= $1 limit $2 for update skip locked
  ), deleted as (
    delete from client_key k using ended e where k.client_id = e.client_id and k.id = e.id returning 1
  )
  select count(*)::int as deleted from deleted`);

/** Deletes keys that ended long ago; gives how many. */
export async function deleteEndedKeys(sql: Sql, now: Date, limit: number): Promise<number> {
  const machines = await sql.run(deleteEnded, [new Date(now.getTime() - ENDED_KEY_KEPT_MS), limit]);
  return machines.reduce((sum, { deleted }) => sum + deleted, 0);
}
