import { misnoted } from '../../setup/attachments.js';
import type { Holdings } from './specification.js';

/** Runs SQL beside the server. */
export type Sql = <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

/** What the database holds of a client. */
export async function storedHoldings(sql: Sql, slug: string): Promise<Holdings> {
  const [client] = await sql<{ id: string; limit: number | null; issued: number }>(
    'select id, license_limit as "limit", licenses_issued as issued from client where slug = $1', [slug]);
  const { id, limit, issued } = client!;
  const users = await sql<{ userId: string; results: string[] }>(`
    select u.external_id as "userId", array_remove(array_agg(r.id), null) as results
      from client_user u left join result r on r.client_id = u.client_id and r.user_id = u.id
     where u.client_id = $1 group by 1`, [id]);
  const invoices = await sql<{ key: string; number: string; licenses: number; paid: boolean }>(`
    select idempotency_key as key, year || '-' || lpad(sequence::text, 6, '0') as number, licenses, status = 'PAID' as paid
      from invoice where client_id = $1`, [id]);
  return {
    limit, issued,
    users: new Map(users.map(({ userId, results }) => [userId, new Set(results)])),
    owners: new Map(users.flatMap(({ userId, results }) => results.map((result) => [result, userId] as const))),
    orders: new Map(invoices.map(({ key, number, licenses }) => [key, { number, licenses }])),
    paid: new Set(invoices.filter(({ paid }) => paid).map(({ number }) => number)),
  };
}

/** What is wrong by itself in what the database holds, whatever was asked for; nothing is when it is well. */
export async function inconsistencies(sql: Sql): Promise<string[]> {
  const rows = await sql<{ slug: string; what: string }>(`
    with counted as (
      select c.slug, c.licenses_issued as issued, c.license_limit + c.overdraft as most, c.max_results_per_test as most_results,
             (select count(*) from license l where l.client_id = c.id) as licenses,
             (select count(*) from client_user u where u.client_id = c.id) as users,
             (select coalesce(sum(d.issued), 0) from license_usage_day d where d.client_id = c.id) as rolled_up,
             (select max(n) from (select count(*) as n from result r where r.client_id = c.id group by r.user_id, r.test_id) t) as results
        from client c
    )
    select slug, unnest(array_remove(array[
      case when issued <> licenses then format('the counter says %s, and there are %s licenses', issued, licenses) end,
      case when issued <> users then format('the counter says %s, and there are %s users', issued, users) end,
      case when issued <> rolled_up then format('the counter says %s, and the days %s', issued, rolled_up) end,
      case when issued > most then format('%s licenses, and the limit is %s', issued, most) end,
      case when results > most_results then format('a user with %s results, and the policy admits %s', results, most_results) end
    ], null)) as what from counted`);
  const gaps = await sql<{ what: string }>(`
    select format('%s invoices of %s, and the last one has the number %s', count(*), year, max(sequence)) as what
      from invoice group by year having count(*) <> max(sequence)`);
  const apart = await misnoted({ sql });
  return [...rows.map(({ slug, what }) => `${slug}: ${what}`), ...gaps.map(({ what }) => what), ...apart.map(({ resultKey }) => `the result ${resultKey} is noted otherwise`)];
}
