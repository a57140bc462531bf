import { type Frame, frame } from './frames.js';

/** What is told between servers and machines themselves: that something is prepared, and that the next statement may come. */
const BETWEEN = '1Z';
/** Rows, and pieces of a COPY. */
const ROWS = 'Dd';

/** One answer out of those of several machines: what failed, else all rows, or the answer of the first where all did the same. */
export function answerOf(answers: readonly (readonly Frame[])[], didTheSame: boolean): Frame[] {
  const failure = answers.flat().find(({ type }) => type === 'E');
  if (failure) return [failure];
  const [first = [], ...others] = answers.map((frames) => frames.filter(({ type }) => !BETWEEN.includes(type)));
  if (didTheSame || others.length === 0) return first;
  const rows = others.flat().filter(({ type }) => ROWS.includes(type));
  const end = first.findIndex(({ type }) => type === 'c' || type === 'C');
  return [...first.slice(0, end), ...rows, ...first.slice(end).map((one) => (one.type === 'C' ? summed(answers) : one))];
}

export function hasRows(answer: readonly Frame[]): boolean {
  return answer.some(({ type }) => type === 'D');
}

/** That a statement was done, as PostgreSQL says it: of one with parameters beside that they were taken and that no rows come. */
export function done(command: string, isSimple: boolean): Frame[] {
  const complete = frame('C', command);
  return isSimple ? [complete] : [{ type: '2', body: Buffer.alloc(0) }, { type: 'n', body: Buffer.alloc(0) }, complete];
}

/** Why a statement was not done. */
export function failure(code: string, message: string): Frame {
  return { type: 'E', body: Buffer.from(`SERROR\0VERROR\0C${code}\0M${message}\0\0`) };
}

/** That the next statement may come: within a transaction (T), within a failed one (E), or not in one (I). */
export function ready(state: 'I' | 'T' | 'E'): Frame {
  return { type: 'Z', body: Buffer.from(state) };
}

/** `SELECT 3` and `SELECT 4` are `SELECT 7`. */
function summed(answers: readonly (readonly Frame[])[]): Frame {
  const commands = answers.flat().filter(({ type }) => type === 'C').map(({ body }) => body.toString('utf8', 0, body.length - 1));
  const rows = commands.map((command) => Number(/\d+$/.exec(command)?.[0] ?? 0)).reduce((sum, count) => sum + count, 0);
  return frame('C', commands[0]!.replace(/\d+$/, String(rows)));
}
