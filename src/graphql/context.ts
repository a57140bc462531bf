import DataLoader from 'dataloader';
import type { Catalogue } from '../catalogue/index.js';
import { authenticate, type Client, findUsersByKey, type RegisteredUser } from '../clients/index.js';
import type { Database } from '../database/index.js';
import type { LicensingService } from '../licensing/index.js';
import { readResults, type SavedResult, type SaveProgress } from '../results/index.js';
import { unauthenticated } from './errors.js';

/** What resolvers call; made once by the composition root. */
export interface Services {
  readonly database: Database;
  readonly catalogue: Catalogue;
  readonly licensing: LicensingService;
  readonly saveProgress: SaveProgress;
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
}

export function requestContext(
  { database }: Services,
  authorization: string | undefined,
  origin: string,
): RequestContext {
  return {
    origin,
    caller: new Caller(database, authorization),
    loaders: {
      result: new DataLoader((keys) => readResults(database, keys)),
      user: new DataLoader((wanted) => findUsersByKey(database, wanted), {
        cacheKeyFn: ({ clientId, userId }) => `${clientId}/${userId}`,
      }),
    },
  };
}

const BEARER = /^Bearer +(\S+)$/i;

/** Who sent the request. The key is looked up when a field first needs to know, so public fields cost nothing. */
export class Caller {
  private found: Promise<Client> | null = null;

  constructor(private readonly database: Database, private readonly authorization: string | undefined) {}

  /** The client whose key signed the request; UNAUTHENTICATED without a good key. */
  client(): Promise<Client> {
    this.found ??= this.lookUp();
    return this.found;
  }

  /** The id of that client, or null when the request was not signed; UNAUTHENTICATED when the key is not good. */
  async clientIdIfSigned(): Promise<string | null> {
    return this.authorization === undefined ? null : (await this.client()).id;
  }

  private async lookUp(): Promise<Client> {
    if (this.authorization === undefined) {
      throw unauthenticated('This needs a client key: send it in the header "Authorization: Bearer <CLIENT_KEY>".');
    }
    const key = BEARER.exec(this.authorization)?.[1];
    if (key === undefined) {
      throw unauthenticated('The Authorization header is malformed: it has to read "Bearer <CLIENT_KEY>".');
    }
    const client = await authenticate(this.database, key);
    if (!client) throw unauthenticated('The client key is unknown: check that it is complete and still valid.');
    return client;
  }
}
