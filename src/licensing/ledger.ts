import { portions, type Sql, statement } from '../database/index.js';
import type { ClientStanding, ResultStanding, UserStanding } from './decision.js';
import type { LicenseUse } from './license-policy.js';
import { PaymentPolicy } from './payment-policy.js';

/** A registered user with the use of its license. */
export interface LedgerUser extends UserStanding {
  readonly externalId: string;
  readonly registeredAt: Date;
  readonly license: { readonly issuedAt: Date };
}

/** What was saved, and when. */
export interface SavedEdition {
  readonly testId: string;
  readonly revision: number;
  readonly savedAt: Date;
}

/** A saved result with what is noted beside the client when it is attached. */
export type LedgerResult = ResultStanding & SavedEdition;

/** All that the decisions about the requests of a client need to know. */
export interface Ledger {
  readonly client: ClientStanding;
  /** By result key; a key that is not here is unknown. A decision notes here whose a result is now. */
  readonly results: Map<string, LedgerResult>;
  /** By external id; one that is not here is not registered. */
  readonly users: ReadonlyMap<string, LedgerUser>;
}

/** Of whom and of what decisions have to know. */
export interface Wanted {
  readonly people: readonly { readonly clientId: string; readonly externalId: string }[];
  readonly resultKeys: readonly string[];
}

/**
 * What is read for decisions that will be written is locked until the end of the transaction; what somebody else has locked
 * is waited for, or left out.
 */
type Locking = 'no lock' | 'wait' | 'leave out';

interface ClientRow {
  id: string;
  status: string;
  paymentPolicy: PaymentPolicy;
  licenseLimit: number | null;
  overdraft: number;
  licensesIssued: number;
  maxTests: number | null;
  maxBonusTests: number | null;
  maxResultsPerTest: number | null;
}

interface ResultRow extends SavedEdition {
  id: string;
  bonus: boolean;
  clientId: string | null;
  userId: string | null;
}

interface UseRow {
  clientId: string;
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
  select id, status, payment_policy as "paymentPolicy", license_limit as "licenseLimit", overdraft,
         licenses_issued as "licensesIssued", max_tests as "maxTests", max_bonus_tests as "maxBonusTests",
         max_results_per_test as "maxResultsPerTest"
    from client
   where id = any($1::uuid[])`;
// The locks are those of `lockClient`, with the columns that are wanted next. Only one client is ever waited for.
const clientStatements = {
  'no lock': statement<ClientRow>('ledger-read-client', clientText),
  'wait': statement<ClientRow>('ledger-await-client', `${clientText} for no key update`),
  'leave out': statement<ClientRow>('ledger-lock-client', `${clientText} for no key update skip locked`),
} satisfies Record<Locking, unknown>;

// Ordered, so that batches of two clients that want the same results lock them in the same order. What was erased with
// its user is nobody's result any more.
const resultsText = `
  select r.id, r.test_id as "testId", r.revision_number as revision, r.saved_at as "savedAt", t.bonus, r.client_id as "clientId", r.user_id as "userId"
    from result r
    join test t on t.id = r.test_id
   where r.id = any($1::uuid[]) and r.calculation is not null
   order by r.id`;
const resultStatements = {
  'no lock': statement<ResultRow>('ledger-read-results', resultsText),
  'wait': statement<ResultRow>('ledger-await-results', `${resultsText} for no key update of r`),
  'leave out': statement<ResultRow>('ledger-lock-results', `${resultsText} for no key update of r skip locked`),
} satisfies Record<Locking, unknown>;

const readUsers = statement<UseRow>('ledger-read-users', `
  select u.client_id as "clientId", u.id as "userId", u.external_id as "externalId", u.registered_at as "registeredAt",
         l.issued_at as "issuedAt", a.test_id as "testId", t.bonus, count(a.result_id)::int as results
    from unnest($1::uuid[], $2::text[]) as person (client_id, external_id)
    join client_user u on u.client_id = person.client_id and u.external_id = person.external_id
    join license l on l.client_id = u.client_id and l.user_id = u.id
    left join attachment a on a.client_id = u.client_id and a.user_id = u.id
    left join test t on t.id = a.test_id
   group by u.client_id, u.id, l.issued_at, a.test_id, t.bonus`);

/** Clients as the policies see them, by id. Of those who are locked nobody else writes the licenses until the end of the transaction. */
export async function readStandings(sql: Sql, clientIds: readonly string[], locking: Locking): Promise<Map<string, ClientStanding>> {
  const rows = await sql.run(clientStatements[locking], [clientIds]);
  return new Map(rows.map((row) => [row.id, clientStanding(row)]));
}

/**
 * Loads what else the decisions need: users by client and external id. Locks the results; the rows of the clients are locked
 * before, so that the rest is read as the last batch left it.
 *
 * @param isSpread whether each result may lie on a machine of its own
 */
export async function loadLedger(
  sql: Sql, { people, resultKeys }: Wanted, locking: Locking, isSpread = false,
): Promise<{ readonly results: Map<string, LedgerResult>; readonly users: ReadonlyMap<string, ReadonlyMap<string, LedgerUser>> }> {
  const [results, uses] = await Promise.all([
    Promise.all(portions(resultKeys.toSorted(), isSpread).map((keys) => sql.run(resultStatements[locking], [keys]))),
    sql.run(readUsers, [people.map(({ clientId }) => clientId), people.map(({ externalId }) => externalId)]),
  ]);
  const byClient = Map.groupBy(uses, ({ clientId }) => clientId);
  return {
    results: new Map(results.flat().map((row) => [row.id, ledgerResult(row)])),
    users: new Map([...byClient].map(([clientId, rows]) => [clientId, usersOf(clientId, rows)])),
  };
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

function ledgerResult({ testId, revision, savedAt, bonus, clientId, userId }: ResultRow): LedgerResult {
  return { testId, revision, savedAt, bonus, owner: clientId !== null && userId !== null ? { clientId, userId } : null };
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
