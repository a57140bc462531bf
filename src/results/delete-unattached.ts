import { type Database, deleteEach, statement } from '../database/index.js';

const find = statement<{ id: string }>('results-unattached', `
  select id from result where client_id is null and saved_at <= $1 order by saved_at limit $2`);
// A result that an attach under way holds is left out; an attach that waits for this finds the result gone.
const one = statement<{ id: string }>('result-delete-unattached', `
  with free as (select id from result where id = $1 and client_id is null for update skip locked)
  delete from result r using free where r.id = $1 and r.id = free.id returning r.id`);

/** Deletes results that nobody has, answers and all, the oldest first, if saved until then; gives how many. */
export function deleteUnattachedResults(database: Database, savedUntil: Date, limit: number): Promise<number> {
  return deleteEach(database, { find, values: [savedUntil, limit], one, keyOf: ({ id }) => [id] });
}
