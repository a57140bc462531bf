// The dashboard of `postgraphile-queries.mjs` by one hand-written statement: what any server would have to do at least.
import { serveStatement } from './sql-peer.mjs';

const dashboard = {
  name: 'dashboard',
  text: `
    select json_build_object('client', json_build_object(
             'licenseLimit', c.license_limit, 'licensesIssued', c.licenses_issued,
             'licenseUsage', usage.by_month, 'users', users.newest))::text as data
      from client c
     cross join lateral (
       select coalesce(json_agg(json_build_object('month', to_char(month, 'YYYY-MM'), 'issued', issued) order by month), '[]') as by_month
         from (
           select date_trunc('month', d.day::timestamp) as month, sum(d.issued)::int as issued
             from license_usage_day d
            where d.client_id = c.id
              and d.day between (date_trunc('month', now() at time zone c.time_zone) - interval '11 months')::date
                            and (now() at time zone c.time_zone)::date
            group by 1
         ) as months
     ) as usage
     cross join lateral (
       select coalesce(json_agg(json_build_object(
                'externalId', u.external_id, 'registeredAt', u.registered_at, 'results', latest.results,
                'resultCount', had.results, 'testsCompleted', had.tests) order by u.registered_at desc, u.id desc), '[]') as newest
         from (
           select id, external_id, registered_at
             from client_user
            where client_id = c.id and erased_at is null
            order by registered_at desc, id desc
            limit 20
         ) as u
        cross join lateral (
          select coalesce(json_agg(json_build_object(
                   'id', r.id, 'savedAt', r.saved_at, 'test', json_build_object('slug', t.slug))
                   order by r.attached_at desc, r.id desc), '[]') as results
            from (
              select result_id as id, saved_at, test_id, attached_at
                from attachment
               where client_id = c.id and user_id = u.id
               order by attached_at desc, result_id desc
               limit 20
            ) as r
            join test t on t.id = r.test_id
        ) as latest
        cross join lateral (
          select count(*) as results, count(distinct test_id) as tests from attachment where client_id = c.id and user_id = u.id
        ) as had
     ) as users
     where c.id = $1`,
};

serveStatement(dashboard, ({ clientId }) => [clientId], ({ data }) => data);
