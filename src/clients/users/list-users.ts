import { keysetList, PAGE_PARAMETERS, readPage, type Sql, statement } from '../../database/index.js';
import type { Page, PageRequest } from '../../kernel/page.js';
import { type RegisteredUser, registered, selectUsers, type UserRow } from './find-user.js';
import { userConditions, type UserFilter } from './user-filter.js';

/** A page of the users of a client, the newest registration first. */
export async function listUsers(
  sql: Sql, clientId: string, filter: UserFilter, request: PageRequest,
): Promise<Page<RegisteredUser>> {
  const { suffix, values, where } = userConditions(clientId, filter);
  const users = keysetList<UserRow>(`users${suffix}`, {
    select: selectUsers, where: where(PAGE_PARAMETERS + 1), time: 'u.registered_at', id: 'u.id',
  });
  const { items, more } = await readPage(sql, users, values, request);
  return { items: items.map(registered), more };
}

// One user, one license: the counter of the client knows how many there are.
const countAll = statement<{ count: number }>('count-users', `
  select licenses_issued - (
           select count(*) from client_user where client_id = c.id and erased_at is not null
         )::int as count
    from client c
   where id = $1`);

/** How many users of a client match the filter. */
export async function countUsers(sql: Sql, clientId: string, filter: UserFilter): Promise<number> {
  const { isOpen, suffix, values, where } = userConditions(clientId, filter);
  const counted = isOpen ? countAll : statement<{ count: number }>(`count-users${suffix}`, `
    select count(*)::int as count from client_user u where ${where(1)}`);
  const [row] = await sql.run(counted, values);
  return row!.count;
}
