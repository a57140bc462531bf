import type { Database, Sql } from '../database/index.js';
import { LedgerDraft, type LicensingOutcome, type LicensingRequest } from './draft.js';
import { type Ledger, loadLedger, readStandings, type Wanted } from './ledger.js';
import { writeLedger } from './write-ledger.js';

/** Requests of one client, in the order in which they arrived. */
export interface ClientRequests {
  readonly clientId: string;
  readonly requests: readonly LicensingRequest[];
}

/** What was decided on each request of a client; null for one that came to nothing before it was decided. */
export type Outcomes = readonly (LicensingOutcome | null)[];

/**
 * Decides the requests of a client and writes what that changes, in one transaction that waits for whoever has locked anything of it.
 *
 * @param isSpread whether each result may lie on a machine of its own
 */
export function grant(database: Database, now: () => Date, { clientId, requests }: ClientRequests, isSpread: boolean): Promise<Outcomes> {
  return database.transaction(async (sql) => {
    // Sent together and done one after another: what is read is as the last batch of the client left it.
    const locked = readStandings(sql, [clientId], 'wait');
    const [clients, { ready, ...rest }] = await Promise.all([locked, readied(sql, clientId, requests, locked, isSpread)]);
    const at = now();
    const draft = new LedgerDraft(clientId, ledgerOf(clientId, clients, rest), at);
    const outcomes = requests.map((request) => (ready.has(request) ? draft.decide(request) : null));
    const refused = requests.filter((request, index) => ready.has(request) && outcomes[index]?.decision.kind !== 'GRANTED');
    for (const { takeBack } of refused) await takeBack?.(sql);
    await writeLedger(sql, at, [draft.entry()], isSpread);
    return outcomes;
  });
}

/**
 * The same for several clients, whose requests bring nothing along, in one transaction that waits for nobody: of a client
 * of whom anything is locked, or who asks for a result that is not there, nothing is decided, and null is given.
 */
export function grantAtHand(database: Database, now: () => Date, groups: readonly ClientRequests[]): Promise<(Outcomes | null)[]> {
  return database.transaction(async (sql) => {
    const [clients, rest] = await Promise.all([
      readStandings(sql, groups.map(({ clientId }) => clientId), 'leave out'),
      loadLedger(sql, wantedBy(groups), 'leave out'),
    ]);
    const at = now();
    const isAtHand = ({ clientId, requests }: ClientRequests): boolean =>
      clients.has(clientId) && requests.every(({ resultKey }) => resultKey === null || rest.results.has(resultKey));
    const decided = groups.map((group) => {
      if (!isAtHand(group)) return null;
      const draft = new LedgerDraft(group.clientId, ledgerOf(group.clientId, clients, rest), at);
      return { outcomes: group.requests.map((request) => draft.decide(request)), entry: draft.entry() };
    });
    await writeLedger(sql, at, decided.flatMap((one) => one?.entry ?? []));
    return decided.map((one) => one?.outcomes ?? null);
  });
}

/** What would be decided now on a request; changes nothing and waits for nobody. */
export function foresee(database: Database, now: () => Date, clientId: string, request: LicensingRequest): Promise<LicensingOutcome | null> {
  return database.snapshot(async (sql) => {
    const [clients, rest] = await Promise.all([
      readStandings(sql, [clientId], 'no lock'),
      loadLedger(sql, wantedBy([{ clientId, requests: [request] }]), 'no lock'),
    ]);
    return new LedgerDraft(clientId, ledgerOf(clientId, clients, rest), now()).decide(request);
  });
}

/**
 * Does what has to happen before each request is decided, and reads what those need that are to be decided.
 *
 * @param locked what has to be done before depends on the time, and so begins when the client is locked
 */
async function readied(
  sql: Sql, clientId: string, requests: readonly LicensingRequest[], locked: Promise<unknown>, isSpread: boolean,
): Promise<{ readonly ready: ReadonlySet<LicensingRequest> } & Awaited<ReturnType<typeof loadLedger>>> {
  const ready = new Set<LicensingRequest>();
  if (requests.some(({ before }) => before)) await locked;
  for (const request of requests) if (!request.before || (await request.before(sql))) ready.add(request);
  return { ready, ...await loadLedger(sql, wantedBy([{ clientId, requests: [...ready] }]), 'wait', isSpread) };
}

function ledgerOf(
  clientId: string,
  clients: Awaited<ReturnType<typeof readStandings>>,
  { results, users }: Awaited<ReturnType<typeof loadLedger>>,
): Ledger {
  const client = clients.get(clientId);
  if (!client) throw new Error(`Client ${clientId} is gone.`);
  return { client, results, users: users.get(clientId) ?? new Map() };
}

function wantedBy(groups: readonly ClientRequests[]): Wanted {
  const resultKeys = groups.flatMap(({ requests }) => requests.flatMap(({ resultKey }) => resultKey ?? []));
  return {
    people: groups.flatMap(({ clientId, requests }) =>
      [...new Set(requests.map(({ externalId }) => externalId))].map((externalId) => ({ clientId, externalId }))),
    resultKeys: [...new Set(resultKeys)],
  };
}
