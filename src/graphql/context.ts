import DataLoader from 'dataloader';
import type { Billing, InvoiceName, IssuedInvoice, LicenseName } from '../billing/index.js';
import type { Catalogue } from '../catalogue/index.js';
import type { RegisteredUser, StoredKey } from '../clients/index.js';
import type { Database, Sql } from '../database/index.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { LicenseUsage, LicensingService, UsageQuestion } from '../licensing/index.js';
import type { RateLimits } from '../rate-limits/index.js';
import type { ResultHead, SavedResult, SaveProgress } from '../results/index.js';
import type { UserStatistics } from '../statistics/index.js';
import type { Caller } from './caller.js';
import type { AboutUser } from './per-user.js';
import type { PublicAnswer } from './public-operation.js';
import type { SharedReads, UserResults } from './shared-reads.js';

/** What resolvers call; made once by the composition root. */
export interface Services {
  readonly database: Database;
  /** Answers lists, counts and statistics: the database, or replicas of it as if they were. */
  readonly reading: Sql;
  /** What requests read together. */
  readonly reads: SharedReads;
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
  /** Takes points for what the run of the operation took beside its cost; who has fewer left has nothing then. */
  readonly chargeMore: (points: number) => Promise<void>;
  /** Told of an answer that is the same for everybody. */
  readonly onPublicAnswer: (answer: PublicAnswer) => void;
  /** Where this server is reached, such as `https://api.example.org`: links in answers begin with it. */
  readonly origin: string;
  readonly loaders: Loaders;
  /** What the operation costs; null while that is not known, and for what is not run. */
  cost: number | null;
  /** Whether its document had to be read and checked, which the server remembers for a while. */
  isNewDocument: boolean;
}

/** Batches the look-ups of one request and keeps what they found for it; requests that ask at the same time read together. */
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

/** What a mutation of the same request changes is read anew. */
const unkept = { cache: false };

/** Makes the context of a request, whose cost is not known yet and whose loaders have read nothing. */
export function requestContext(
  { reads }: Services, ofRequest: Pick<RequestContext, 'caller' | 'charge' | 'chargeMore' | 'onPublicAnswer' | 'origin'>,
): RequestContext {
  return {
    ...ofRequest,
    cost: null,
    isNewDocument: false,
    loaders: {
      result: new DataLoader(reads.results),
      user: new DataLoader(reads.users, { cacheKeyFn: ({ clientId, userId }) => `${clientId}/${userId}` }),
      licenseUsage: new DataLoader(reads.licenseUsage),
      clientKey: new DataLoader(reads.clientKeys, { cacheKeyFn: ({ clientId, keyId }) => `${clientId}/${keyId}` }),
      invoice: new DataLoader(reads.invoices, { cacheKeyFn: ({ clientId, invoiceId }) => `${clientId}/${invoiceId}` }),
      invoiceOfLicense: new DataLoader(reads.invoicesOfLicenses, { cacheKeyFn: ({ clientId, userId }) => `${clientId}/${userId}` }),
      userResults: new DataLoader(reads.userResults, unkept),
      userResultCount: new DataLoader(reads.userResultCounts, unkept),
      userStatistics: new DataLoader(reads.userStatistics, unkept),
    },
  };
}
