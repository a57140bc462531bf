import baseX from 'base-x';
import { isUuid } from '../../kernel/ids.js';

const base58 = baseX('123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz');
/** How long the short form of a key is. */
const SHORT_LENGTH = 22;
const UUID_HEX_LENGTH = 32;

/**
 * The RESULT_KEY that a text means: a UUID in any case, or the same UUID as 22 characters of base58. The keys of this form
 * that the platform gave until October 2023 were of another UUID of the result, so that they name nothing here. Null for a
 * text that can be no key.
 */
export function resultKeyOf(text: string): string | null {
  if (text.length === SHORT_LENGTH) return fromBase58(text);
  return isUuid(text) ? text.toLowerCase() : null;
}

function fromBase58(text: string): string | null {
  const bytes = base58.decodeUnsafe(text);
  if (!bytes) return null;
  // The first digits may be zeros, of which there can be more or fewer than of leading bytes.
  const hex = Buffer.from(bytes).toString('hex').replace(/^(?:00)+/, '').padStart(UUID_HEX_LENGTH, '0');
  const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return isUuid(uuid) ? uuid : null;
}
