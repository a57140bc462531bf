import { beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphQLAnswer, Json } from '../setup/test-server.js';

/** The arguments of a paged list. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/** A paged list as the contract sees it. */
export interface PagedList {
  /** Asks for a page with `PAGE_ARGUMENTS`: `{ nodes { id } edges { cursor node { id } } pageInfo { … } totalCount }`. */
  page(args: PageArguments): Promise<GraphQLAnswer>;
  /** The connection in an answer. */
  connection(data: Json): Json;
  /** Adds an item to the list, and gives its id. */
  add(): Promise<string>;
  /** Cursors of items in other lists; of a client's list also in the same list of another client. */
  foreignCursors: readonly string[];
}

export const PAGE_VARIABLES = '$first: Int, $after: String, $last: Int, $before: String';
export const PAGE_ARGUMENTS = 'first: $first, after: $after, last: $last, before: $before';

export const CONNECTION = `nodes { id } edges { cursor node { id } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount`;

/** What every paged list promises; needs a list of 3 to 99 items, the newest first. */
export function keepsThePagingContract(list: () => PagedList): void {
  const read = async (args: PageArguments = {}): Promise<Json> => {
    const { data, errors } = await list().page(args);
    if (errors) throw new Error(errors[0]?.message);
    return list().connection(data);
  };
  const idsOf = ({ nodes }: Json): string[] => nodes.map(({ id }: Json) => id);
  let all: Json;
  beforeAll(async () => {
    all = await read({ first: 100 });
    expect(all.nodes.length).toBeGreaterThanOrEqual(3);
  });

  describe('a page', () => {
    it('has its items twice, alone and with cursors, and the length of the whole list', () => {
      expect(all.edges.map(({ node }: Json) => node)).toEqual(all.nodes);
      expect(new Set(idsOf(all)).size).toBe(all.totalCount);
      expect(new Set(all.edges.map(({ cursor }: Json) => cursor)).size).toBe(all.totalCount);
    });

    it('says where it begins and ends', () => {
      expect(all.pageInfo).toEqual({
        hasNextPage: false, hasPreviousPage: false,
        startCursor: all.edges[0].cursor, endCursor: all.edges.at(-1).cursor,
      });
    });

    it.each([1, 2])('has as many items as asked for: %i', async (first) => {
      const page = await read({ first });
      expect(idsOf(page)).toEqual(idsOf(all).slice(0, first));
      expect(page.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
      expect(page.totalCount).toBe(all.totalCount);
    });

    it('has at most 20 items when nothing is asked for', async () => {
      expect(idsOf(await read())).toEqual(idsOf(all).slice(0, 20));
    });

    it('can be of exactly the length of the list', async () => {
      const page = await read({ first: all.totalCount });
      expect(page.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
    });

    it.each([1, 2])('can be read from the end: the last %i, in the order of the list', async (last) => {
      const page = await read({ last });
      expect(idsOf(page)).toEqual(idsOf(all).slice(-last));
      expect(page.pageInfo).toEqual({
        hasNextPage: false, hasPreviousPage: true, startCursor: page.edges[0].cursor, endCursor: page.edges.at(-1).cursor,
      });
      expect(page.totalCount).toBe(all.totalCount);
    });

    it('before the first item is empty', async () => {
      const page = await read({ last: 2, before: all.pageInfo.startCursor });
      expect(page).toMatchObject({
        nodes: [], edges: [], totalCount: all.totalCount,
        pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null },
      });
    });

    it('after the last item is empty', async () => {
      const page = await read({ after: all.pageInfo.endCursor });
      expect(page).toMatchObject({
        nodes: [], edges: [], totalCount: all.totalCount,
        pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
      });
    });
  });

  describe('a request for a page', () => {
    const refused = async (args: PageArguments): Promise<void> => {
      const { data, errors } = await list().page(args);
      expect(data ?? null).toBeNull();
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    };

    it.each([0, -1, 101, 2_147_483_647, 2_147_483_648, 1.5])('is refused for %p items', async (size) => {
      await refused({ first: size });
      await refused({ last: size });
    });

    it.each(['', 'x', 'null', 'W10', Buffer.from('[0,1]').toString('base64url'), Buffer.from('{"a":1}').toString('base64url'), '\u0000', '🙂'])(
      'is refused for a cursor that is none: %j',
      async (cursor) => {
        await refused({ after: cursor });
        await refused({ last: 1, before: cursor });
      },
    );

    it.each([
      ['a time that is none', (parts: unknown[]) => [parts[0], 'soon', parts[2]]],
      ['a time beyond all calendars', (parts: unknown[]) => [parts[0], 9e15, parts[2]]],
      ['a time before the calendar of PostgreSQL', (parts: unknown[]) => [parts[0], -2.2e14, parts[2]]],
      ['a time of a year BC', (parts: unknown[]) => [parts[0], -1e14, parts[2]]],
      ['a time before 1970', (parts: unknown[]) => [parts[0], -1, parts[2]]],
      ['an id that is none', (parts: unknown[]) => [parts[0], parts[1], "' or true --"]],
      ['the name of another list', (parts: unknown[]) => ['tests', parts[1], parts[2]]],
    ])('is refused for a cursor with %s', async (_, spoilt) => {
      const parts = JSON.parse(Buffer.from(all.pageInfo.startCursor, 'base64url').toString());
      const cursor = Buffer.from(JSON.stringify(spoilt(parts))).toString('base64url');
      await refused({ after: cursor });
      await refused({ last: 1, before: cursor });
    });

    it('is refused for a cursor of another list', async () => {
      expect(list().foreignCursors).not.toEqual([]);
      for (const cursor of list().foreignCursors) {
        await refused({ after: cursor });
        await refused({ last: 1, before: cursor });
      }
    });

    it('is refused for both directions at once', async () => {
      const { startCursor: cursor } = all.pageInfo;
      await refused({ first: 1, last: 1 });
      await refused({ last: 1, after: cursor });
      await refused({ before: cursor });
      await refused({ first: 1, before: cursor });
    });

    it('may say null for what it does not care about', async () => {
      expect(await read({ first: null, after: null, last: null, before: null })).toEqual(await read());
    });
  });

  describe('a walk through the pages', () => {
    it.each([1, 2, 3])('of %i meets every item once, in order', async (first) => {
      const met: string[] = [];
      let page = await read({ first });
      for (;;) {
        met.push(...idsOf(page));
        expect(page.pageInfo.hasPreviousPage).toBe(met.length > first);
        expect(page.pageInfo.hasNextPage).toBe(met.length < all.totalCount);
        if (!page.pageInfo.hasNextPage) break;
        page = await read({ first, after: page.pageInfo.endCursor });
      }
      expect(met).toEqual(idsOf(all));
    });

    it.each([1, 2, 3])('of %i backwards meets every item once, in order', async (last) => {
      let met: string[] = [];
      let page = await read({ last });
      for (;;) {
        met = [...idsOf(page), ...met];
        expect(page.pageInfo.hasNextPage).toBe(met.length > last);
        expect(page.pageInfo.hasPreviousPage).toBe(met.length < all.totalCount);
        if (!page.pageInfo.hasPreviousPage) break;
        page = await read({ last, before: page.pageInfo.startCursor });
      }
      expect(met).toEqual(idsOf(all));
    });

    it('can start at any item', async () => {
      for (const [index, { cursor }] of all.edges.entries()) {
        expect(idsOf(await read({ first: 2, after: cursor }))).toEqual(idsOf(all).slice(index + 1, index + 3));
        expect(idsOf(await read({ last: 2, before: cursor }))).toEqual(idsOf(all).slice(Math.max(0, index - 2), index));
      }
    });

    it('is not shifted by an item that is added meanwhile', async () => {
      const first = await read({ first: 2 });
      const added = await list().add();
      const rest = await read({ first: 100, after: first.pageInfo.endCursor });
      expect([...idsOf(first), ...idsOf(rest)]).toEqual(idsOf(all));
      const now = await read({ first: 100 });
      expect(idsOf(now)).toEqual([added, ...idsOf(all)]);
      expect(now.totalCount).toBe(all.totalCount + 1);
    });
  });
}
