import pg from 'pg';
import type { TestServer } from './test-server.js';
import { until } from './until.js';

/** A statement with its values. */
type Change = readonly [text: string, values: readonly unknown[]];

const WAITING = `
  select from pg_locks
   where relation = $1::regclass and not granted and database = (select oid from pg_database where datname = current_database())`;

/** Lets `changes` be committed right before the `nth` transaction of `work` that uses the table. */
export async function beforeUse<T>(
  server: TestServer, table: string, nth: number, work: () => Promise<T>, changes: readonly Change[],
): Promise<T> {
  const holders = Array.from({ length: nth }, () => new pg.Client({ connectionString: server.databaseUrl }));
  await Promise.all(holders.map((holder) => holder.connect()));
  const hold = (holder: pg.Client) => holder.query(`begin; lock table ${table} in access exclusive mode`);
  const waiting = (count: number) => until(`${count} wait for ${table}`, async () => (await server.sql(WAITING, [table])).length === count);
  try {
    const [first, ...later] = holders as [pg.Client, ...pg.Client[]];
    await hold(first);
    const working = work();
    await waiting(1);
    let last = first;
    for (const next of later) {
      const held = hold(next);
      await waiting(2);
      await last.query('commit');
      await held;
      await waiting(1);
      last = next;
    }
    for (const [text, values] of changes) await last.query(text, [...values]);
    await last.query('commit');
    return await working;
  } finally {
    // Nobody waits for ever for what a failure left held.
    await Promise.all(holders.map((holder) => holder.end()));
  }
}
