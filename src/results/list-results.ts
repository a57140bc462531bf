import { keysetList, PAGE_PARAMETERS, pageValues, readPage, type Sql, statement } from '../database/index.js';
import { type Page, pageOfOneMore, type PageRequest } from '../kernel/page.js';
import type { ResultHead } from './read-results.js';
import { resultConditions, type ResultFilter } from './result-filter.js';

/** The columns of a `ResultHead`, of the table `attachment a`. */
export const attachedHeadColumns = `
         a.result_id as id, a.test_id as "testId", a.revision_number as "revisionNumber", a.saved_at as "savedAt",
         a.client_id as "clientId", a.user_id as "userId", a.attached_at as "attachedAt"`;

/** How lists of results are sorted: by when they were attached. */
const list = { select: `select ${attachedHeadColumns} from attachment a`, time: 'a.attached_at', id: 'a.result_id' };

/** An erased result has nothing left to show. */
const IS_KEPT = 'not a.erased';

/** A page of the results of a client's users, the newest attachment first. */
export async function listResults(
  sql: Sql, clientId: string, filter: ResultFilter, request: PageRequest,
): Promise<Page<ResultHead>> {
  const { suffix, values, where } = resultConditions(clientId, filter);
  const results = keysetList<ResultHead>(`results${suffix}`, { ...list, where: `${where(PAGE_PARAMETERS + 1)} and ${IS_KEPT}` });
  return readPage(sql, results, values, request);
}

/** How many results of a client's users match the filter: the erased ones are taken off, so that no heavy row is read. */
export async function countResults(sql: Sql, clientId: string, filter: ResultFilter): Promise<number> {
  const { suffix, values, where } = resultConditions(clientId, filter);
  const counted = statement<{ count: number }>(`count-results${suffix}`, `
    select (select count(*) from attachment a where ${where(1)})::int
         - (select count(*) from attachment a where ${where(1)} and a.erased)::int as count`);
  const [row] = await sql.run(counted, values);
  return row!.count;
}

/** The same page of the results of each of some users of a client, who are named once each, by one statement. */
export async function listUserResults(
  sql: Sql, clientId: string, userIds: readonly string[], filter: ResultFilter, request: PageRequest,
): Promise<Map<string, Page<ResultHead>>> {
  const { suffix, values, where } = resultConditions(clientId, filter);
  const ofOne = keysetList<ResultHead>(`user-results${suffix}`, {
    ...list, where: `${where(PAGE_PARAMETERS + 2)} and a.user_id = wanted.user_id and ${IS_KEPT}`,
  });
  const [{ name, text }, order] = request.backwards ? [ofOne.backwards, 'asc'] as const : [ofOne.forwards, 'desc'] as const;
  const ofAll = statement<ResultHead>(name, `
    select page.*
      from unnest($${PAGE_PARAMETERS + 1}::uuid[]) as wanted (user_id)
     cross join lateral (${text}) as page
     order by page."attachedAt" ${order}, page.id ${order}`);
  const rows = await sql.run(ofAll, [...pageValues(request), userIds, ...values]);
  const read = Map.groupBy(rows, ({ userId }) => userId);
  return new Map(userIds.map((userId) => [userId, pageOfOneMore(read.get(userId) ?? [], request)]));
}

/** How many results each of some users of a client has that match the filter. */
export async function countUserResults(
  sql: Sql, clientId: string, userIds: readonly string[], filter: ResultFilter,
): Promise<Map<string, number>> {
  const { suffix, values, where } = resultConditions(clientId, filter);
  const counted = statement<{ userId: string; count: number }>(`count-user-results${suffix}`, `
    select a.user_id as "userId", count(*)::int as count
      from attachment a
     where ${where(2)} and a.user_id = any($1::uuid[]) and ${IS_KEPT}
     group by a.user_id`);
  const rows = await sql.run(counted, [userIds, ...values]);
  const counts = new Map(rows.map(({ userId, count }) => [userId, count]));
  return new Map(userIds.map((userId) => [userId, counts.get(userId) ?? 0]));
}
