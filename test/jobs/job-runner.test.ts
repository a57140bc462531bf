import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type Deleted, advisoryLock, Database } from '../../src/database/index.js';
import { entities } from '../../src/entities.js';
import { inBatches } from '../../src/jobs/job.js';
import { type Job, JobRunner, runJobs } from '../../src/jobs/index.js';
import { OperatorError } from '../../src/kernel/operator-error.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';
import { until } from '../setup/until.js';

let one: OpenDatabase;
let other: Database;
beforeAll(async () => {
  one = await openTestDatabase();
  other = await Database.open({ url: one.url }, entities, 5);
});
afterAll(async () => {
  await other.close();
  await one.close();
});

const runners: JobRunner[] = [];
afterEach(async () => {
  for (const runner of runners.splice(0)) await runner.stop();
});

/** The runner of a server that begins at once and rests hardly at all; `errors` gathers what it says. */
function started(
  database: Database, jobs: readonly Job[], times: { firstAfterMs?: number; everyMs?: number } = {}, errors: string[] = [],
): JobRunner {
  const runner = new JobRunner(database, jobs, { firstAfterMs: 1, everyMs: 1, ...times }, (message) => errors.push(message));
  runners.push(runner);
  runner.start();
  return runner;
}

const job = (name: string, run: Job['run']): Job => ({ name, description: name, run });
const never = new AbortController().signal;

/** A job that works until it is let go or told to stop, and says when it began and how it ended. */
function longJob(name = 'long') {
  const state = { begun: 0, ended: '' };
  let letGo = (): void => undefined;
  const run: Job['run'] = (signal) => new Promise((resolve) => {
    state.begun += 1;
    letGo = () => {
      state.ended = 'let go';
      resolve(1);
    };
    signal.addEventListener('abort', () => {
      state.ended = 'told to stop';
      resolve(0);
    });
  });
  return { ...job(name, run), state, letGo: () => letGo() };
}

/** The sessions that hold the lock of the jobs. */
const holders = (): Promise<{ pid: number }[]> =>
  one.sql<{ pid: number }>(`select pid from pg_locks where locktype = 'advisory' and objid = ${advisoryLock.jobs} and granted
    and database = (select oid from pg_database where datname = current_database())`);

describe('the jobs of two servers', () => {
  it('are never run by both at the same time, and by each in its turn', async () => {
    let running = 0;
    const seen = { running: new Set<number>(), holding: new Set<number>() };
    const runs = [0, 0];
    const counting = (server: number) => job('counting', async () => {
      seen.running.add(running += 1);
      seen.holding.add((await holders()).length);
      running -= 1;
      return (runs[server]! += 1);
    });
    started(one.database, [counting(0)]);
    started(other, [counting(1)]);
    await until('both servers have run their jobs', () => runs.every((count) => count >= 5));
    expect(seen).toEqual({ running: new Set([1]), holding: new Set([1]) });
  });

  it('wait for no other server: who comes while one runs them leaves it alone', async () => {
    const long = longJob();
    const first = runJobs(one.database, [long], never);
    await until('the job has begun', () => long.state.begun === 1);
    expect(await runJobs(other, [job('quick', async () => 1)], never)).toBeNull();
    long.letGo();
    expect(await first).toEqual([{ job: 'long', done: 1, error: null }]);
    expect(await runJobs(other, [job('quick', async () => 1)], never)).toEqual([{ job: 'quick', done: 1, error: null }]);
    expect(await holders()).toEqual([]);
  });

  it('pass to the other one when the first loses its connection, whose job is told to stop', async () => {
    const long = longJob();
    const after = longJob('after');
    const first = runJobs(one.database, [long, after], never).catch((error: unknown) => error);
    await until('the job has begun', () => long.state.begun === 1);
    const [held] = await holders();
    await one.sql('select pg_terminate_backend($1)', [held!.pid]);

    const failure = await first;
    expect(long.state.ended).toBe('told to stop');
    expect(after.state.begun).toBe(0);
    expect(failure).toBeInstanceOf(OperatorError);
    expect((failure as OperatorError).message).toBe('The connection that held the lock was lost: the work was ended early.');
    expect(await runJobs(other, [job('quick', async () => 1)], never)).toEqual([{ job: 'quick', done: 1, error: null }]);
  });
});

describe('a runner', () => {
  it('runs the jobs again and again, in their order', async () => {
    const order: string[] = [];
    const noting = (name: string): Job => job(name, async () => order.push(name));
    started(one.database, [noting('a'), noting('b')]);
    await until('three rounds are run', () => order.length >= 6);
    expect(order.slice(0, 6)).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
  });

  it('waits before the first run and between two runs', async () => {
    const began = performance.now();
    const times: number[] = [];
    started(one.database, [job('timed', async () => times.push(performance.now() - began))], { firstAfterMs: 200, everyMs: 300 });
    await until('two rounds are run', () => times.length === 2);
    expect(times[0]).toBeGreaterThanOrEqual(199);
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(299);
  });

  it('tells of a job that failed, runs the others all the same, and goes on', async () => {
    const errors: string[] = [];
    let good = 0;
    started(one.database, [
      job('bad', async () => {
        throw new Error('No luck.');
      }),
      job('good', async () => (good += 1)),
    ], {}, errors);
    await until('two failures are told', () => errors.length >= 2);
    expect(new Set(errors)).toEqual(new Set(['The job "bad" failed: No luck.']));
    expect(good).toBeGreaterThanOrEqual(2);
  });

  it('tells of a run that could not be made because the database lets nobody in, and goes on when it does', async () => {
    const errors: string[] = [];
    let done = 0;
    const name = new URL(one.url).pathname.slice(1);
    const administrator = new pg.Client({ connectionString: process.env['TEST_SERVER_URL'] });
    await administrator.connect();
    await administrator.query(`alter database "${name}" allow_connections false`);
    try {
      started(one.database, [job('patient', async () => (done += 1))], {}, errors);
      await until('two runs have failed', () => errors.length >= 2);
      expect(done).toBe(0);
    } finally {
      await administrator.query(`alter database "${name}" allow_connections true`);
      await administrator.end();
    }
    await until('a run is made', () => done > 0);
    expect(errors[0]).toBe(`The jobs could not be run: database "${name}" is not currently accepting connections.`);
  });

  it('stops after the batch under way, begins nothing more, and frees the lock', async () => {
    const batches: string[] = [];
    let endBatch = (): void => undefined;
    const slow = job('slow', (signal) => inBatches(signal, (size) => {
      batches.push('begun');
      return new Promise((resolve) => {
        endBatch = () => {
          batches.push('ended');
          resolve({ done: size, more: true });
        };
      });
    }));
    const next = longJob('next');
    const runner = started(one.database, [slow, next]);
    await until('the batch has begun', () => batches.length === 1);
    let stopped = false;
    const stopping = runner.stop().then(() => void (stopped = true));
    await holders();
    expect(stopped).toBe(false);
    endBatch();
    await stopping;
    expect(batches).toEqual(['begun', 'ended']);
    expect(next.state.begun).toBe(0);
    expect(await holders()).toEqual([]);
  });

  it('stops at once while it waits, and also when it was never started', async () => {
    const idle = new JobRunner(one.database, [], { firstAfterMs: 60_000, everyMs: 60_000 }, () => undefined);
    await idle.stop();
    const waiting = started(one.database, [], { firstAfterMs: 60_000 });
    const began = performance.now();
    await waiting.stop();
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('work in batches', () => {
  it.each([
    [[0], 0],
    [[499], 499],
    [[500, 0], 500],
    [[500, 500, 200], 1_200],
  ])('of %j is done until there is no more', async (sizes, all) => {
    const left = [...sizes];
    expect(await inBatches(never, async () => ({ done: left.shift()!, more: left.length > 0 }))).toBe(all);
    expect(left).toEqual([]);
  });

  it('ends after the batch during which it is told to, and does none when told before', async () => {
    const stop = new AbortController();
    let batches = 0;
    const batch = async (size: number): Promise<Deleted> => {
      batches += 1;
      if (batches === 2) stop.abort();
      return { done: size, more: true };
    };
    expect(await inBatches(stop.signal, batch)).toBe(1_000);
    expect(await inBatches(stop.signal, batch)).toBe(0);
    expect(batches).toBe(2);
  });
});
