import type { Catalogue } from '../../catalogue/index.js';
import { type Sql, statement } from '../../database/index.js';
import { newId } from '../../kernel/ids.js';
import { InputError } from '../../kernel/input-error.js';
import { hashSecret, newAccessToken } from '../../kernel/secrets.js';
import { type Client, ClientStatus } from '../client.js';
import { externalId } from '../users/external-id.js';

/** The longest life of an access token, in seconds: 24 hours; also the usual one. */
export const TOKEN_TTL = 86_400;

export interface TokenRequest {
  /** Slug of the test that may be saved with the token. */
  readonly test: string;
  /** The client's own id of the person to whom the result is to be attached; null for a token that only saves. */
  readonly userId: string | null;
  readonly ttlSeconds: number;
}

export type TokenIssue =
  | { readonly kind: 'ISSUED'; readonly token: string; readonly expiresAt: Date }
  /** Whatever is saved with a token is meant to be attached, so a suspended client gets none, bound to a user or not. */
  | { readonly kind: 'CLIENT_SUSPENDED' }
  | { readonly kind: 'TEST_NOT_FOUND' };

const insert = statement<never>('access-token-insert', `
  insert into access_token (client_id, id, hash, test_id, external_id, created_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7)`);

/** Issues the right to save one run of one test without the client's key. The token is shown here and never again. */
export async function issueToken(
  sql: Sql, catalogue: Catalogue, client: Client, { test: slug, userId, ttlSeconds }: TokenRequest, at: Date,
): Promise<TokenIssue> {
  if (ttlSeconds < 1 || ttlSeconds > TOKEN_TTL) {
    throw new InputError(`ttlSeconds is ${ttlSeconds}; it has to be from 1 to ${TOKEN_TTL} (24 hours).`);
  }
  const person = userId === null ? null : externalId(userId);
  if (client.status === ClientStatus.SUSPENDED) return { kind: 'CLIENT_SUSPENDED' };
  const test = catalogue.bySlug(slug);
  if (!test) return { kind: 'TEST_NOT_FOUND' };

  const token = newAccessToken(client.id);
  const expiresAt = new Date(at.getTime() + ttlSeconds * 1000);
  await sql.run(insert, [client.id, newId(), hashSecret(token), test.id, person, at, expiresAt]);
  return { kind: 'ISSUED', token, expiresAt };
}
