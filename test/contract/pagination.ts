import { beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphQLAnswer, Json } from '../setup/test-server.js';

/** A paged list as the contract sees it. */
export interface PagedList {
  /** Asks for a page: `{ nodes { id } edges { cursor node { id } } pageInfo { … } totalCount }` of the list. */
  page(args: { first?: number | null; after?: string | null }): Promise<GraphQLAnswer>;
  /** The connection in an answer. */
  connection(data: Json): Json;
  /** Adds an item to the list, and gives its id. */
  add(): Promise<string>;
  /** The cursor of an item in another list. */
  foreignCursor: string;
}

export const CONNECTION = `nodes { id } edges { cursor node { id } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount`;

/** What every paged list promises; needs a list of 3 to 99 items, the newest first. */
export function keepsThePagingContract(list: () => PagedList): void {
  const read = async (args: { first?: number | null; after?: string | null } = {}): Promise<Json> => {
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

    it('after the last item is empty', async () => {
      const page = await read({ after: all.pageInfo.endCursor });
      expect(page).toMatchObject({
        nodes: [], edges: [], totalCount: all.totalCount,
        pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
      });
    });
  });

  describe('a request for a page', () => {
    const refused = async (args: { first?: number | null; after?: string | null }): Promise<void> => {
      const { data, errors } = await list().page(args);
      expect(data ?? null).toBeNull();
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    };

    it.each([0, -1, 101, 2_147_483_647, 2_147_483_648, 1.5])('is refused for %p items', (first) => refused({ first }));

    it.each(['', 'x', 'null', 'W10', Buffer.from('[0,1]').toString('base64url'), Buffer.from('{"a":1}').toString('base64url'), '\u0000', '🙂'])(
      'is refused for a cursor that is none: %j',
      (after) => refused({ after }),
    );

    it('is refused for a cursor of another list', () => refused({ after: list().foreignCursor }));

    it('may say null for what it does not care about', async () => {
      expect(await read({ first: null, after: null })).toEqual(await read());
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

    it('can start at any item', async () => {
      for (const [index, { cursor }] of all.edges.entries()) {
        expect(idsOf(await read({ first: 2, after: cursor }))).toEqual(idsOf(all).slice(index + 1, index + 3));
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
