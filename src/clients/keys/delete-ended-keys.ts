import { type Database, type Deleted, deleteEach, statement } from '../../database/index.js';

/** How long a key is still listed after its end, in milliseconds: 90 days. The audit log keeps its story for good. */
export const ENDED_KEY_KEPT_MS = 90 * 86_400_000;

// A key that lives on has no end, and no time comes after null.
const find = statement<{ clientId: string; id: string }>('keys-ended', 'select client_id as "clientId", id from client_key where expires_at <= $1 limit $2');
const one = statement<{ id: string }>('key-delete-ended', `
  with held as materialized (select expires_at from client_key where client_id = $1 and id = $2 for update skip locked)
  delete from client_key k using held where k.client_id = $1 and k.id = $2 and held.expires_at <= $3 returning k.id`);

/** Deletes keys that ended long ago. */
export function deleteEndedKeys(database: Database, now: Date, limit: number): Promise<Deleted> {
  const endedUntil = new Date(now.getTime() - ENDED_KEY_KEPT_MS);
  return deleteEach(database, { find, values: [endedUntil], limit, one, keyOf: ({ clientId, id }) => [clientId, id, endedUntil] });
}
