import type { Database } from '../../database/index.js';
import { AuditAction } from '../audit/audit-entry.js';
import { type Actor, actorOf, recordAudit } from '../audit/record-audit.js';
import type { Signature } from './authenticate.js';
import { isLastKey } from './key-decision.js';
import { changeKeys, endKey, findKeys, type HeldKeys, type StoredKey } from './stored-keys.js';

export type KeyRevocation =
  /** `replayed` when the key had ended before, so that nothing was changed. */
  | { readonly kind: 'REVOKED'; readonly clientKey: StoredKey; readonly replayed: boolean }
  | { readonly kind: 'KEY_NOT_FOUND' }
  /** The key that signed the request has been replaced: it may revoke itself, but no other. */
  | { readonly kind: 'ENDING_KEY' }
  /** No key would be left that lives on. */
  | { readonly kind: 'LAST_KEY' }
  /** The key that signed the request ended while the request was under way. */
  | { readonly kind: 'KEY_ENDED' };

/** Ends a key at once, unless the client would be locked out. A key may revoke itself. */
export function revokeKey(
  database: Database, signature: Signature, keyId: string, now: () => Date,
): Promise<KeyRevocation> {
  const { client, keyId: signedBy } = signature;
  return changeKeys(database, client.id, now, async (held) => {
    const { sql, living } = held;
    const signing = living.find(({ id }) => id === signedBy);
    if (!signing) return { kind: 'KEY_ENDED' };
    const key = living.find(({ id }) => id === keyId);
    if (!key) {
      const [ended] = await findKeys(sql, [{ clientId: client.id, keyId }]);
      return ended ? { kind: 'REVOKED', clientKey: ended, replayed: true } : { kind: 'KEY_NOT_FOUND' };
    }
    if (signing.expiresAt !== null && key !== signing) return { kind: 'ENDING_KEY' };
    if (isLastKey(living, key)) return { kind: 'LAST_KEY' };
    const clientKey = await endAtOnce(held, key, actorOf(signature));
    return { kind: 'REVOKED', clientKey, replayed: false };
  });
}

/** Ends a living key at once, and notes by whom. */
export async function endAtOnce(held: HeldKeys, key: StoredKey, actor: Actor): Promise<StoredKey> {
  const { sql, at } = held;
  const ended = await endKey(held, key, at);
  await recordAudit(sql, { clientId: key.clientId, at, actor, action: AuditAction.KEY_REVOKED, details: { key: key.hint } });
  return ended;
}
