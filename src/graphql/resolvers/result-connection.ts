import type { Page, PageKey, PageRequest } from '../../kernel/page.js';
import { Result, type ResultHead } from '../../results/index.js';
import { type Connection, connectionOf, connectionType, type CursorScope } from '../connection.js';
import { COUNT_COST, scan } from '../cost.js';

export const ResultConnection = connectionType('Result', Result, scan(COUNT_COST));

/** A page of attached results, the newest attachment first. */
export function resultConnection(
  page: Page<ResultHead>, request: PageRequest, list: CursorScope & Pick<Connection<ResultHead>, 'count'>,
): Connection<ResultHead> {
  const keyOf = ({ attachedAt, id }: ResultHead): PageKey => [attachedAt!.getTime(), id];
  return connectionOf(page, request, { ...list, keyOf });
}
