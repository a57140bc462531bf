import type { EntityManager } from '@mikro-orm/postgresql';

// The lock that all writers of a client's licenses take first.
const lockClient = 'select 1 from client where id = ? for no key update';
const clear = 'delete from license_usage_day where client_id = ?';
const count = `
  insert into license_usage_day (client_id, day, issued)
  select l.client_id, (l.issued_at at time zone c.time_zone)::date, count(*)
    from license l
    join client c on c.id = l.client_id
   where l.client_id = ?
   group by 1, 2`;

/**
 * Makes the roll-up of a client anew from its licenses, and gives the number of its days. Within a transaction: nobody
 * sees it half made, and licenses issued meanwhile wait for its end.
 */
export async function rebuildUsage(em: EntityManager, clientId: string): Promise<number> {
  await em.execute(lockClient, [clientId]);
  await em.execute(clear, [clientId]);
  const { affectedRows } = await em.execute<{ affectedRows: number }>(count, [clientId], 'run');
  return affectedRows;
}
