import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { cleanUp, killAll, PATIENT, type ServerProcess, startServer, until } from '../setup/processes.js';
import { Way } from '../setup/way.js';
import { attach, fill, save, view } from './world/client.js';
import { endPrograms } from './world/debian.js';
import { METRICS_KEY, metric } from './world/metrics.js';
import { PostgresServer } from './world/postgres.js';
import { ROUNDS } from './settings.js';

/** How long a read waits in these tests for its replica: long enough for one that keeps up, on a slow machine too. */
const WAIT_MS = 10_000;
/** How much later one comes that keeps up all the same. */
const DELAY_MS = 100;

let primary: PostgresServer;
let standby: PostgresServer;
/** Between servers and the standby. */
let way: Way;
let servers: ServerProcess[] = [];
let key: string;
let user = 0;

beforeAll(async () => {
  primary = await PostgresServer.create();
  [key] = await fill(primary.url, {}) as [string];
  standby = await PostgresServer.standbyOf(primary);
  way = await Way.open(() => ({ host: '127.0.0.1', port: standby.port }));
});
afterEach(async () => {
  await killAll();
  servers = [];
  await way.become({ kind: 'open' });
  if (!standby.isRunning) await standby.start();
  await standby.sql('select pg_wal_replay_resume()');
  await standby.sql('alter system reset recovery_min_apply_delay');
  await standby.sql('select pg_reload_conf()');
});
afterAll(async () => {
  await cleanUp();
  await way.close();
  await endPrograms();
});

const byTheWay = (): string => Object.assign(new URL(standby.url), { port: String(way.port) }).href;

async function start(environment: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await startServer({
    DATABASE_URL: primary.url, DATABASE_REPLICA_URLS: byTheWay(), REPLICA_WAIT: String(WAIT_MS), METRICS_KEY, LOG_LEVEL: 'info',
    RATE_LIMIT_CLIENT: '0', RATE_LIMIT_ADDRESS: '0', ...environment,
  });
  servers.push(server);
  return server;
}

const reads = (server: ServerProcess, outcome: string, name = `127.0.0.1:${way.port}`): Promise<number> =>
  metric(server.url, `testodrom_replica_reads_total{replica="${name}",outcome="${outcome}"}`);
const isUsed = (server: ServerProcess, name = `127.0.0.1:${way.port}`): Promise<number> =>
  metric(server.url, `testodrom_replica_used{replica="${name}"}`);
const untilUsed = (server: ServerProcess, used: number, name?: string): Promise<true> =>
  until(async () => ((await isUsed(server, name)) === used || undefined));

/** Looks at a client until the replica has answered so many of its three reads; it may be left out for a moment on a busy machine. */
function untilAnswers(server: ServerProcess, least: number): Promise<true> {
  return until(async () => {
    const before = await reads(server, 'answered');
    expect(await view(server.url, key)).toEqual(all());
    return await reads(server, 'answered') >= before + least || undefined;
  });
}

/** Attaches a result to somebody new, so that there is one more of everything. */
async function more(server: ServerProcess): Promise<void> {
  expect(await attach(server.url, key, `user-${user += 1}`)).toBe('AttachResultSuccess');
}

/** What a client that has done so much sees. */
const all = (): object => ({ users: user, results: user, issued: user });

describe('a replica', () => {
  it('answers lists, counts and statistics', async () => {
    const server = await start();
    await untilUsed(server, 1);
    await more(server);
    await untilAnswers(server, 3);
    expect(await reads(server, 'behind')).toBe(0);
    const asked = await standby.sql<{ query: string }>(`select query from pg_stat_activity where application_name = 'testodrom'`);
    expect(asked.map(({ query }) => query).join('\n')).toMatch(/from client_user|from result/);
  });

  it('answers a client nothing that was true before its own writes, whichever server it asks', async () => {
    const [one, two] = [await start(), await start()];
    for (const server of servers) await untilUsed(server, 1);
    for (let round = 0; round < 20 * ROUNDS; round += 1) {
      const [writes, asked] = round % 2 === 0 ? [one, two] : [two, one];
      await more(writes);
      expect(await view(asked.url, key)).toEqual(all());
    }
    expect(await reads(one, 'answered') + await reads(two, 'answered')).toBeGreaterThan(20 * ROUNDS);
  });

  it('is waited for when it comes a little later', async () => {
    await standby.sql(`alter system set recovery_min_apply_delay = '${DELAY_MS}ms'`);
    await standby.sql('select pg_reload_conf()');
    const server = await start();
    await untilUsed(server, 1);
    for (let round = 0; round < 3 * ROUNDS; round += 1) {
      await more(server);
      expect(await view(server.url, key)).toEqual(all());
    }
    expect(await reads(server, 'answered')).toBeGreaterThan(0);
  });

  it('is left out while it is behind, and used again when it has caught up', async () => {
    const server = await start({ REPLICA_WAIT: '50' });
    await untilUsed(server, 1);
    await standby.sql('select pg_wal_replay_pause()');
    await more(server);
    expect(await view(server.url, key)).toEqual(all());
    await untilUsed(server, 0);
    await more(server);
    expect(await view(server.url, key)).toEqual(all());
    expect(server.stdout()).toContain(`No reads go to the replica 127.0.0.1:${way.port}: it is behind`);

    await standby.sql('select pg_wal_replay_resume()');
    await untilUsed(server, 1);
    await untilAnswers(server, 1);
  });

  it('that is killed costs nobody an answer, and is used again when it is back', async () => {
    const server = await start();
    await more(server);
    const stop = new AbortController();
    const asking = askAllTheTime(server, stop.signal);
    await standby.stop('SIGKILL');
    await untilUsed(server, 0);
    await standby.start();
    await untilUsed(server, 1);
    stop.abort();
    expect(await asking).toBeGreaterThan(0);
  });

  it('that swallows everything costs nobody an answer, and holds no read up for long', async () => {
    // Who waits as long as a statement may take waits for longer than this test.
    const server = await start({ STATEMENT_TIMEOUT: '600', REQUEST_DEADLINE: '600' });
    await untilUsed(server, 1);
    await more(server);
    const stop = new AbortController();
    const asking = askAllTheTime(server, stop.signal);
    await way.become({ kind: 'black hole' });
    await untilUsed(server, 0);
    const begun = performance.now();
    expect(await view(server.url, key)).toEqual(all());
    expect(performance.now() - begun).toBeLessThan(30_000);
    await way.become({ kind: 'open' });
    await untilUsed(server, 1);
    stop.abort();
    expect(await asking).toBeGreaterThan(0);
  });

  it('that reads for long is none that is gone, though all connections to it are busy', async () => {
    const server = await start({ DATABASE_POOL_SIZE: '2', ...PATIENT });
    await untilUsed(server, 1);
    await more(server);
    await standby.sql('select pg_wal_replay_pause()');
    const holder = new pg.Client({ connectionString: primary.url });
    await holder.connect();
    await holder.query('begin; lock table client_user in access exclusive mode');
    await standby.sql('select pg_wal_replay_resume()');
    // By itself the primary may take a quarter of a minute to tell of the lock. Once it is on the standby too, reads of it wait there.
    await primary.sql('checkpoint');
    await until(async () => (await standby.sql(`select from pg_locks where mode = 'AccessExclusiveLock' and relation = 'client_user'::regclass`)).length === 1 || undefined);
    const views = [view(server.url, key), view(server.url, key)];
    await sleep(3_000);
    expect(await isUsed(server)).toBe(1);
    await holder.query('rollback');
    await holder.end();
    expect(await Promise.all(views)).toEqual([all(), all()]);
    expect(server.stdout()).not.toContain('No reads go to the replica');
  });

  it('need not be there when the server starts', async () => {
    await way.become({ kind: 'closed' });
    const server = await start();
    await more(server);
    expect(await view(server.url, key)).toEqual(all());
    expect(await isUsed(server)).toBe(0);
    await way.become({ kind: 'open' });
    await untilUsed(server, 1);
  });

  it('is asked by each worker', async () => {
    const server = await start({ WORKERS: '2' });
    await more(server);
    await untilUsed(server, 1);
    for (let round = 0; round < 10; round += 1) expect(await view(server.url, key)).toEqual(all());
    await untilAnswers(server, 1);
  });

  it('does not answer reports, nor what is checked before something is written', async () => {
    await standby.sql('select pg_wal_replay_pause()');
    const server = await start();
    const resultKey = await save(server.url);
    expect(await attach(server.url, key, `user-${user += 1}`, resultKey)).toBe('AttachResultSuccess');
    const report = await fetch(new URL(`/results/${resultKey}.json`, server.url));
    expect(await report.json()).toMatchObject({ SUM: 3 });
  });
});

describe('what is no replica', () => {
  let foreign: PostgresServer;
  beforeEach(async () => {
    foreign = await PostgresServer.create();
  });
  afterEach(() => foreign.stop());

  it.each([
    ['the primary itself', () => primary, 'it is no standby'],
    ['another PostgreSQL', () => foreign, 'it is no copy of the primary'],
    ['a standby whose tables the role may not read', () => standby, 'its role may not read the tables'],
  ])('is not read from: %s', async (_, other, reason) => {
    await primary.sql('drop role if exists stranger; create role stranger login');
    const url = reason.includes('role') ? other().url.replace('postgres@', 'stranger@') : other().url;
    const server = await start({ DATABASE_REPLICA_URLS: url });
    await more(server);
    expect(await view(server.url, key)).toEqual(all());
    const name = `127.0.0.1:${other().port}`;
    expect(await reads(server, 'answered', name)).toBe(0);
    expect(server.stdout()).toContain(`No reads go to the replica ${name}: ${reason}`);
  });
});

/** Asks for lists until it is told to stop; gives how often. Each answer has to be right. */
async function askAllTheTime(server: ServerProcess, stop: AbortSignal): Promise<number> {
  let asked = 0;
  for (; !stop.aborted; asked += 1) expect(await view(server.url, key)).toEqual(all());
  return asked;
}
