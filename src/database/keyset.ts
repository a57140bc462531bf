import { type Page, pageOfOneMore, type PageKey, type PageRequest } from '../kernel/page.js';
import { type Sql, type Statement, statement } from './statement.js';

/** A list of rows that is read page by page, the newest first, without counting through what lies before a page. */
export interface KeysetList<Row> {
  readonly forwards: Statement<Row>;
  readonly backwards: Statement<Row>;
}

/** What a keyset list is made of. */
export interface KeysetText {
  /** `select … from …`, without an order. */
  readonly select: string;
  /** Conditions joined by `and`; their values are $4 and following. */
  readonly where: string;
  /** The columns by which the list is sorted, as an index has them: a time, and a UUID that is unique. */
  readonly time: string;
  readonly id: string;
}

/** How many parameters a page takes for itself: the values of a list's conditions are numbered after them. */
export const PAGE_PARAMETERS = 3;

/** Declares a list. Its two statements are called `name` and `name-backwards`. */
export function keysetList<Row>(name: string, { select, where, time, id }: KeysetText): KeysetList<Row> {
  const text = (comparison: '<' | '>', order: 'asc' | 'desc'): string => `${select}
   where ${where} and (${time}, ${id}) ${comparison} ($1::timestamptz, $2::uuid)
   order by ${time} ${order}, ${id} ${order}
   limit $3`;
  return { forwards: statement(name, text('<', 'desc')), backwards: statement(`${name}-backwards`, text('>', 'asc')) };
}

/** The values of the parameters that a page takes for itself. */
export function pageValues({ from, size, backwards }: PageRequest): readonly unknown[] {
  const [time, id] = from ?? (backwards ? beforeAll : afterAll);
  return [typeof time === 'number' ? new Date(time) : time, id, size + 1];
}

/** Reads a page of a list; `values` are those of its conditions. */
export async function readPage<Row>(
  sql: Sql, list: KeysetList<Row>, values: readonly unknown[], request: PageRequest,
): Promise<Page<Row>> {
  const rows = await sql.run(request.backwards ? list.backwards : list.forwards, [...pageValues(request), ...values]);
  return pageOfOneMore(rows, request);
}

// Places that no item has, so that a page without a cursor is read by the same statement.
const beforeAll: readonly [string, PageKey[1]] = ['-infinity', '00000000-0000-0000-0000-000000000000'];
const afterAll: readonly [string, PageKey[1]] = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
