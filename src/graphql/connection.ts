import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { InputError } from '../kernel/input-error.js';

/** The largest page; a larger one is an error, not a clamp. */
export const PAGE_SIZE_LIMIT = 100;
/** The page of a caller that names no size, or null. */
export const PAGE_SIZE = 20;

@ObjectType({ description: 'Where a page lies in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether the list goes on after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether this page was asked for by a cursor, so that items lie before it.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first item; null for an empty page.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last item, for `after`; null for an empty page.' })
  endCursor!: string | null;
}

/** One page of a list. */
export interface Connection<Item> {
  readonly nodes: readonly Item[];
  readonly edges: readonly { readonly cursor: string; readonly node: Item }[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

/** Declares the connection type of a list, as Relay's specification names its parts. */
export function connectionType<Item extends object>(name: string, itemClass: ClassType<Item>): ClassType<Connection<Item>> {
  @ObjectType(`${name}Edge`, { description: 'An item with its place in the list.' })
  class Edge {
    @Field(() => String, { description: 'For `after`.' })
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

    @Field(() => Int, { description: 'Length of the whole list.' })
    totalCount!: number;
  }

  return ItemConnection;
}

/** How a list that is in memory is paged. */
export interface ListPaging<Item> {
  /** Name of the list, part of its cursors: a cursor of another list is refused. */
  readonly list: string;
  /** What the list is sorted by; unique, so that a cursor stays good when items come and go. */
  readonly keyOf: (item: Item) => readonly [number, string];
  /** Whether an item comes after the given key. */
  readonly isAfter: (key: readonly [number, string], cursor: readonly [number, string]) => boolean;
}

/** Cuts a page out of a sorted list. */
export function pageOf<Item>(
  items: readonly Item[],
  { first, after }: { readonly first: number; readonly after: string | null },
  paging: ListPaging<Item>,
): Connection<Item> {
  if (first < 1 || first > PAGE_SIZE_LIMIT) {
    throw new InputError(`"first" is ${first}; it has to be from 1 to ${PAGE_SIZE_LIMIT}.`);
  }
  const cursor = after === null ? null : parseCursor(paging.list, after);
  const start = cursor === null ? 0 : items.findIndex((item) => paging.isAfter(paging.keyOf(item), cursor));
  const nodes = start < 0 ? [] : items.slice(start, start + first);
  const edges = nodes.map((node) => ({ cursor: cursorOf(paging.list, paging.keyOf(node)), node }));
  return {
    nodes,
    edges,
    pageInfo: {
      hasNextPage: start >= 0 && start + nodes.length < items.length,
      hasPreviousPage: cursor !== null && (start < 0 ? items.length > 0 : start > 0),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: items.length,
  };
}

function cursorOf(list: string, key: readonly [number, string]): string {
  return Buffer.from(JSON.stringify([list, ...key])).toString('base64url');
}

function parseCursor(list: string, cursor: string): readonly [number, string] {
  const parts = parsedJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (Array.isArray(parts) && parts.length === 3) {
    const [name, position, id] = parts as unknown[];
    if (name === list && typeof position === 'number' && typeof id === 'string') return [position, id];
  }
  throw new InputError('"after" is no cursor of this list: use the "endCursor" of its previous page.');
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
