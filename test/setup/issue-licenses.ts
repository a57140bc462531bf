import { randomUUID } from 'node:crypto';
import type { FreshDatabase } from './fresh-database.js';

/** Users with licenses issued at any times, as a history that nothing has counted yet. */
export async function issueLicenses({ sql }: Pick<FreshDatabase, 'sql'>, clientId: string, times: readonly Date[]): Promise<void> {
  await sql(
    `with u as (
       insert into client_user (client_id, id, external_id, registered_at)
       select $1, id, id::text, at from unnest($2::uuid[], $3::timestamptz[]) as issue (id, at) returning *
     )
     insert into license (client_id, user_id, issued_at, payment_policy) select client_id, id, registered_at, 'POSTPAID' from u`,
    [clientId, times.map(() => randomUUID()), times],
  );
}

/** The days of the roll-up that differ from the licenses themselves; of one client, or of all with null. */
export async function miscounted({ sql }: Pick<FreshDatabase, 'sql'>, clientId: string | null = null): Promise<object[]> {
  return sql(
    `with counted as (
       select l.client_id, (l.issued_at at time zone c.time_zone)::date as day, count(*)::int as issued
         from license l join client c on c.id = l.client_id
        group by 1, 2
     )
     select client_id, day::text, d.issued, counted.issued as licenses
       from license_usage_day d full join counted using (client_id, day)
      where d.issued is distinct from counted.issued and client_id = coalesce($1, client_id)`,
    [clientId],
  );
}
