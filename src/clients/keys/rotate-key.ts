import type { Database } from '../../database/index.js';
import { InputError } from '../../kernel/input-error.js';
import { AuditAction } from '../audit/audit-entry.js';
import { actorOf, recordAudit } from '../audit/record-audit.js';
import type { Signature } from './authenticate.js';
import { admitsKey, KEY_GRACE } from './key-decision.js';
import { addKey, changeKeys, endKey, type NewKey, type StoredKey } from './stored-keys.js';

export type KeyRotation =
  | ({ readonly kind: 'ROTATED'; readonly replaced: StoredKey } & NewKey)
  /** The key that signed the request has been replaced before. */
  | { readonly kind: 'ENDING_KEY' }
  | { readonly kind: 'KEY_LIMIT_REACHED' }
  /** The key that signed the request ended while the request was under way. */
  | { readonly kind: 'KEY_ENDED' };

/**
 * Makes a new key and lets the one that signed the request end after the grace, in seconds. A key in its grace makes no
 * further one, so that whoever found it can neither outlive it nor move its end.
 */
export async function rotateKey(
  database: Database, signature: Signature, graceSeconds: number, now: () => Date,
): Promise<KeyRotation> {
  const { client, keyId } = signature;
  if (graceSeconds < 0 || graceSeconds > KEY_GRACE.longest) {
    throw new InputError(`graceSeconds is ${graceSeconds}; it has to be from 0 to ${KEY_GRACE.longest} (30 days).`);
  }
  return changeKeys(database, client.id, now, async (held) => {
    const { sql, at, living } = held;
    const signing = living.find(({ id }) => id === keyId);
    if (!signing) return { kind: 'KEY_ENDED' };
    if (signing.expiresAt !== null) return { kind: 'ENDING_KEY' };
    const end = new Date(at.getTime() + graceSeconds * 1000);
    // A key that ends at once makes room for the new one.
    if (!admitsKey(end > at ? living : living.filter(({ id }) => id !== keyId))) return { kind: 'KEY_LIMIT_REACHED' };

    const replaced = await endKey(held, signing, end);
    const { key, clientKey } = await addKey(held, client.id);
    await recordAudit(sql, {
      clientId: client.id, at, actor: actorOf(signature), action: AuditAction.KEY_ROTATED,
      details: { key: clientKey.hint, replaced: replaced.hint, replacedExpiresAt: end },
    });
    return { kind: 'ROTATED', key, clientKey, replaced };
  });
}
