import { randomFillSync } from 'node:crypto';
import { v7 as uuidv7, validate } from 'uuid';

/** How many random bytes an id takes, and how many ids are made of what is asked of the system at once, which takes it long. */
const RANDOM_BYTES = 16;
const IDS_AT_ONCE = 128;

const random = Buffer.alloc(RANDOM_BYTES * IDS_AT_ONCE);
let used = random.length;

/**
 * A new id: UUID v7, so that rows made together lie together in every index. All that stands behind the time is random,
 * with no counter in it, because a result key is a secret: knowing one tells nothing about the next.
 */
export function newId(): string {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  const own = random.subarray(used, used += RANDOM_BYTES);
  const id = uuidv7({ random: own });
  // Whoever looks into the memory finds no id that was given.
  own.fill(0);
  return id;
}

/** Whether a text has the form of a UUID, of any kind and in any case. */
export function isUuid(text: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}

/** The types whose objects have an opaque id, by the prefix of the ids. */
const prefixes = { Test: 'tst', Result: 'res', Client: 'cli', User: 'usr', Invoice: 'inv', ClientKey: 'key', AuditEntry: 'aud' } as const;

export type NodeType = keyof typeof prefixes;

/** The opaque id of an object: the prefix tells the type, the rest is its UUID in base64url. */
export function nodeId(type: NodeType, uuid: string): string {
  return `${prefixes[type]}_${Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url')}`;
}

/** What an opaque id names; null for a text that is no id of this API. */
export function parseNodeId(id: string): { readonly type: NodeType; readonly uuid: string } | null {
  const [prefix, rest] = [id.slice(0, 3), id.slice(4)];
  const type = (Object.keys(prefixes) as NodeType[]).find((name) => prefixes[name] === prefix);
  const hex = Buffer.from(rest, 'base64url').toString('hex');
  const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (type === undefined || !validate(uuid) || nodeId(type, uuid) !== id) return null;
  return { type, uuid };
}
