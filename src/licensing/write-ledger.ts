import { type Call, portions, statement, type Transaction } from '../database/index.js';
import type { SavedEdition } from './ledger.js';
import type { PaymentPolicy } from './payment-policy.js';

/** What the decisions about the requests of a client change. */
export interface LedgerEntry {
  readonly clientId: string;
  /** Of the client, as it is noted in the licenses. */
  readonly paymentPolicy: PaymentPolicy;
  readonly newUsers: readonly { readonly userId: string; readonly externalId: string }[];
  readonly attachments: readonly (SavedEdition & { readonly resultKey: string; readonly userId: string })[];
}

const write = statement<unknown>('ledger-write', `
  with registered as materialized (
    select * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[]) as u (client_id, id, external_id, payment_policy)
  ), new_user as (
    insert into client_user (client_id, id, external_id, registered_at)
    select client_id, id, external_id, $1::timestamptz from registered
  ), new_license as (
    insert into license (client_id, user_id, issued_at, payment_policy)
    select client_id, id, $1::timestamptz, payment_policy from registered
  ), counter as (
    update client c set licenses_issued = c.licenses_issued + added.licenses
      from (select client_id, count(*)::int as licenses from registered group by client_id) as added
     where c.id = added.client_id
    returning c.id, c.time_zone, added.licenses
  ), usage as (
    insert into license_usage_day as d (client_id, day, issued)
    select id, ($1::timestamptz at time zone time_zone)::date, licenses from counter
    on conflict (client_id, day) do update set issued = d.issued + excluded.issued
  )
  insert into attachment (client_id, result_id, user_id, test_id, revision_number, saved_at, attached_at, erased)
  select client_id, result_id, user_id, test_id, revision, saved_at, $1, false
    from unnest($6::uuid[], $7::uuid[], $8::uuid[], $9::uuid[], $10::int[], $11::timestamptz[])
         as a (client_id, result_id, user_id, test_id, revision, saved_at)`);

// The locks let every attachment be made. Were one not, it would divide by zero: a mistake hands out no attachment that is none.
const give = statement<unknown>('results-give', `
  with given as (
    update result r set client_id = a.client_id, user_id = a.user_id, attached_at = $1::timestamptz
      from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as a (client_id, result_id, user_id)
     where r.id = a.result_id and r.user_id is null
    returning 1
  )
  select 1 / (count(*) = cardinality($3::uuid[]))::int as attached from given`);

/**
 * Writes what was decided at a time for some clients, and commits it: a statement for what is the clients', and one for the results or,
 * where they are spread over several machines, one for each.
 */
export async function writeLedger(sql: Transaction, at: Date, entries: readonly LedgerEntry[], isSpread = false): Promise<void> {
  const users = entries.flatMap(({ clientId, paymentPolicy, newUsers }) => newUsers.map((user) => ({ clientId, paymentPolicy, ...user })));
  const attachments = entries.flatMap(({ clientId, attachments: made }) => made.map((attachment) => ({ clientId, ...attachment })));
  if (users.length === 0 && attachments.length === 0) return;
  const ofClients: Call = [write, [
    at,
    users.map(({ clientId }) => clientId),
    users.map(({ userId }) => userId),
    users.map(({ externalId }) => externalId),
    users.map(({ paymentPolicy }) => paymentPolicy),
    ...ownersOf(attachments),
    attachments.map(({ testId }) => testId),
    attachments.map(({ revision }) => revision),
    attachments.map(({ savedAt }) => savedAt),
  ]];
  await sql.finish([ofClients, ...portions(attachments, isSpread).map((some): Call => [give, [at, ...ownersOf(some)]])]);
}

function ownersOf(attachments: readonly { clientId: string; resultKey: string; userId: string }[]): readonly (readonly string[])[] {
  return [attachments.map(({ clientId }) => clientId), attachments.map(({ resultKey }) => resultKey), attachments.map(({ userId }) => userId)];
}
