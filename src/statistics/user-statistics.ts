import { type Sql, statement } from '../database/index.js';
import { type ResultHead, attachedHeadColumns } from '../results/index.js';

/** What a user has had of one test. All times are those of the attachments. */
export interface UserTestStatistics {
  readonly testId: string;
  /** Number of results. */
  readonly results: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** The result that was attached last. */
  readonly latest: ResultHead;
}

/** What a user has had. All times are those of the attachments; null without a result. */
export interface UserStatistics {
  readonly resultCount: number;
  readonly firstResultAt: Date | null;
  readonly lastResultAt: Date | null;
  /** The test of the latest result first. */
  readonly byTest: readonly UserTestStatistics[];
}

/** The latest result of a user and a test, with what is told of all of them. */
type Row = ResultHead & { readonly userId: string; readonly attachedAt: Date; readonly results: number; readonly firstAt: Date };

const byUserAndTest = statement<Row>('user-statistics', `
  select distinct on (a.user_id, a.test_id) ${attachedHeadColumns},
         count(*) over same::int as results, min(a.attached_at) over same as "firstAt"
    from attachment a
   where a.client_id = $1 and a.user_id = any($2::uuid[]) and not a.erased
  window same as (partition by a.user_id, a.test_id)
   order by a.user_id, a.test_id, a.attached_at desc, a.result_id desc`);

/** The statistics of each of some users of a client, by one statement. Erased results are none. */
export async function readUserStatistics(
  sql: Sql, clientId: string, userIds: readonly string[],
): Promise<Map<string, UserStatistics>> {
  const rows = Map.groupBy(await sql.run(byUserAndTest, [clientId, userIds]), ({ userId }) => userId);
  return new Map(userIds.map((userId) => [userId, statisticsOf(rows.get(userId) ?? [])]));
}

function statisticsOf(rows: readonly Row[]): UserStatistics {
  const byTest = rows.map(({ results, firstAt, ...latest }): UserTestStatistics =>
    ({ testId: latest.testId, results, firstAt, lastAt: latest.attachedAt, latest }));
  const newestFirst = byTest.sort((a, b) =>
    b.lastAt.getTime() - a.lastAt.getTime() || (a.latest.id < b.latest.id ? 1 : -1));
  const firsts = byTest.map(({ firstAt }) => firstAt.getTime());
  return {
    resultCount: byTest.reduce((sum, { results }) => sum + results, 0),
    firstResultAt: firsts.length === 0 ? null : new Date(Math.min(...firsts)),
    lastResultAt: newestFirst[0]?.lastAt ?? null,
    byTest: newestFirst,
  };
}
