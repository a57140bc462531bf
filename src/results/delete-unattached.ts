import { type Database, type Deleted, deleteEach, statement } from '../database/index.js';

const find = statement<{ id: string }>('results-unattached', `
  select id from result where client_id is null and saved_at <= $1 order by saved_at limit $2`);
// A result that an attach under way holds is left out; an attach that waits for this finds the result gone. Looked at by its key
// alone: a condition of the index of unattached results would let that one be read from end to end for each.
const one = statement<{ id: string }>('result-delete-unattached', `
  with held as materialized (select id, client_id from result where id = $1 for update skip locked)
  delete from result r using held where r.id = $1 and held.client_id is null returning r.id`);

/** Deletes results that nobody has, answers and all, the oldest first, if saved until then. */
export function deleteUnattachedResults(database: Database, savedUntil: Date, limit: number): Promise<Deleted> {
  return deleteEach(database, { find, values: [savedUntil], limit, one, keyOf: ({ id }) => [id] });
}
