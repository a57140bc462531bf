import { type Sql, statement } from '../database/index.js';

// A result that an attach under way holds is left out; an attach that waits for this finds the result gone.
const deleteUnattached = statement<{ deleted: number }>('results-delete-unattached', `
  with deleted as (
    delete from result where id = any(array(
      select id from result where client_id is null and saved_at <= $1 order by saved_at limit $2 for update skip locked))
    returning 1
  )
  select count(*)::int as deleted from deleted`);

/** Deletes results that nobody has, answers and all, the oldest first, if saved until then; gives how many. */
export async function deleteUnattachedResults(sql: Sql, savedUntil: Date, limit: number): Promise<number> {
  const machines = await sql.run(deleteUnattached, [savedUntil, limit]);
  return machines.reduce((sum, { deleted }) => sum + deleted, 0);
}
