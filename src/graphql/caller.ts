import { admitsOrigin, type Client, ForeignPage, type Signature } from '../clients/index.js';
import { bearerOf, isAccessToken } from '../kernel/secrets.js';
import { currentFacts } from '../observability/index.js';
import type { Payer } from '../rate-limits/index.js';
import { isUnauthenticated, unauthenticated } from './errors.js';

/** What tells who sent a request. */
interface CallerParts {
  /** Finds out whose living key it is; null for nobody's. */
  readonly authenticate: (key: string) => Promise<Signature | null>;
  /** The header of that name. */
  readonly authorization: string | undefined;
  /** The web origin of the page that asks; undefined for a program. */
  readonly page: string | undefined;
  /** Origins whose pages may use the keys of every client. */
  readonly keyOrigins: () => readonly string[];
  /** Who pays for keys and tokens that are no good. */
  readonly failedKeys: Payer;
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
    const { authenticate, authorization, failedKeys, page, keyOrigins } = this.parts;
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
    const signature = await authenticate(this.secret);
    if (!signature) {
      await this.noteFailure();
      throw unauthenticated('The client key is unknown: check that it is complete and still valid.');
    }
    const facts = currentFacts();
    if (facts) facts.client = signature.client.slug;
    if (page !== undefined && !admitsOrigin(signature.client, page, keyOrigins())) throw new ForeignPage();
    return signature;
  }
}
