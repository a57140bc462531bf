import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** How a client key made here begins, so that people and scanners of leaked secrets recognise it. */
const CLIENT_KEY_PREFIX = 'tdk_';
const RANDOM_BYTES = 32;

/** A new client key: prefix, 256 random bits and a checksum, by which a scanner tells a key from a look-alike. */
export function newClientKey(): string {
  const body = CLIENT_KEY_PREFIX + randomBytes(RANDOM_BYTES).toString('hex');
  return body + crc32(body).toString(16).padStart(8, '0');
}

/** What is stored of a secret. Keys are long and random, also those that partners bring along, so a fast hash will do. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}
