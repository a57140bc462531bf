-- The statement of attach-spread.sql, for which see there, with a sequence of its own: its rows of `bench_free` are all of
-- one client, whose row is what everybody waits for.
--
--   create sequence bench_free_hot start <the first of these rows>;
with free as materialized (
  select result_id, client_id, external_id from bench_free where n = (select nextval('bench_free_hot'))
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
  returning p.*
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
