import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Database } from '../../src/database/index.js';
import { entities } from '../../src/entities.js';
import { freePort } from '../setup/free-port.js';
import { ask, cleanUp, type ServerProcess, startServer, until } from '../setup/processes.js';
import { ROUNDS } from './settings.js';
import { attach, fill, publish, save, view } from './world/client.js';
import { endPrograms } from './world/debian.js';
import { isUp, startHaproxy } from './world/haproxy.js';
import { PostgresServer } from './world/postgres.js';

const SERVERS = 3;
/** How many licenses a client of a round has, and how many callers want one at once. */
const LICENSES = 50;
const CALLERS = 120;
/** How long it may take to restart all of them, in milliseconds. */
const RESTART_LIMIT_MS = 120_000;

let postgres: PostgresServer;
let ports: number[];
let servers: ServerProcess[];
/** GraphQL, by HAProxy. */
let url: string;
let keys: string[];

beforeAll(async () => {
  postgres = await PostgresServer.create();
  const ofRounds = Array.from({ length: ROUNDS }, () => ({ payment: 'prepaid' as const, licenseLimit: LICENSES }));
  keys = await fill(postgres.url, {}, ...ofRounds);
  ports = await Promise.all(Array.from({ length: SERVERS }, freePort));
  servers = await Promise.all(ports.map((port) => start(port)));
  url = `${await startHaproxy(ports)}/graphql`;
});
afterAll(async () => {
  await cleanUp();
  await endPrograms();
});

/** A minute is a second for the background jobs and for the delay, which is five seconds: HAProxy needs half of one to hear of a stop. */
const start = (port: number): Promise<ServerProcess> => startServer({
  DATABASE_URL: postgres.url, PORT: String(port), SHUTDOWN_DELAY: '300', JOB_INTERVAL_MINUTES: '1', LOG_LEVEL: 'warn',
  RATE_LIMIT_CLIENT: '0', RATE_LIMIT_ADDRESS: '0', NODE_OPTIONS: '--import=./test/setup/hurried-sleep.mjs',
});

const all = <T>(work: (place: number) => Promise<T>, count: number): Promise<T[]> => Promise.all(Array.from({ length: count }, (_, place) => work(place)));

describe(`${SERVERS} servers on one database behind HAProxy`, () => {
  it('issue exactly as many licenses as were bought, whoever is asked', async () => {
    for (const key of keys.slice(1)) {
      const results = await all(() => save(url), CALLERS);
      const outcomes = await all((place) => attach(url, key, `user-${place}`, results[place]), CALLERS);
      expect(outcomes.filter((outcome) => outcome === 'AttachResultSuccess')).toHaveLength(LICENSES);
      expect(outcomes.filter((outcome) => outcome === 'LicenseLimitReachedProblem')).toHaveLength(CALLERS - LICENSES);
      expect(await view(url, key)).toEqual({ users: LICENSES, results: LICENSES, issued: LICENSES });
    }
  });

  it('share the work', async () => {
    const answered = await all(async () => (await fetch(url.replace('/graphql', '/healthz'))).status, 30);
    expect(new Set(answered)).toEqual(new Set([200]));
    const sessions = await postgres.sql<{ port: number }>(`select distinct client_port as port from pg_stat_activity where application_name = 'testodrom listener'`);
    expect(sessions).toHaveLength(SERVERS);
  });

  it('all learn of a published test, at the quickest within a second', async () => {
    const database = await Database.open({ url: postgres.url }, entities, 1);
    const delays: number[] = [];
    for (let round = 0; round < Math.max(ROUNDS, 3); round += 1) {
      const slug = `published-${round}`;
      await publish(database, slug);
      const published = performance.now();
      for (const server of servers) {
        await until(async () => (await ask(server.url, `{ test(slug: "${slug}") { slug } }`)).data.test ?? undefined);
      }
      delays.push(performance.now() - published);
    }
    // Of several, because a machine that is busy with something else may take its time with one.
    expect(Math.min(...delays)).toBeLessThan(1_000);
    await database.close();
  });

  it('run the background jobs one at a time', async () => {
    const holder = new pg.Client({ connectionString: postgres.url });
    await holder.connect();
    await holder.query('begin; lock table result in access exclusive mode');
    const waiting = async (): Promise<number> =>
      (await postgres.sql(`select from pg_locks where relation = 'result'::regclass and not granted`)).length;
    await until(async () => await waiting() > 0 || undefined);
    // Each would come to its jobs three times.
    for (const end = performance.now() + 4_000; performance.now() < end; await sleep(100)) expect(await waiting()).toBe(1);
    await holder.query('rollback');
    await holder.end();
  });

  it('are restarted one after another without a failed request', async () => {
    const stop = new AbortController();
    const working = all((place) => workAllTheTime(`worker-${place}`, stop.signal), 8);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [place, port] of ports.entries()) {
        await servers[place]!.stop();
        servers[place] = await start(port);
        await until(async () => await isUp(url, place) || undefined);
      }
    }
    stop.abort();
    const attached = (await working).flat();
    expect(attached.length).toBeGreaterThan(50);
    expect(new Set(attached)).toEqual(new Set(['AttachResultSuccess']));
  }, RESTART_LIMIT_MS + ROUNDS * RESTART_LIMIT_MS);
});

/** Attaches one result after another until it is told to stop; gives the outcomes. Nothing is tried twice. */
async function workAllTheTime(user: string, stop: AbortSignal): Promise<string[]> {
  const outcomes: string[] = [];
  while (!stop.aborted) outcomes.push(await attach(url, keys[0]!, user).catch(String));
  return outcomes;
}
