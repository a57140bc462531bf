import DataLoader from 'dataloader';
import {
  type Billing, findInvoices, findInvoicesOfLicenses, type InvoiceName, type IssuedInvoice, type LicenseName,
} from '../billing/index.js';
import type { Catalogue } from '../catalogue/index.js';
import {
  authenticate, type Client, findKeys, findUsersByKey, type RegisteredUser, type Signature, type StoredKey,
} from '../clients/index.js';
import type { Database } from '../database/index.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { bearerOf, isAccessToken } from '../kernel/secrets.js';
import { type LicenseUsage, type LicensingService, readLicenseUsage, type UsageQuestion } from '../licensing/index.js';
import {
  countUserResults, listUserResults, readResults, type ResultFilter, type ResultHead, type SavedResult, type SaveProgress,
} from '../results/index.js';
import { readUserStatistics, type UserStatistics } from '../statistics/index.js';
import { unauthenticated } from './errors.js';
import { type AboutUser, perUser } from './per-user.js';

/** What resolvers call; made once by the composition root. */
export interface Services {
  readonly database: Database;
  readonly catalogue: Catalogue;
  readonly licensing: LicensingService;
  readonly saveProgress: SaveProgress;
  /** The time, in whole milliseconds. */
  readonly now: () => Date;
  readonly billing: Billing;
}

/** What belongs to one request. */
export interface RequestContext {
  readonly caller: Caller;
  /** Where this server is reached, such as `https://api.example.org`: links in answers begin with it. */
  readonly origin: string;
  readonly loaders: Loaders;
}

/** Batches the look-ups of one request; foreign keys never cross requests, so neither do cached rows. */
export interface Loaders {
  readonly result: DataLoader<string, SavedResult | null>;
  readonly user: DataLoader<{ readonly clientId: string; readonly userId: string }, RegisteredUser | null, string>;
  /** Each question is asked once; an equal one is another, because licenses may have been issued in between. */
  readonly licenseUsage: DataLoader<UsageQuestion, LicenseUsage>;
  readonly clientKey: DataLoader<{ readonly clientId: string; readonly keyId: string }, StoredKey | null, string>;
  readonly invoice: DataLoader<InvoiceName, IssuedInvoice | null, string>;
  readonly invoiceOfLicense: DataLoader<LicenseName, IssuedInvoice | null, string>;
  readonly userResults: DataLoader<AboutUser<UserResults & { readonly request: PageRequest }>, Page<ResultHead>>;
  readonly userResultCount: DataLoader<AboutUser<UserResults>, number>;
  readonly userStatistics: DataLoader<AboutUser<{ readonly clientId: string }>, UserStatistics>;
}

/** Which results of a user are asked for. */
interface UserResults {
  readonly clientId: string;
  readonly filter: ResultFilter;
}

/** What a mutation of the same request changes is read anew. */
const unkept = { cache: false };

export function requestContext(
  { database, now }: Services,
  authorization: string | undefined,
  origin: string,
): RequestContext {
  return {
    origin,
    caller: new Caller(database, authorization, now),
    loaders: {
      result: new DataLoader((keys) => readResults(database, keys)),
      user: new DataLoader((wanted) => findUsersByKey(database, wanted), {
        cacheKeyFn: ({ clientId, userId }) => `${clientId}/${userId}`,
      }),
      licenseUsage: new DataLoader((questions) => readLicenseUsage(database, questions)),
      clientKey: new DataLoader((wanted) => findKeys(database, wanted), {
        cacheKeyFn: ({ clientId, keyId }) => `${clientId}/${keyId}`,
      }),
      invoice: new DataLoader((wanted) => findInvoices(database, wanted), {
        cacheKeyFn: ({ clientId, invoiceId }) => `${clientId}/${invoiceId}`,
      }),
      invoiceOfLicense: new DataLoader((wanted) => findInvoicesOfLicenses(database, wanted), {
        cacheKeyFn: ({ clientId, userId }) => `${clientId}/${userId}`,
      }),
      userResults: new DataLoader(perUser(({ clientId, filter, request }, userIds) =>
        listUserResults(database, clientId, userIds, filter, request)), unkept),
      userResultCount: new DataLoader(perUser(({ clientId, filter }, userIds) =>
        countUserResults(database, clientId, userIds, filter)), unkept),
      userStatistics: new DataLoader(perUser(({ clientId }, userIds) => readUserStatistics(database, clientId, userIds)), unkept),
    },
  };
}

/** Who sent the request. The key is looked up when a field first needs to know, so public fields cost nothing. */
export class Caller {
  private found: Promise<Signature> | null = null;

  constructor(
    private readonly database: Database,
    private readonly authorization: string | undefined,
    private readonly now: () => Date,
  ) {}

  /** The client whose key signed the request; UNAUTHENTICATED without a good key. */
  async client(): Promise<Client> {
    return (await this.signature()).client;
  }

  /** That client with the key; UNAUTHENTICATED without a good key. */
  signature(): Promise<Signature> {
    this.found ??= this.lookUp();
    return this.found;
  }

  /** The id of that client; null when the request was not signed by a key; UNAUTHENTICATED when the key is not good. */
  async clientIdIfSigned(): Promise<string | null> {
    return this.authorization === undefined || this.accessToken !== null ? null : (await this.client()).id;
  }

  /** The access token that came instead of a key, good or not; null when none did. */
  get accessToken(): string | null {
    const secret = this.secret;
    return secret !== null && isAccessToken(secret) ? secret : null;
  }

  private get secret(): string | null {
    return bearerOf(this.authorization);
  }

  private async lookUp(): Promise<Signature> {
    if (this.authorization === undefined) {
      throw unauthenticated('This needs a client key: send it in the header "Authorization: Bearer <CLIENT_KEY>".');
    }
    if (this.secret === null) {
      throw unauthenticated('The Authorization header is malformed: it has to read "Bearer <CLIENT_KEY>".');
    }
    if (this.accessToken !== null) {
      throw unauthenticated('An access token may only save a result: this needs a client key.');
    }
    const signature = await authenticate(this.database, this.secret, this.now());
    if (!signature) throw unauthenticated('The client key is unknown: check that it is complete and still valid.');
    return signature;
  }
}
