import { createHash } from 'node:crypto';
import { ArgsType, type ClassType, Extensions, Field, Int, ObjectType } from 'type-graphql';
import { InputError } from '../kernel/input-error.js';
import type { Page, PageKey, PageRequest } from '../kernel/page.js';

/** The largest page; a larger one is an error, not a clamp. */
export const PAGE_SIZE_LIMIT = 100;
/** The page of a caller that names no size, or null. */
export const PAGE_SIZE = 20;

/** The arguments of every paged list. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: 'How many from the beginning of the list, or after `after`: 1 to 100, 20 when neither this nor `last` is given.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'The `endCursor` of the page before.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many from the end of the list, or before `before`: 1 to 100. Not together with `first`.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'The `startCursor` of the page behind. Needs `last`.' })
  before?: string | null;
}

@ObjectType({ description: 'Where a page lies in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether the list goes on after this page; a page read backwards from a cursor says yes.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether items lie before this page; a page read forwards from a cursor says yes.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first item, for `before`; null for an empty page.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last item, for `after`; null for an empty page.' })
  endCursor!: string | null;
}

/** One page of a list as GraphQL gives it. */
export interface Connection<Item> {
  readonly nodes: readonly Item[];
  readonly edges: readonly { readonly cursor: string; readonly node: Item }[];
  readonly pageInfo: PageInfo;
  /** Counts the whole list; asked only when selected. */
  readonly count: () => number | Promise<number>;
}

/**
 * Declares the connection type of a list, as Relay's specification names its parts. `counting` tells what counting the list
 * costs beyond any field, such as `scan(COUNT_COST)`; nothing for a list in memory.
 */
export function connectionType<Item extends object>(
  name: string, itemClass: ClassType<Item>, counting: Readonly<Record<string, unknown>> = {},
): ClassType<Connection<Item>> {
  @ObjectType(`${name}Edge`, { description: 'An item with its place in the list.' })
  class Edge {
    @Field(() => String, { description: 'For `after` and `before`.' })
    cursor!: string;

    @Field(() => itemClass, { description: 'The item.' })
    node!: Item;
  }

  @ObjectType(`${name}Connection`, { description: 'One page of a list.' })
  class ItemConnection implements Connection<Item> {
    @Field(() => [itemClass], { description: 'The items of the page.' })
    nodes!: Item[];

    @Field(() => [Edge], { description: 'The items of the page with their cursors.' })
    edges!: Edge[];

    @Field(() => PageInfo, { description: 'Where the page lies in the list.' })
    pageInfo!: PageInfo;

    count!: Connection<Item>['count'];

    @Extensions(counting)
    @Field(() => Int, { description: 'Length of the whole list.' })
    totalCount(): number | Promise<number> {
      return this.count();
    }
  }

  return ItemConnection;
}

/** A list as its cursors know it: a cursor of another list, or of the same list of somebody else, is refused. */
export interface CursorScope {
  /** Name of the list. */
  readonly list: string;
  /** Whose list it is, such as the id of a client or of a user; null for a public one. */
  readonly owner: string | null;
}

/** What the arguments of a list ask for; an `InputError` tells what is wrong with them. */
export function pageRequest(args: PageArgs, scope: CursorScope): PageRequest {
  const { first = null, after = null, last = null, before = null } = args;
  if (first !== null && last !== null) throw new InputError('Give one of "first" and "last", not both.');
  if (last === null && before !== null) throw new InputError('"before" reads backwards: say with "last" how many.');
  if (last !== null && after !== null) throw new InputError('"after" reads forwards, and "last" backwards: give "before" instead.');
  const [name, size] = last === null ? ['first', first ?? PAGE_SIZE] as const : ['last', last] as const;
  if (size < 1 || size > PAGE_SIZE_LIMIT) {
    throw new InputError(`"${name}" is ${size}; it has to be from 1 to ${PAGE_SIZE_LIMIT}.`);
  }
  const backwards = last !== null;
  const cursor = backwards ? before : after;
  return { size, backwards, from: cursor === null ? null : keyIn(cursor, scope, backwards ? 'before' : 'after') };
}

/** A page as GraphQL gives it. */
export function connectionOf<Item>(
  { items, more }: Page<Item>,
  { backwards, from }: PageRequest,
  list: CursorScope & { readonly keyOf: (item: Item) => PageKey; readonly count: Connection<Item>['count'] },
): Connection<Item> {
  const [ahead, behind] = [more, from !== null];
  const cursorOfItem = (item: Item): string => cursorOf(list.keyOf(item), list);
  // Cursors are made for who asks for them.
  return {
    nodes: items,
    get edges() {
      return items.map((node) => ({ cursor: cursorOfItem(node), node }));
    },
    get pageInfo() {
      const [first, last] = [items[0], items.at(-1)];
      return {
        hasNextPage: backwards ? behind : ahead,
        hasPreviousPage: backwards ? ahead : behind,
        startCursor: first === undefined ? null : cursorOfItem(first),
        endCursor: last === undefined ? null : cursorOfItem(last),
      };
    },
    count: list.count,
  };
}

const SCOPE_LENGTH = 12;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
/** Times of items lie between 1970 and this one; PostgreSQL's calendar begins later than JavaScript's. */
const LATEST_TIME = Date.UTC(9999, 0);

function cursorOf([time, id]: PageKey, scope: CursorScope): string {
  return Buffer.from(JSON.stringify([scopeDigest(scope), time, id])).toString('base64url');
}

function keyIn(cursor: string, scope: CursorScope, argument: string): PageKey {
  const parts = parsedJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (Array.isArray(parts) && parts.length === 3) {
    const [digest, time, id] = parts as unknown[];
    if (digest === scopeDigest(scope) && isTime(time) && typeof id === 'string' && UUID.test(id)) return [time, id];
  }
  throw new InputError(`"${argument}" is no cursor of this list: use one that the list itself gave.`);
}

/** Not the names themselves: a cursor is opaque. */
function scopeDigest({ list, owner }: CursorScope): string {
  return createHash('sha256').update(JSON.stringify([list, owner])).digest('base64url').slice(0, SCOPE_LENGTH);
}

function isTime(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < LATEST_TIME;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
