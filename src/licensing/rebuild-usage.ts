import { type Sql, statement } from '../database/index.js';
import { lockClient } from './client-lock.js';

const clear = statement<never>('license-usage-clear', 'delete from license_usage_day where client_id = $1');
const countAnew = statement<{ days: number }>('license-usage-count-anew', `
  with counted as (
    insert into license_usage_day (client_id, day, issued)
    select l.client_id, (l.issued_at at time zone c.time_zone)::date, count(*)
      from license l
      join client c on c.id = l.client_id
     where l.client_id = $1
     group by 1, 2
    returning 1
  )
  select count(*)::int as days from counted`);

/**
 * Makes the roll-up of a client anew from its licenses, and gives the number of its days. Within a transaction: nobody
 * sees it half made, and licenses issued meanwhile wait for its end.
 */
export async function rebuildUsage(sql: Sql, clientId: string): Promise<number> {
  await lockClient(sql, clientId);
  await sql.run(clear, [clientId]);
  const [made] = await sql.run(countAnew, [clientId]);
  return made?.days ?? 0;
}
