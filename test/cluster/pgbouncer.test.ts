import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Database } from '../../src/database/index.js';
import { entities } from '../../src/entities.js';
import { ask, cleanUp, killAll, runCli, runServer, type ServerProcess, startServer, until } from '../setup/processes.js';
import { attach, fill, mutate, publish, save, view } from './world/client.js';
import { endPrograms } from './world/debian.js';
import { startPgBouncer } from './world/pgbouncer.js';
import { PostgresServer } from './world/postgres.js';

/** How many calls there are at once: far more than PgBouncer has connections. */
const AT_ONCE = 40;

const POOLED = /^The database of DATABASE_URL \(.*\) is reached by a pooler of transactions: set DATABASE_DIRECT_URL to PostgreSQL itself\.\n$/;
/** What a pooler of sessions has to pass over. */
const IGNORED = 'statement_timeout, idle_in_transaction_session_timeout';

let postgres: PostgresServer;
let pooler: string;
let server: ServerProcess;
let keys: string[];

beforeAll(async () => {
  postgres = await PostgresServer.create();
  keys = await fill(postgres.url, {}, { payment: 'prepaid', licenseLimit: 25 });
  pooler = await startPgBouncer(postgres);
  server = await startServer({
    DATABASE_URL: pooler, DATABASE_DIRECT_URL: postgres.url, DATABASE_POOL_SIZE: '30', LOG_LEVEL: 'warn', RATE_LIMIT_STORE: 'postgres',
  });
});
afterAll(async () => {
  await cleanUp();
  await endPrograms();
});

describe('PgBouncer that pools transactions', () => {
  it('lets many save, attach and read at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: AT_ONCE }, async (_, user) => {
      const resultKey = await save(server.url);
      const outcome = await attach(server.url, keys[0]!, `user-${user}`, resultKey);
      const report = await fetch(new URL(`/results/${resultKey}.json`, server.url));
      return `${outcome} ${report.status}`;
    }));
    expect(new Set(outcomes)).toEqual(new Set(['AttachResultSuccess 200']));
    expect(await view(server.url, keys[0]!)).toEqual({ users: AT_ONCE, results: AT_ONCE, issued: AT_ONCE });
  });

  it('keeps limits exact', async () => {
    const outcomes = await Promise.all(Array.from({ length: AT_ONCE }, (_, user) => attach(server.url, keys[1]!, `user-${user}`)));
    expect(outcomes.filter((outcome) => outcome === 'AttachResultSuccess')).toHaveLength(25);
    expect(outcomes.filter((outcome) => outcome === 'LicenseLimitReachedProblem')).toHaveLength(AT_ONCE - 25);
  });

  it('lets a save be repeated', async () => {
    const input = { test: 'cluster', answers: [{ questionId: '11', values: ['1'] }, { questionId: '3', values: ['2'] }, { questionId: '7', values: ['0'] }],
      idempotencyKey: '0b6f8a4e-5c0b-4f57-9d6c-0d8f3a1c2e4b' };
    const saved = await Promise.all(Array.from({ length: 10 }, () =>
      mutate(server.url, 'saveProgress', 'SaveProgressInput', '... on SaveProgressSuccess { resultKey }', input)));
    expect(new Set(saved.map(({ resultKey }) => resultKey as string)).size).toBe(1);
  });

  it('brings notices of published tests, which come directly', async () => {
    const database = await Database.open({ url: postgres.url }, entities, 1);
    await publish(database, 'published-later');
    await database.close();
    await until(async () => {
      const { data } = await ask(server.url, '{ test(slug: "published-later") { slug } }');
      return data?.test ? true : undefined;
    });
  });

  it('ends a statement that waits too long', async () => {
    const strict = await startPgBouncer(postgres, { connectQuery: 'set statement_timeout = 1000' });
    const other = await startServer({ DATABASE_URL: strict, DATABASE_DIRECT_URL: postgres.url, STATEMENT_TIMEOUT: '1', LOG_LEVEL: 'silent' });
    const holder = new pg.Client({ connectionString: postgres.url });
    await holder.connect();
    await holder.query(`begin; select from client where slug = 'client-0' for update`);
    await expect(attach(other.url, keys[0]!, 'late')).rejects.toThrow('DEADLINE_EXCEEDED');
    await holder.end();
    // On a busy machine what nobody holds up may take longer as well.
    expect(await until(() => attach(other.url, keys[0]!, 'late').catch(passed))).toBe('AttachResultSuccess');
  });

  it.each([
    ['no limit', 'select 1', 'any time'],
    ['a limit that is too long', 'set statement_timeout = 60000', '60000 ms'],
  ])('has to limit statements: %s is told', async (_, connectQuery, told) => {
    const other = await startPgBouncer(postgres, { connectQuery });
    const ended = await runServer({ DATABASE_URL: other, DATABASE_DIRECT_URL: postgres.url });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(`lets a statement take ${told}. Let it end statements after STATEMENT_TIMEOUT (15000 ms) or earlier`);
  });

  it('has to lead to the database of DATABASE_DIRECT_URL', async () => {
    await postgres.sql('create database other');
    const ended = await runServer({ DATABASE_URL: pooler, DATABASE_DIRECT_URL: Object.assign(new URL(postgres.url), { pathname: '/other' }).href });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('DATABASE_URL and DATABASE_DIRECT_URL lead to different databases');
  });

  it.each([
    ['sets no limit for us', {}],
    ['passes over what it cannot set', { ignored: IGNORED }],
  ])('is told of where it is not said that it pools, and it %s: nothing was done', async (_, settings) => {
    await killAll();
    const [database, other] = [`new_${randomUUID().replaceAll('-', '')}`, await startPgBouncer(postgres, settings)];
    await postgres.sql(`create database ${database}`);
    const ended = await runServer({ DATABASE_URL: Object.assign(new URL(other), { pathname: `/${database}` }).href });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(POOLED);
    expect(await postgres.sql('select from pg_tables where schemaname = $1', ['public'], database)).toEqual([]);
  });

  it('is told of while others use it', async () => {
    const lenient = await startPgBouncer(postgres, { ignored: IGNORED });
    const stop = new AbortController();
    const users = Promise.all(Array.from({ length: 8 }, () => askUntil(lenient, stop.signal)));
    for (let time = 0; time < 5; time += 1) {
      const ended = await runServer({ DATABASE_URL: lenient });
      expect(ended.stderr).toMatch(POOLED);
    }
    stop.abort();
    await users;
  });

  it('is told of by a command', async () => {
    const ended = await runCli(['jobs', 'run'], { DATABASE_URL: pooler });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(POOLED);
    expect(await postgres.sql(`select from pg_locks where locktype = 'advisory'`)).toEqual([]);
  });

  it('of sessions serves without anything beside, and is told what to pass over', async () => {
    const sessions = { mode: 'session', connections: 40 } as const;
    const strict = await runServer({ DATABASE_URL: await startPgBouncer(postgres, sessions) });
    expect(strict.stderr).toContain(`Let PgBouncer pass over it (ignore_startup_parameters = ${IGNORED}).`);
    const other = await startServer({ DATABASE_URL: await startPgBouncer(postgres, { ...sessions, ignored: IGNORED }), LOG_LEVEL: 'silent' });
    expect(await attach(other.url, keys[0]!, 'of-a-session')).toBe('AttachResultSuccess');
  });
});

/** Passes over a failure that says that it took too long. */
function passed(error: Error): undefined {
  if (!error.message.includes('DEADLINE_EXCEEDED')) throw error;
}

/** Asks by a connection of its own until it is told to stop. */
async function askUntil(url: string, stop: AbortSignal): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  while (!stop.aborted) await client.query('select pg_sleep(0.001)');
  await client.end();
}
