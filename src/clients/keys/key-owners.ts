import { type Sql, statement } from '../../database/index.js';
import { hashSecret } from '../../kernel/secrets.js';

/** How many keys are remembered; beyond that the one that was remembered first is asked for again. */
export const OWNERS_REMEMBERED = 100_000;

const find = statement<{ clientId: string }>('key-owner', 'select client_id as "clientId" from client_key where hash = $1');

/**
 * Whose client keys are. Where the tables are spread over several machines a key does not tell on which its client lies, so all are
 * asked: once for each key, which seldom changes hands.
 */
export class KeyOwners {
  private readonly owners = new Map<string, string>();

  constructor(private readonly sql: Sql, private readonly remembered = OWNERS_REMEMBERED) {}

  /** The id of the client whose key this is, also of one that has ended; null for a key that nobody has. */
  async of(key: string): Promise<string | null> {
    const name = nameOf(key);
    const known = this.owners.get(name);
    if (known !== undefined) return known;
    const [owner] = await this.sql.run(find, [hashSecret(key)]);
    if (!owner) return null;
    for (const [first] of this.owners) {
      if (this.owners.size < this.remembered) break;
      this.owners.delete(first);
    }
    this.owners.set(name, owner.clientId);
    return owner.clientId;
  }

  /** Asks anew next time, because the owner does not have the key any more. */
  forget(key: string): void {
    this.owners.delete(nameOf(key));
  }
}

/** A hash: whoever looks into the memory finds no key. */
function nameOf(key: string): string {
  return hashSecret(key).toString('base64');
}
