import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** How secrets made here begin, so that people and scanners of leaked secrets recognise them. */
const CLIENT_KEY_PREFIX = 'tdk_';
const ACCESS_TOKEN_PREFIX = 'tda_';
const RANDOM_BYTES = 32;
const CHECKSUM_LENGTH = 8;

const BEARER = /^Bearer +(\S+)$/i;

/** A new client key: prefix, 256 random bits and a checksum, by which a scanner tells a key from a look-alike. */
export function newClientKey(): string {
  return newSecret(CLIENT_KEY_PREFIX);
}

/** A new access token: of the form of a client key but for its prefix, behind which it says whose it is. */
export function newAccessToken(clientId: string): string {
  return newSecret(ACCESS_TOKEN_PREFIX + clientId.replaceAll('-', ''));
}

/** The client whose an access token says to be; null for one that says nothing, as those of the version before. */
export function clientOfToken(token: string): string | null {
  const id = token.slice(ACCESS_TOKEN_PREFIX.length, -(RANDOM_BYTES * 2 + CHECKSUM_LENGTH));
  return /^[\da-f]{32}$/.test(id) ? id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : null;
}

/** Whether a text is meant as a client key that was made here; partners bring along keys of other forms. */
export function isClientKey(text: string): boolean {
  return text.startsWith(CLIENT_KEY_PREFIX);
}

/** Whether a secret is meant as an access token; a client key never begins so. */
export function isAccessToken(secret: string): boolean {
  return secret.startsWith(ACCESS_TOKEN_PREFIX);
}

/** What is stored of a secret. Keys are long and random, also those that partners bring along, so a fast hash will do. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}

/** Whether two secrets are the same. The time that this takes does not tell where they differ. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(hashSecret(one), hashSecret(other));
}

/** The secret in an Authorization header that reads `Bearer <secret>`; null for a header that reads otherwise, or for none. */
export function bearerOf(authorization: string | undefined): string | null {
  return BEARER.exec(authorization ?? '')?.[1] ?? null;
}

function newSecret(prefix: string): string {
  const body = prefix + randomBytes(RANDOM_BYTES).toString('hex');
  return body + crc32(body).toString(16).padStart(CHECKSUM_LENGTH, '0');
}
