import type { Json } from './test-server.js';

const PAGE_SIZE = 7;

/** What has to be asked of a page besides its nodes. */
export const WALKED = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

/** What a walk through all pages of a list meets, in the order of the list; `read` gives the connection for its arguments. */
export async function walk(read: (args: string) => Promise<Json>, backwards: boolean): Promise<Json[]> {
  let met: Json[] = [];
  for (let cursor: string | null = null; ;) {
    const from: string = cursor === null ? '' : `, ${backwards ? 'before' : 'after'}: "${cursor}"`;
    const { nodes, pageInfo } = await read(`${backwards ? 'last' : 'first'}: ${PAGE_SIZE}${from}`);
    met = backwards ? [...nodes, ...met] : [...met, ...nodes];
    if (!(backwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return met;
    cursor = backwards ? pageInfo.startCursor : pageInfo.endCursor;
  }
}
