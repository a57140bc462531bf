import { OperatorError } from '../../kernel/operator-error.js';
import { advisoryLock } from '../advisory-lock.js';
import type { Database } from '../database.js';
import { isRefusal, outageOf, reasonOf } from '../errors.js';
import { migrations } from '../migrations/index.js';
import { onSession } from '../session.js';
import { storedMigrations, unknownMigrations } from '../stored-migrations.js';
import { IS_SPREAD } from './is-spread.js';
import { layout } from './layout.js';
import { distributionPlan, type Plan, type Run } from './plan.js';

/** Waits for a table that somebody uses no longer than all others may wait behind it. */
export const BEGIN = `begin; set local lock_timeout = '5s'`;

/** What `distribute` would run; an `OperatorError` says why it could not. Nothing is changed, and Citus need not be there. */
export async function planDistribution(database: Database): Promise<Plan> {
  const run: Run = (sql) => database.em().execute(sql);
  await refuseOtherVersion(run);
  if (await hasCitus(run)) await refuseDistributed(run);
  await refusePrepared(run);
  return distributionPlan(run);
}

/**
 * Spreads the tables over the machines of Citus, in one transaction: whatever ends it early leaves the database as it was. No server
 * may be connected. An `OperatorError` says what to mend.
 */
export async function distribute(database: Database): Promise<void> {
  await database.exclusively(advisoryLock.migration, async () => {
    const plan = await planDistribution(database);
    await onSession(database.connection, 'testodrom distribute', async (client) => {
      const run: Run = async <Row>(sql: string) => (await client.query(sql)).rows as Row[];
      await refuseWithoutCitus(run);
      await refuseServers(run);
      await follow(plan, run);
      // Statements are planned by what the tables hold, which PostgreSQL would notice later.
      await run('analyze');
    });
  });
}

async function follow({ preparing, spreading }: Plan, run: Run): Promise<void> {
  try {
    for (const sql of [BEGIN, ...preparing, ...spreading, 'commit']) await run(sql);
  } catch (error) {
    if (!isRefusal(error) && outageOf(error) === null) throw error;
    throw new OperatorError(`The database cannot be distributed: ${reasonOf(error)}. Nothing was changed.`);
  }
}

async function refuseOtherVersion(run: Run): Promise<void> {
  const stored = await storedMigrations(run);
  const [newer] = unknownMigrations(stored);
  if (newer !== undefined) throw new OperatorError(`The database is of a newer version, which ran "${newer}": use the command of that version.`);
  const missing = migrations.find(({ name }) => !stored.includes(name));
  if (!missing) return;
  throw new OperatorError(`The database lacks "${missing.name}": start a server of this version on it once, which brings it up to date.`);
}

async function refuseWithoutCitus(run: Run): Promise<void> {
  if (await hasCitus(run)) return;
  throw new OperatorError(
    'The database has no extension "citus": run "create extension citus" in it on all machines, and make them known to this one with '
    + 'citus_set_coordinator_host and citus_add_node. With --print the command writes the SQL that it would run.',
  );
}

async function hasCitus(run: Run): Promise<boolean> {
  return (await run(`select from pg_extension where extname = 'citus'`)).length > 0;
}

async function refuseDistributed(run: Run): Promise<void> {
  const [done] = await run<{ table: string }>(`
    select c.relname as table
      from pg_dist_partition p
      join pg_class c on c.oid = p.logicalrelid
     where c.relnamespace = current_schema()::regnamespace and c.relname in (${Object.keys(layout).map((table) => `'${table}'`).join()})
     limit 1`);
  if (done) throw new OperatorError(`The database is distributed already: Citus has its table "${done.table}".`);
}

/** Keeps servers out until the end of the session. */
async function refuseServers(run: Run): Promise<void> {
  const [locked] = await run<{ is: boolean }>(`select pg_try_advisory_lock(${advisoryLock.servers}) as is`);
  if (!locked!.is) throw new OperatorError('A server is connected to the database: stop all servers, and start them again afterwards.');
}

/** Who ran the first part of the SQL alone has to go on with the second. */
async function refusePrepared(run: Run): Promise<void> {
  const [prepared] = await run<{ is: boolean }>(IS_SPREAD);
  if (!prepared!.is) return;
  throw new OperatorError('The tables are prepared already, but not distributed: run the part with Citus of what --print wrote before.');
}
