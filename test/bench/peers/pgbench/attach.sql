-- What an attach does, as the best single statement that we know: it registers a new user with a license, counts it for the
-- client and for the day, and gives the result to the user. Of one client or of many, as they stand in `bench_free`:
--
--   create table bench_free (n bigint primary key, result_id uuid, client_id uuid, external_id text);
--   create sequence bench_free_next;
--
-- Each run takes the row of the next number: the numbers have to last, because without a row nothing is done.
--
-- It checks what the table does not: the client is active, the result exists, was not erased and is nobody's. The rest is
-- left to constraints, which undo the whole statement: the limit (client_limit_holds), and a user who was registered
-- meanwhile. The license policy is not asked; nothing can be slower for that.
-- The row of the client, for which all attaches of a client wait, is locked as late as can be: everything else is done
-- before, and only the count of the day after it.
with free as materialized (
  select result_id, client_id, external_id from bench_free where n = (select nextval('bench_free_next'))
), person as materialized (
  select f.result_id, f.client_id, f.external_id, coalesce(u.id, uuidv7()) as user_id, u.id is null as is_new,
         c.payment_policy, c.license_limit, c.licenses_issued
    from free f
    join client c on c.id = f.client_id and c.status = 'ACTIVE'
    left join client_user u on u.client_id = f.client_id and u.external_id = f.external_id
), attached as (
  update result r set client_id = p.client_id, user_id = p.user_id, attached_at = now()
    from person p
   where r.id = p.result_id and r.user_id is null and r.calculation is not null
  returning p.*, r.test_id, r.revision_number, r.saved_at, r.attached_at
), noted as (
  insert into attachment (client_id, result_id, user_id, test_id, revision_number, saved_at, attached_at, erased)
  select client_id, result_id, user_id, test_id, revision_number, saved_at, attached_at, false from attached
), new_user as (
  insert into client_user (client_id, id, external_id, registered_at)
  select client_id, user_id, external_id, now() from attached where is_new
  returning client_id, id
), new_license as (
  insert into license (client_id, user_id, issued_at, payment_policy)
  select u.client_id, u.id, now(), a.payment_policy from new_user u cross join attached a
  returning client_id
), counter as (
  update client c set licenses_issued = c.licenses_issued + 1
    from new_license l
   where c.id = l.client_id
  returning c.id, c.time_zone, c.licenses_issued
), usage as (
  insert into license_usage_day as d (client_id, day, issued)
  select id, (now() at time zone time_zone)::date, 1 from counter
  on conflict (client_id, day) do update set issued = d.issued + 1
)
select a.user_id, coalesce(c.licenses_issued, a.licenses_issued) as issued,
       a.license_limit - coalesce(c.licenses_issued, a.licenses_issued) as remaining
  from attached a
  left join counter c on c.id = a.client_id;
