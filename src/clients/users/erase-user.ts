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

interface Erased {
  /** The tokens of the person that were used by the version before, which noted them in their results. */
  readonly earlierTokens: readonly string[];
  /** How many tokens there were. */
  readonly tokens: number;
  /** RESULT_KEYs of what the tokens saved. */
  readonly saved: readonly string[];
  /** RESULT_KEYs of what the person had. */
  readonly attached: readonly string[];
}

const erase = statement<Erased>('erasure-write', `
  with person as (
    update client_user set external_id = null, erased_at = $4 where client_id = $1 and id = $2
  ), token as (
    delete from access_token where client_id = $1 and external_id = $3 returning id, used_at, result_id
  ), noted as (
    update attachment set erased = true where client_id = $1 and user_id = $2 returning result_id
  )
  select array(select id from token where used_at is not null and result_id is null) as "earlierTokens",
         (select count(*)::int from token) as tokens,
         array(select result_id from token where result_id is not null) as saved,
         array(select result_id from noted) as attached`);
const ofEarlierTokens = statement<{ id: string }>('results-of-earlier-tokens', 'select id from result where idempotency_key = any($1::uuid[])');
const empty = statement<{ id: string }>('erasure-empty-result', `
  update result set answers = null, calculation = null, idempotency_key = null, request_digest = null where id = $1 returning id`);
const deleteUnattached = statement<{ id: string }>('erasure-delete-result', `
  with held as materialized (select client_id from result where id = $1 for update)
  delete from result r using held where r.id = $1 and held.client_id is null returning r.id`);

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
    if (userKey === null && erased!.tokens === 0) return { kind: 'USER_NOT_FOUND' };
    const results = await eraseResults(sql, erased!);
    const details = userKey === null ? { results } : { userKey, results };
    await recordAudit(sql, { clientId, at, actor, action: AuditAction.USER_ERASED, details });
    return { kind: 'ERASED', userKey, results };
  });
}

/**
 * Erases results, and tells how many. What was saved with a token of the person but not attached is the person's too; no count misses
 * it, so it goes whole. They are locked in the order of their keys, as attaches of other clients lock them.
 */
async function eraseResults(sql: Sql, { earlierTokens, saved, attached }: Erased): Promise<number> {
  const savedEarlier = earlierTokens.length === 0 ? [] : await sql.run(ofEarlierTokens, [earlierTokens]);
  const had = new Set(attached);
  const keys = new Set([...attached, ...saved, ...savedEarlier.map(({ id }) => id)]);
  const erased = await Promise.all([...keys].sort().map((key) => sql.run(had.has(key) ? empty : deleteUnattached, [key])));
  return erased.flat().length;
}

async function find(sql: Sql, clientId: string, person: Person): Promise<RegisteredUser | null> {
  if ('externalId' in person) return findUserByExternalId(sql, clientId, person.externalId);
  const [user] = await findUsersByKey(sql, [{ clientId, userId: person.key }]);
  return user ?? null;
}
