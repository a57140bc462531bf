/** The place of an item in a list that is sorted by time and id, the newest first: the time in milliseconds, and a UUID. */
export type PageKey = readonly [time: number, id: string];

/** A page that is asked for: some items after a place, or before it when read backwards. */
export interface PageRequest {
  readonly size: number;
  readonly backwards: boolean;
  /** Where the page begins, the place itself left out; null for the beginning of the list, or its end when read backwards. */
  readonly from: PageKey | null;
}

/** A page that was read, in the order of the list in whichever direction. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Whether the list goes on in the direction of reading. */
  readonly more: boolean;
}

/** Makes a page of one item more than was asked for, which tells whether there are more; in the order of reading. */
export function pageOfOneMore<Item>(read: readonly Item[], { size, backwards }: PageRequest): Page<Item> {
  const items = read.slice(0, size);
  return { items: backwards ? items.reverse() : items, more: read.length > size };
}

/** Cuts a page out of a list in memory, which is sorted as its keys say. */
export function pageOfList<Item>(list: readonly Item[], keyOf: (item: Item) => PageKey, request: PageRequest): Page<Item> {
  const { size, backwards, from } = request;
  const order = backwards ? list.toReversed() : list;
  const start = from === null ? 0 : order.findIndex((item) => isOlder(keyOf(item), from) !== backwards && !isSame(keyOf(item), from));
  return pageOfOneMore(start < 0 ? [] : order.slice(start, start + size + 1), request);
}

function isOlder([time, id]: PageKey, [otherTime, otherId]: PageKey): boolean {
  return time < otherTime || (time === otherTime && id < otherId);
}

function isSame([time, id]: PageKey, [otherTime, otherId]: PageKey): boolean {
  return time === otherTime && id === otherId;
}
