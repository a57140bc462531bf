import { answerOf, hasRows } from './answers.js';
import { type Frame, frame } from './frames.js';
import { Unroutable } from './route.js';

/** What gives other rows for all machines than for each of them. */
const OF_ALL_ROWS = /\b(?:group by|distinct|count\(|sum\(|min\(|max\(|exists)/i;
const SORTED = /\b(?:order by|limit)\b/i;
const ORDER = /\border by ([^()]+?)(?:\s+limit \$(\d+))?\s*$/i;

/** How much is said of a column behind its name. */
const DESCRIPTION_LENGTH = 18;

/** One answer out of those of several machines to a question that changes nothing; refuses what only one that has all rows could tell. */
export function mergedAnswer(answers: readonly (readonly Frame[])[], text: string, values: readonly (string | null)[]): readonly Frame[] {
  const answer = answerOf(answers, false);
  if (answers.filter(hasRows).length < 2) return answer;
  const [found] = OF_ALL_ROWS.exec(text) ?? [];
  if (found !== undefined) refuse(`"${found}"`);
  return SORTED.test(text) ? sorted(answer, text, values) : answer;
}

/** Rows in the order that the text says, as many as it wants. */
function sorted(answer: readonly Frame[], text: string, values: readonly (string | null)[]): readonly Frame[] {
  const [, order = '', place] = ORDER.exec(text) ?? [];
  const rows = answer.filter(({ type }) => type === 'D').map((row) => ({ row, cells: cellsIn(row) }));
  const limit = place === undefined ? Infinity : Number(values[Number(place) - 1]);
  const columns = columnsIn(answer.find(({ type }) => type === 'T')!);
  const keys = order.split(',').map((part) => ({ column: columns.indexOf(columnOf(part)), turn: /\bdesc\b/i.test(part) ? -1 : 1 }));
  // A real one would ask for the column by which it sorts; here the order is lost, but no row.
  if (keys.some(({ column }) => column < 0)) return rows.length < limit ? answer : refuse('an order that they do not tell');
  rows.sort((a, b) => keys.map(({ column, turn }) => turn * Buffer.compare(a.cells[column]!, b.cells[column]!)).find((which) => which !== 0) ?? 0);
  const wanted = rows.slice(0, limit).map(({ row }) => row);
  return [...answer.filter(({ type }) => !'DC'.includes(type)), ...wanted, frame('C', `SELECT ${wanted.length}`)];
}

function refuse(by: string): never {
  throw new Unroutable(`reads rows of several machines with ${by}`);
}

/** The column of `i.issued_at desc` or `"c0"."slug" asc`, as `columnsIn` names it. */
function columnOf(part: string): string {
  return plainName(/(\w+)"?\s*(?:asc|desc)?\s*$/i.exec(part)?.[1] ?? '');
}

/** `issued_at` may be told as `issuedAt`. */
function plainName(name: string): string {
  return name.toLowerCase().replaceAll('_', '');
}

function columnsIn({ body }: Frame): string[] {
  let at = 2;
  return Array.from({ length: body.readInt16BE(0) }, () => {
    const end = body.indexOf(0, at);
    const name = body.toString('utf8', at, end);
    at = end + 1 + DESCRIPTION_LENGTH;
    return plainName(name);
  });
}

function cellsIn({ body }: Frame): Buffer[] {
  let at = 2;
  return Array.from({ length: body.readInt16BE(0) }, () => {
    const length = Math.max(body.readInt32BE(at), 0);
    const cell = body.subarray(at + 4, at + 4 + length);
    at += 4 + length;
    return cell;
  });
}
