import pg from 'pg';

interface Query {
  readonly text?: string;
  readonly name?: string;
}

/** What was sent to PostgreSQL while `work` ran: the names of named statements, the text of others, as they come. */
export async function statementsOf(work: (sent: readonly string[]) => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function counted(this: pg.Client, ...args: [string | Query]) {
    const [first] = args;
    sent.push(typeof first === 'string' ? first : (first.name ?? first.text ?? ''));
    return query.apply(this, args as never) as never;
  } as typeof query;
  try {
    await work(sent);
  } finally {
    pg.Client.prototype.query = query;
  }
  return sent;
}
