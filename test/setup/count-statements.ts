import pg from 'pg';
import { PLAN_ONCE } from '../../src/database/planned-once-client.js';

/** What was sent to PostgreSQL: a named statement with its values, or a text alone. */
export interface SentQuery {
  readonly text: string;
  readonly name?: string;
  readonly values?: readonly unknown[];
}

/** What was sent to PostgreSQL while `work` ran: the names of named statements, the text of others, as they come. */
export async function statementsOf(work: (sent: readonly string[]) => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  await whileSeen(({ name, text }) => sent.push(name ?? text), () => work(sent));
  return sent;
}

/** The named statements that were sent to PostgreSQL while `work` ran, with their values. */
export async function namedQueriesOf(work: () => Promise<unknown>): Promise<Required<SentQuery>[]> {
  const sent: Required<SentQuery>[] = [];
  await whileSeen(({ name, text, values = [] }) => name !== undefined && sent.push({ name, text, values }), work);
  return sent;
}

async function whileSeen(see: (query: SentQuery) => unknown, work: () => Promise<unknown>): Promise<void> {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its client below
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function counted(this: pg.Client, ...args: [string | SentQuery]) {
    const [first] = args;
    // Whoever happens to need a new connection.
    if (first !== PLAN_ONCE) see(typeof first === 'string' ? { text: first } : first);
    return query.apply(this, args as never) as never;
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
}
