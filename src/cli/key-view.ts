import type { StoredKey } from '../clients/index.js';
import { nodeId } from '../kernel/ids.js';

/** What commands tell of a client key. */
export function keyView({ id, hint, createdAt, lastUsedAt, expiresAt }: StoredKey) {
  return { id: nodeId('ClientKey', id), hint, createdAt, lastUsedAt, expiresAt };
}
