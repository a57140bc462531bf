import { type Database, deleteEach, statement } from '../../database/index.js';

/** How long a key is still listed after its end, in milliseconds: 90 days. The audit log keeps its story for good. */
export const ENDED_KEY_KEPT_MS = 90 * 86_400_000;

// A key that lives on has no end, and no time comes after null.
const find = statement<{ clientId: string; id: string }>('keys-ended', 'select client_id as "clientId", id from client_key where expires_at <= $1 limit $2');
const one = statement<{ id: string }>('key-delete-ended', `
  with free as (select id from client_key where client_id = $1 and id = $2 and expires_at <= $3 for update skip locked)
  delete from client_key k using free where k.client_id = $1 and k.id = free.id returning k.id`);

/** Deletes keys that ended long ago; gives how many. */
export function deleteEndedKeys(database: Database, now: Date, limit: number): Promise<number> {
  const endedUntil = new Date(now.getTime() - ENDED_KEY_KEPT_MS);
  return deleteEach(database, { find, values: [endedUntil, limit], one, keyOf: ({ clientId, id }) => [clientId, id, endedUntil] });
}
