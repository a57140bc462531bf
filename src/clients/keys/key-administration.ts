import type { Database } from '../../database/index.js';
import { nodeId } from '../../kernel/ids.js';
import { InputError } from '../../kernel/input-error.js';
import { isClientKey } from '../../kernel/secrets.js';
import { showClient } from '../administration.js';
import { AuditAction } from '../audit/audit-entry.js';
import { OPERATOR, recordAudit } from '../audit/record-audit.js';
import { admitsKey, isLastKey, KEY_LIMIT } from './key-decision.js';
import { endAtOnce } from './revoke-key.js';
import { addKey, changeKeys, livingKeys, type NewKey, type StoredKey } from './stored-keys.js';

/** Makes one more key for a client by hand, such as for one that has lost its keys. */
export async function createKey(database: Database, slug: string, now: () => Date): Promise<NewKey> {
  const { id: clientId } = await showClient(database, slug);
  return changeKeys(database, clientId, now, async (held) => {
    const { sql, at, living } = held;
    if (!admitsKey(living)) {
      throw new InputError(
        `${KEY_LIMIT} keys of "${slug}" live already: revoke one that is not needed. "key list ${slug}" shows all.`,
      );
    }
    const made = await addKey(held, clientId);
    await recordAudit(sql, {
      clientId, at, actor: OPERATOR, action: AuditAction.KEY_CREATED, details: { key: made.clientKey.hint },
    });
    return made;
  });
}

/** The living keys of a client, newest first. */
export async function listKeys(database: Database, slug: string, now: () => Date): Promise<StoredKey[]> {
  const { id } = await showClient(database, slug);
  return livingKeys(database, id, now());
}

/**
 * Ends a living key of a client by hand, at once. Which one is told by its hint or by its id. The last key that lives on
 * is ended only with `last`, on purpose: the client is locked out then.
 */
export async function revokeKeyByHand(
  database: Database, slug: string, hintOrId: string, { last }: { readonly last: boolean }, now: () => Date,
): Promise<StoredKey> {
  const { id: clientId } = await showClient(database, slug);
  return changeKeys(database, clientId, now, async (held) => {
    const key = onlyKey(held.living, slug, hintOrId);
    if (!last && isLastKey(held.living, key)) {
      throw new InputError(
        `No key of "${slug}" would be left that lives on. Make another one first with "key create ${slug}"; ` +
        '--last locks the client out.',
      );
    }
    return endAtOnce(held, key, OPERATOR);
  });
}

function onlyKey(living: readonly StoredKey[], slug: string, hintOrId: string): StoredKey {
  if (isClientKey(hintOrId)) throw new InputError('This is a key itself: say which by its last 4 characters, its hint, or by its id.');
  const [key, ...more] = living.filter(({ id, hint }) => hint === hintOrId || nodeId('ClientKey', id) === hintOrId);
  if (!key) throw new InputError(`No living key of "${slug}" is "${hintOrId}". "key list ${slug}" shows all.`);
  if (more.length > 0) throw new InputError(`${more.length + 1} keys of "${slug}" end in "${hintOrId}": say which by its id.`);
  return key;
}
