import DataLoader from 'dataloader';
import {
  type Billing, findInvoices, findInvoicesOfLicenses, type InvoiceName, type IssuedInvoice, type LicenseName,
} from '../billing/index.js';
import type { Catalogue } from '../catalogue/index.js';
import {
  admitsOrigin, authenticate, type Client, findKeys, findUsersByKey, ForeignPage, type RegisteredUser, type Signature, type StoredKey,
} from '../clients/index.js';
import type { Database } from '../database/index.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { bearerOf, isAccessToken } from '../kernel/secrets.js';
import { currentFacts } from '../observability/index.js';
import { type LicenseUsage, type LicensingService, readLicenseUsage, type UsageQuestion } from '../licensing/index.js';
import type { Payer, RateLimits } from '../rate-limits/index.js';
import {
  countUserResults, listUserResults, readResults, type ResultFilter, type ResultHead, type SavedResult, type SaveProgress,
} from '../results/index.js';
import { readUserStatistics, type UserStatistics } from '../statistics/index.js';
import { isUnauthenticated, unauthenticated } from './errors.js';
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
  readonly rateLimits: RateLimits;
}

/** What belongs to one request. */
export interface RequestContext {
  readonly caller: Caller;
  /** Takes points of cost for the operation from the budget of whoever pays; RATE_LIMITED when fewer are left. */
  readonly charge: (points: number) => Promise<void>;
  /** Where this server is reached, such as `https://api.example.org`: links in answers begin with it. */
  readonly origin: string;
  readonly loaders: Loaders;
  /** What the operation costs; null while that is not known, and for what is not run. */
  cost: number | null;
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
  { database }: Services, { caller, charge, origin }: Pick<RequestContext, 'caller' | 'charge' | 'origin'>,
): RequestContext {
  return {
    caller,
    charge,
    origin,
    cost: null,
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

/** What tells who sent a request. */
export interface CallerParts {
  readonly database: Database;
  readonly now: () => Date;
  /** The header of that name. */
  readonly authorization: string | undefined;
  /** The web origin of the page that asks; undefined for a program. */
  readonly page: string | undefined;
  /** Origins whose pages may use the keys of every client. */
  readonly keyOrigins: readonly string[];
  /** Who pays for keys and tokens that are no good. */
  readonly failedKeys: Payer;
  /** Told when a key is refused to a page. */
  readonly onForeignPage: () => void;
}

/** Who sent the request. The key is looked up once. */
export class Caller {
  private found: Promise<Signature> | null = null;
  private failed = false;

  constructor(private readonly parts: CallerParts) {}

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
    return this.parts.authorization === undefined || this.accessToken !== null ? null : (await this.client()).id;
  }

  /**
   * Before anything is done: the id of the client that signed the request; null for anybody else, also with a key that is not
   * good, who may ask for what is public.
   *
   * @throws RateLimited when too many keys from this address were no good; ForeignPage for a page that may not use the key
   */
  async identify(): Promise<string | null> {
    if (this.accessToken !== null) await this.parts.failedKeys.check();
    try {
      return await this.clientIdIfSigned();
    } catch (error) {
      if (isUnauthenticated(error)) return null;
      throw error;
    }
  }

  /** Notes that the key or access token is unknown, so that guessing is slow; once a request, which has but one. */
  async noteFailure(): Promise<void> {
    if (this.failed) return;
    this.failed = true;
    await this.parts.failedKeys.note(1);
  }

  /** The access token that came instead of a key, good or not; null when none did. */
  get accessToken(): string | null {
    const secret = this.secret;
    return secret !== null && isAccessToken(secret) ? secret : null;
  }

  private get secret(): string | null {
    return bearerOf(this.parts.authorization);
  }

  private async lookUp(): Promise<Signature> {
    const { database, now, authorization, failedKeys, page, keyOrigins, onForeignPage } = this.parts;
    if (authorization === undefined) {
      throw unauthenticated('This needs a client key: send it in the header "Authorization: Bearer <CLIENT_KEY>".');
    }
    if (this.secret === null) {
      throw unauthenticated('The Authorization header is malformed: it has to read "Bearer <CLIENT_KEY>".');
    }
    if (this.accessToken !== null) {
      throw unauthenticated('An access token may only save a result: this needs a client key.');
    }
    await failedKeys.check();
    const signature = await authenticate(database, this.secret, now());
    if (!signature) {
      await this.noteFailure();
      throw unauthenticated('The client key is unknown: check that it is complete and still valid.');
    }
    const facts = currentFacts();
    if (facts) facts.client = signature.client.slug;
    if (page !== undefined && !admitsOrigin(signature.client, page, keyOrigins)) {
      onForeignPage();
      throw new ForeignPage();
    }
    return signature;
  }
}
