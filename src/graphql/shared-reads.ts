import { findInvoices, findInvoicesOfLicenses } from '../billing/index.js';
import { authenticate, findKeys, findUsersByKey, KeyOwners, listUsers, type UserFilter } from '../clients/index.js';
import type { Database, Sql } from '../database/index.js';
import { gathered } from '../kernel/gather.js';
import type { PageRequest } from '../kernel/page.js';
import { readLicenseUsage } from '../licensing/index.js';
import { countUserResults, listUserResults, readResults, type ResultFilter } from '../results/index.js';
import { readUserStatistics } from '../statistics/index.js';
import { perUser } from './per-user.js';

/** Reads that requests share, as far as they ask at the same time. */
export type SharedReads = ReturnType<typeof sharedReads>;

/** Which results of a user are asked for. */
export interface UserResults {
  readonly clientId: string;
  readonly filter: ResultFilter;
}

/** Which page of the users of a client is asked for. */
interface PageOfUsers {
  readonly clientId: string;
  readonly filter: UserFilter;
  readonly request: PageRequest;
}

const ofClient = ({ clientId }: { readonly clientId: string }): string => clientId;
const askedOfClient = ({ asked }: { readonly asked: { readonly clientId: string } }): string => asked.clientId;

/**
 * Makes the reads of a process: of what is found by a key alone for everybody together, of what belongs to a client for each
 * client by itself, so that nobody waits for the heavy questions of another.
 *
 * @param reading answers what lists and statistics ask
 * @param isSpread whether clients may lie on several machines: then each key is looked for where its client lies
 */
export function sharedReads(database: Database, reading: Sql, now: () => Date, isSpread: boolean) {
  const owners = isSpread ? new KeyOwners(database) : null;
  const signatures = gathered(async (keys: readonly string[]) => {
    if (!owners) return authenticate(database, keys, now());
    const owner = await owners.of(keys[0]!);
    if (owner === null) return keys.map(() => null);
    const found = await authenticate(database, keys, now(), owner);
    if (!found[0]) owners.forget(keys[0]!);
    return found;
  }, owners ? (key) => key : undefined);
  // Only who asks for the same page shares it.
  const pages = gathered(async (questions: readonly PageOfUsers[]) => {
    const { clientId, filter, request } = questions[0]!;
    const page = await listUsers(reading, clientId, filter, request);
    return questions.map(() => page);
  }, (question) => JSON.stringify(question));
  return {
    signature: async (key: string) => (await signatures([key]))[0] ?? null,
    results: gathered((keys: readonly string[]) => readResults(database, keys)),
    userPage: async (page: PageOfUsers) => (await pages([page]))[0]!,
    users: gathered((wanted: Parameters<typeof findUsersByKey>[1]) => findUsersByKey(reading, wanted), ofClient),
    licenseUsage: gathered((questions: Parameters<typeof readLicenseUsage>[1]) => readLicenseUsage(reading, questions), ofClient),
    clientKeys: gathered((wanted: Parameters<typeof findKeys>[1]) => findKeys(database, wanted), ofClient),
    invoices: gathered((wanted: Parameters<typeof findInvoices>[1]) => findInvoices(reading, wanted), ofClient),
    invoicesOfLicenses: gathered((wanted: Parameters<typeof findInvoicesOfLicenses>[1]) => findInvoicesOfLicenses(reading, wanted), ofClient),
    userResults: gathered(perUser(({ clientId, filter, request }: UserResults & { readonly request: PageRequest }, userIds) =>
      listUserResults(reading, clientId, userIds, filter, request)), askedOfClient),
    userResultCounts: gathered(perUser(({ clientId, filter }: UserResults, userIds) =>
      countUserResults(reading, clientId, userIds, filter)), askedOfClient),
    userStatistics: gathered(perUser(({ clientId }: { readonly clientId: string }, userIds) =>
      readUserStatistics(reading, clientId, userIds), ofClient), askedOfClient),
  };
}
