import { type Database, type Sql, statement } from '../../database/index.js';
import { lockClient } from '../../licensing/index.js';
import { AuditAction } from '../audit/audit-entry.js';
import { type Actor, recordAudit } from '../audit/record-audit.js';
import { findUserByExternalId, findUsersByKey, type RegisteredUser } from './find-user.js';

/** A user, by the client's own id of the person or by USER_KEY. */
export type Person = { readonly externalId: string } | { readonly key: string };

export type ErasureOutcome =
  | {
    readonly kind: 'ERASED';
    /** Null for a person who was never registered, but had access tokens. */
    readonly userKey: string | null;
    /** How many results were erased. */
    readonly results: number;
  }
  /** The client holds nothing of such a person, or the person was erased before. */
  | { readonly kind: 'USER_NOT_FOUND' };

// What was saved with a token of the person but not attached is the person's too; no count misses it, so it goes whole. The
// results are locked in the order of their keys, as attaches of other clients lock them.
const erase = statement<{ tokens: number; results: number }>('erasure-write', `
  with person as (
    update client_user set external_id = null, erased_at = $4 where client_id = $1 and id = $2
  ), token as (
    delete from access_token where client_id = $1 and external_id = $3 returning id
  ), noted as (
    update attachment set erased = true where client_id = $1 and user_id = $2 returning result_id
  ), held as (
    select id, client_id is not null as attached
      from result
     where id = any(array(select result_id from noted))
        or client_id is null and idempotency_key = any(array(select id from token))
     order by id for update
  ), emptied as (
    update result r set answers = null, calculation = null, idempotency_key = null, request_digest = null
      from held h where r.id = h.id and h.attached
  ), deleted as (
    delete from result r using held h where r.id = h.id and not h.attached
  )
  select (select count(*)::int from token) as tokens, (select count(*)::int from held) as results`);

/**
 * Erases a person: the external id, the answers and what was calculated from them, and the access tokens. What is left is
 * nobody's: a license that stays counted, and that there were results of these tests. The external id is free again. An
 * attach or a save with a token of the person comes wholly before or after.
 */
export function eraseUser(database: Database, clientId: string, person: Person, actor: Actor): Promise<ErasureOutcome> {
  return database.transaction(async (sql) => {
    await lockClient(sql, clientId);
    const user = await find(sql, clientId, person);
    const userKey = user?.id ?? null;
    const externalId = user?.externalId ?? ('externalId' in person ? person.externalId : null);
    if (externalId === null) return { kind: 'USER_NOT_FOUND' };
    const at = new Date();
    const [erased] = await sql.run(erase, [clientId, userKey, externalId, at]);
    const { tokens, results } = erased!;
    if (userKey === null && tokens === 0) return { kind: 'USER_NOT_FOUND' };
    const details = userKey === null ? { results } : { userKey, results };
    await recordAudit(sql, { clientId, at, actor, action: AuditAction.USER_ERASED, details });
    return { kind: 'ERASED', userKey, results };
  });
}

async function find(sql: Sql, clientId: string, person: Person): Promise<RegisteredUser | null> {
  if ('externalId' in person) return findUserByExternalId(sql, clientId, person.externalId);
  const [user] = await findUsersByKey(sql, [{ clientId, userId: person.key }]);
  return user ?? null;
}
