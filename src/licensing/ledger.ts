import { type Sql, type Statement, statement, type Transaction } from '../database/index.js';
import type { ClientStanding, ResultStanding, UserStanding } from './decision.js';
import type { LicenseUse } from './license-policy.js';
import { PaymentPolicy } from './payment-policy.js';

/** A registered user with the use of its license. */
export interface LedgerUser extends UserStanding {
  readonly externalId: string;
  readonly registeredAt: Date;
  readonly license: { readonly issuedAt: Date };
}

/** All that the decisions about a batch of requests need to know. */
export interface Ledger {
  readonly client: ClientStanding;
  /** By result key; a key that is not here is unknown. */
  readonly results: ReadonlyMap<string, ResultStanding>;
  /** By external id; one that is not here is not registered. */
  readonly users: ReadonlyMap<string, LedgerUser>;
}

/** What a batch of decisions changes. */
export interface LedgerEntry {
  readonly clientId: string;
  readonly at: Date;
  /** Of the client, as it is noted in the licenses. */
  readonly paymentPolicy: PaymentPolicy;
  readonly newUsers: readonly { readonly userId: string; readonly externalId: string }[];
  readonly attachments: readonly { readonly resultKey: string; readonly userId: string }[];
}

interface ClientRow {
  status: string;
  paymentPolicy: PaymentPolicy;
  licenseLimit: number | null;
  overdraft: number;
  licensesIssued: number;
  maxTests: number | null;
  maxBonusTests: number | null;
  maxResultsPerTest: number | null;
}

interface ResultRow {
  id: string;
  testId: string;
  bonus: boolean;
  clientId: string | null;
  userId: string | null;
}

interface UseRow {
  userId: string;
  externalId: string;
  registeredAt: Date;
  issuedAt: Date;
  /** Null in the one row of a user without results. */
  testId: string | null;
  bonus: boolean | null;
  results: number;
}

const clientText = `
  select status, payment_policy as "paymentPolicy", license_limit as "licenseLimit", overdraft,
         licenses_issued as "licensesIssued", max_tests as "maxTests", max_bonus_tests as "maxBonusTests",
         max_results_per_test as "maxResultsPerTest"
    from client
   where id = $1`;
const readClient = statement<ClientRow>('ledger-read-client', clientText);
// The lock of `lockClient`, with the columns that are wanted next.
const lockClient = statement<ClientRow>('ledger-lock-client', `${clientText} for no key update`);

// Ordered, so that batches of two clients that want the same results lock them in the same order. What was erased with
// its user is nobody's result any more.
const resultsText = `
  select r.id, r.test_id as "testId", t.bonus, r.client_id as "clientId", r.user_id as "userId"
    from result r
    join test t on t.id = r.test_id
   where r.id = any($1::uuid[]) and r.calculation is not null
   order by r.id`;
const readResults = statement<ResultRow>('ledger-read-results', resultsText);
const lockResults = statement<ResultRow>('ledger-lock-results', `${resultsText} for no key update of r`);

const readUsers = statement<UseRow>('ledger-read-users', `
  select u.id as "userId", u.external_id as "externalId", u.registered_at as "registeredAt",
         l.issued_at as "issuedAt", r.test_id as "testId", t.bonus, count(r.id)::int as results
    from client_user u
    join license l on l.client_id = u.client_id and l.user_id = u.id
    left join result r on r.client_id = u.client_id and r.user_id = u.id
    left join test t on t.id = r.test_id
   where u.client_id = $1 and u.external_id = any($2::text[])
   group by u.client_id, u.id, l.issued_at, r.test_id, t.bonus`);

// The locks let every attachment be made. Were one not, it would divide by zero: a mistake hands out no attachment that is none.
const write = statement<unknown>('ledger-write', `
  with new_user as (
    insert into client_user (client_id, id, external_id, registered_at)
    select $1::uuid, u.id, u.external_id, $2::timestamptz
      from unnest($3::uuid[], $4::text[]) as u (id, external_id)
  ), new_license as (
    insert into license (client_id, user_id, issued_at, payment_policy)
    select $1::uuid, u.id, $2::timestamptz, $7::text from unnest($3::uuid[]) as u (id)
  ), counter as (
    update client set licenses_issued = licenses_issued + cardinality($3::uuid[])
     where id = $1::uuid and cardinality($3::uuid[]) > 0
    returning time_zone
  ), usage as (
    insert into license_usage_day as d (client_id, day, issued)
    select $1::uuid, ($2::timestamptz at time zone time_zone)::date, cardinality($3::uuid[]) from counter
    on conflict (client_id, day) do update set issued = d.issued + excluded.issued
  ), attached as (
    update result r set client_id = $1::uuid, user_id = a.user_id, attached_at = $2::timestamptz
      from unnest($5::uuid[], $6::uuid[]) as a (result_id, user_id)
     where r.id = a.result_id and r.user_id is null
    returning 1
  )
  select 1 / (count(*) = cardinality($5::uuid[]))::int as attached from attached`);

/** The client as the policies see it. With `lock` nobody else writes its licenses until the end of the transaction. */
export async function readStanding(sql: Sql, clientId: string, lock: boolean): Promise<ClientStanding> {
  const [client] = await sql.run(lock ? lockClient : readClient, [clientId]);
  if (!client) throw new Error(`Client ${clientId} is gone.`);
  return clientStanding(client);
}

/**
 * Loads what else the decisions need. For a decision that will be written, `lock` holds the results too; the client's
 * row is locked before, so that the rest is read as the last batch left it.
 */
export async function loadLedger(
  sql: Sql,
  clientId: string,
  wanted: { readonly externalIds: readonly string[]; readonly resultKeys: readonly string[] },
  lock: boolean,
): Promise<Omit<Ledger, 'client'>> {
  const [results, uses] = await Promise.all([
    some(sql, lock ? lockResults : readResults, wanted.resultKeys, [wanted.resultKeys]),
    sql.run(readUsers, [clientId, wanted.externalIds]),
  ]);
  return {
    results: new Map(results.map((row) => [row.id, resultStanding(row)])),
    users: usersOf(clientId, uses),
  };
}

/** Writes a batch of decisions in one statement, and commits it. */
export async function writeLedger(sql: Transaction, entry: LedgerEntry): Promise<void> {
  if (entry.newUsers.length === 0 && entry.attachments.length === 0) return;
  await sql.finish(write, [
    entry.clientId,
    entry.at,
    entry.newUsers.map(({ userId }) => userId),
    entry.newUsers.map(({ externalId }) => externalId),
    entry.attachments.map(({ resultKey }) => resultKey),
    entry.attachments.map(({ userId }) => userId),
    entry.paymentPolicy,
  ]);
}

async function some<Row>(
  sql: Sql,
  query: Statement<Row>,
  wanted: readonly unknown[],
  values: readonly unknown[],
): Promise<Row[]> {
  return wanted.length === 0 ? [] : sql.run(query, values);
}

function clientStanding(row: ClientRow): ClientStanding {
  const { maxTests, maxBonusTests, maxResultsPerTest } = row;
  return {
    active: row.status === 'ACTIVE',
    paymentPolicy: row.paymentPolicy,
    limit: row.licenseLimit,
    overdraft: row.overdraft,
    issued: row.licensesIssued,
    licensePolicy: { maxTests, maxBonusTests, maxResultsPerTest },
  };
}

function resultStanding({ testId, bonus, clientId, userId }: ResultRow): ResultStanding {
  return { testId, bonus, owner: clientId !== null && userId !== null ? { clientId, userId } : null };
}

function usersOf(clientId: string, rows: readonly UseRow[]): Map<string, LedgerUser> {
  const byExternalId = Map.groupBy(rows, ({ externalId }) => externalId);
  return new Map([...byExternalId].map(([externalId, uses]) => {
    const { userId: id, registeredAt, issuedAt } = uses[0]!;
    return [externalId, { id, clientId, externalId, registeredAt, license: { issuedAt }, use: useOf(uses) }];
  }));
}

function useOf(rows: readonly UseRow[]): LicenseUse {
  return new Map(rows.flatMap(({ testId, bonus, results }) =>
    (testId === null ? [] : [[testId, { testId, bonus: bonus === true, results }] as const])));
}
