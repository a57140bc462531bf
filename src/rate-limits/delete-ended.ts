import { type Deleted, type Sql, statement } from '../database/index.js';

const deleteEnded = statement<{ deleted: number }>('rate-limits-delete-ended', `
  with ended as (
    select key from rate_limit where expire <= $1 limit $2 for update skip locked
  ), deleted as (
    delete from rate_limit r using ended e where r.key = e.key returning 1
  )
  select count(*)::int as deleted from deleted`);

/** Deletes what was counted in windows that have ended. */
export async function deleteEndedWindows(sql: Sql, now: Date, limit: number): Promise<Deleted> {
  const [batch] = await sql.run(deleteEnded, [now.getTime(), limit]);
  const done = batch?.deleted ?? 0;
  return { done, more: done === limit };
}
