import { type Sql, startOfDay, statement } from '../database/index.js';
import { dayIn, type Period, lastTwelveMonths } from '../kernel/period.js';

/** How much a test was used in a period. */
export interface TestUsage {
  readonly testId: string;
  /** Results that were attached. */
  readonly results: number;
  /** Distinct users to whom they were attached. */
  readonly users: number;
}

// Counted in two steps, because counting distinct users at once would have to sort all results.
const byTest = statement<TestUsage>('test-usage', `
  select test_id as "testId", sum(results)::int as results, count(*)::int as users
    from (
      select test_id, user_id, count(*) as results
        from attachment
       where client_id = $1
         and attached_at >= ${startOfDay('$2::date', '$4::text')}
         and attached_at < ${startOfDay('$3::date + 1', '$4::text')}
       group by test_id, user_id
    ) as by_user
   group by test_id
   order by results desc, test_id`);

/**
 * How much each test was used by a client's users, the most used first. Days are those of the client's time zone; without a
 * period twelve calendar months, the last of them until today. Erased results count: that there was one is all that is left of them.
 */
export async function readTestUsage(
  sql: Sql, client: { readonly id: string; readonly timeZone: string }, period: Period | null, now: Date,
): Promise<TestUsage[]> {
  const { from, to } = period ?? lastTwelveMonths(dayIn(client.timeZone, now));
  return sql.run(byTest, [client.id, from, to, client.timeZone]);
}
