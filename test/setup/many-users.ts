import type { TestServer } from './test-server.js';

/** How much a client gets. */
export interface Amount {
  readonly users: number;
  readonly resultsEach: number;
}

/**
 * Gives a client many users with results of the free and the paid test in turn, by SQL. They were registered one a minute,
 * the last of them, `person-1`, an hour ago; each has its results attached a minute after another.
 */
export async function addManyUsers(server: TestServer, clientId: string, { users, resultsEach }: Amount): Promise<void> {
  const templates = [await server.save('free'), await server.save('paid')];
  await server.sql(`
    with person as (
      insert into client_user (client_id, id, external_id, registered_at)
      select $1, gen_random_uuid(), 'person-' || n, date_trunc('minute', now()) - interval '1 hour' - n * interval '1 minute'
        from generate_series(1, $2::int) as n
      returning *
    ), license as (
      insert into license (client_id, user_id, issued_at, payment_policy) select client_id, id, registered_at, 'POSTPAID' from person
    ), counter as (
      update client set licenses_issued = licenses_issued + $2::int where id = $1
    ), attached as (
      insert into result (id, test_id, revision_number, answers, calculation, saved_at, client_id, user_id, attached_at)
      select gen_random_uuid(), r.test_id, r.revision_number, r.answers, r.calculation,
             p.registered_at, p.client_id, p.id, p.registered_at + n * interval '1 minute'
        from person p
       cross join generate_series(1, $3::int) as n
        join result r on r.id = ($4::uuid[])[1 + n % 2]
      returning *
    )
    insert into attachment (client_id, result_id, user_id, test_id, revision_number, saved_at, attached_at, erased)
    select client_id, id, user_id, test_id, revision_number, saved_at, attached_at, false from attached
    on conflict do nothing`, [clientId, users, resultsEach, templates]);
}
