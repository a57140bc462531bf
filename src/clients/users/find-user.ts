import { type Sql, statement } from '../../database/index.js';

/** A registered user with its license, as it is read. */
export interface RegisteredUser {
  readonly id: string;
  readonly clientId: string;
  readonly externalId: string;
  readonly registeredAt: Date;
  readonly license: { readonly issuedAt: Date };
}

type UserRow = Omit<RegisteredUser, 'license'> & { readonly issuedAt: Date };

const columns = `
  select u.id, u.client_id as "clientId", u.external_id as "externalId", u.registered_at as "registeredAt",
         l.issued_at as "issuedAt"
    from client_user u
    join license l on l.client_id = u.client_id and l.user_id = u.id`;

const byExternalId = statement<UserRow>('user-by-external-id', `${columns} where u.client_id = $1 and u.external_id = $2`);
const byKeys = statement<UserRow>('users-by-key', `${columns}
  join unnest($1::uuid[], $2::uuid[]) as wanted (client_id, id) on u.client_id = wanted.client_id and u.id = wanted.id
   where u.erased_at is null`);

/** The client's user with this external id; null when the client has registered none. */
export async function findUserByExternalId(sql: Sql, clientId: string, externalId: string): Promise<RegisteredUser | null> {
  const [row] = await sql.run(byExternalId, [clientId, externalId]);
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

function registered({ issuedAt, ...user }: UserRow): RegisteredUser {
  return { ...user, license: { issuedAt } };
}
