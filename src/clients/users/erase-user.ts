import { type Database, type Sql, statement } from '../../database/index.js';
import { AuditAction } from '../audit/audit-entry.js';
import { type Actor, recordAudit } from '../audit/record-audit.js';
import { findUserByExternalId, findUsersByKey, type RegisteredUser } from './find-user.js';

/** A user, by the client's own id of the person or by USER_KEY. */
export type Person = { readonly externalId: string } | { readonly key: string };

export type ErasureOutcome =
  | { readonly kind: 'ERASED'; readonly userKey: string; /** How many results were erased. */ readonly results: number }
  /** The client has no such user, or the user was erased before. */
  | { readonly kind: 'USER_NOT_FOUND' };

// The lock that all writers of the client's licenses take first: an attach under way comes wholly before or after.
const lockClient = statement<never>('erasure-lock-client', 'select from client where id = $1 for no key update');

// The results are locked in the order of their keys, as attaches of other clients lock them.
const erase = statement<{ results: number }>('erasure-write', `
  with person as (
    update client_user set external_id = null, erased_at = $4 where client_id = $1 and id = $2
  ), token as (
    delete from access_token where client_id = $1 and external_id = $3
  ), held as (
    select id from result where client_id = $1 and user_id = $2 order by id for no key update
  ), emptied as (
    update result r set answers = null, calculation = null, idempotency_key = null, request_digest = null
      from held h where r.id = h.id
    returning 1
  )
  select count(*)::int as results from emptied`);

/**
 * Erases a person: the external id, the answers and what was calculated from them, and the access tokens. What is left is
 * nobody's: a license that stays counted, and that there were results of these tests. The external id is free again.
 */
export function eraseUser(database: Database, clientId: string, person: Person, actor: Actor): Promise<ErasureOutcome> {
  return database.transaction(async (sql) => {
    await sql.run(lockClient, [clientId]);
    const user = await find(sql, clientId, person);
    if (!user) return { kind: 'USER_NOT_FOUND' };
    const { id: userKey, externalId } = user;
    const at = new Date();
    const [erased] = await sql.run(erase, [clientId, userKey, externalId, at]);
    const results = erased?.results ?? 0;
    await recordAudit(sql, { clientId, at, actor, action: AuditAction.USER_ERASED, details: { userKey, results } });
    return { kind: 'ERASED', userKey, results };
  });
}

async function find(sql: Sql, clientId: string, person: Person): Promise<RegisteredUser | null> {
  if ('externalId' in person) return findUserByExternalId(sql, clientId, person.externalId);
  const [user] = await findUsersByKey(sql, [{ clientId, userId: person.key }]);
  return user ?? null;
}
