import { type Sql, statement } from '../../database/index.js';

/** A registered user with its license, as it is read. */
export interface RegisteredUser {
  readonly id: string;
  readonly clientId: string;
  readonly externalId: string;
  readonly registeredAt: Date;
  readonly license: { readonly issuedAt: Date };
}

/** A `RegisteredUser` as a row. */
export type UserRow = Omit<RegisteredUser, 'license'> & { readonly issuedAt: Date };

/**
 * Reads a `UserRow`; conditions follow, which have to leave out the erased users, who have no external id any more. The
 * license is no join: it is looked up for the users of a page only, however many there are.
 */
export const selectUsers = `
  select u.id, u.client_id as "clientId", u.external_id as "externalId", u.registered_at as "registeredAt",
         (select l.issued_at from license l where l.client_id = u.client_id and l.user_id = u.id) as "issuedAt"
    from client_user u`;

const byExternalId = statement<UserRow>('user-by-external-id', `${selectUsers} where u.client_id = $1 and u.external_id = $2`);
const byKey = statement<UserRow>('user-by-key', `${selectUsers} where u.id = $1 and u.erased_at is null`);
const byKeys = statement<UserRow>('users-by-key', `${selectUsers}
  join unnest($1::uuid[], $2::uuid[]) as wanted (client_id, id) on u.client_id = wanted.client_id and u.id = wanted.id
   where u.erased_at is null`);

/** The client's user with this external id; null when the client has registered none. */
export async function findUserByExternalId(sql: Sql, clientId: string, externalId: string): Promise<RegisteredUser | null> {
  const [row] = await sql.run(byExternalId, [clientId, externalId]);
  return row ? registered(row) : null;
}

/** The user with this USER_KEY, a UUID, of whatever client; null for a key that nobody has, or whose user was erased. */
export async function findUserByKey(sql: Sql, userKey: string): Promise<RegisteredUser | null> {
  const [row] = await sql.run(byKey, [userKey]);
  return row ? registered(row) : null;
}

/** Users by client and USER_KEY, in the order asked for; null for one that the client does not have, or that was erased. */
export async function findUsersByKey(
  sql: Sql,
  wanted: readonly { readonly clientId: string; readonly userId: string }[],
): Promise<(RegisteredUser | null)[]> {
  const rows = await sql.run(byKeys, [wanted.map(({ clientId }) => clientId), wanted.map(({ userId }) => userId)]);
  const found = new Map(rows.map((row) => [`${row.clientId}/${row.id}`, registered(row)]));
  return wanted.map(({ clientId, userId }) => found.get(`${clientId}/${userId}`) ?? null);
}

/** The user that a row holds. */
export function registered({ issuedAt, ...user }: UserRow): RegisteredUser {
  return { ...user, license: { issuedAt } };
}
