import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, cleanUp, type ServerProcess, startServer, until } from '../setup/processes.js';
import { attach, fill, publish, save, view } from './world/client.js';
import { endPrograms } from './world/debian.js';
import { METRICS_KEY, metric } from './world/metrics.js';
import { PostgresServer } from './world/postgres.js';
import { Database } from '../../src/database/index.js';
import { entities } from '../../src/entities.js';

let primary: PostgresServer;
let standby: PostgresServer;
let server: ServerProcess;
let key: string;

beforeEach(async () => {
  primary = await PostgresServer.create();
  [key] = await fill(primary.url, {}) as [string];
  standby = await PostgresServer.standbyOf(primary);
  await primary.sql(`alter system set synchronous_standby_names = '*'`);
  await primary.sql('select pg_reload_conf()');
});
afterEach(async () => {
  await cleanUp();
  await endPrograms();
});
afterAll(cleanUp);

/** The standby first: who comes first does not matter. */
const bothHosts = (): string => `postgres://postgres@127.0.0.1:${standby.port},127.0.0.1:${primary.port}/testodrom?target_session_attrs=read-write`;

async function start(environment: Record<string, string> = {}): Promise<void> {
  server = await startServer({
    DATABASE_URL: bothHosts(), DATABASE_REPLICA_URLS: `${primary.url},${standby.url}`, REPLICA_WAIT: '500', METRICS_KEY, LOG_LEVEL: 'warn',
    RATE_LIMIT_CLIENT: '0', RATE_LIMIT_ADDRESS: '0', ...environment,
  });
}

/** Which waits for no standby of its own. */
async function promoteStandby(): Promise<void> {
  standby.promote();
  await standby.sql('alter system reset synchronous_standby_names');
  await standby.sql('select pg_reload_conf()');
}

const isUsed = (replica: PostgresServer): Promise<number> => metric(server.url, `testodrom_replica_used{replica="127.0.0.1:${replica.port}"}`);
const untilUsed = (replica: PostgresServer): Promise<true> => until(async () => ((await isUsed(replica)) === 1 || undefined));

describe('a URL of several hosts', () => {
  it.each([['1'], ['2']])('follows the primary when a standby takes over, in a server with %s workers', async (WORKERS) => {
    await start({ WORKERS });
    await untilUsed(standby);
    const outcomes: string[] = [];
    const stop = new AbortController();
    const working = attachAllTheTime(outcomes, stop.signal);
    await until(() => outcomes.length > 20 || undefined);

    await primary.stop('SIGQUIT');
    await until(() => outcomes.some((outcome) => outcome !== 'attached') || undefined);
    await promoteStandby();
    const promoted = outcomes.length;
    await until(() => outcomes.slice(promoted).filter((outcome) => outcome === 'attached').length > 20 || undefined);
    stop.abort();
    await working;

    // Whatever was acknowledged is there, and errors said that trying again helps.
    const attached = outcomes.filter((outcome) => outcome === 'attached').length;
    expect(await view(server.url, key)).toEqual({ users: attached, results: attached, issued: attached });
    // A commit may have waited too long for its standby.
    expect(outcomes.filter((outcome) => !['attached', 'UNAVAILABLE', 'DEADLINE_EXCEEDED'].includes(outcome))).toEqual([]);
  });

  it.each([['ends', 'SIGQUIT'], ['says nothing any more', 'SIGSTOP']] as const)('brings notices of published tests from the new primary when the old one %s', async (_, signal) => {
    await start();
    if (signal === 'SIGSTOP') primary.freeze();
    else await primary.stop(signal);
    await promoteStandby();
    const database = await Database.open({ url: bothHosts() }, entities, 1);
    await publish(database, 'published-later');
    await database.close();
    await until(async () => {
      const { data } = await ask(server.url, '{ test(slug: "published-later") { slug } }');
      return data?.test ? true : undefined;
    });
  });

  it('reads from the old primary again when that has become a standby', async () => {
    await start();
    await primary.stop('SIGQUIT');
    await promoteStandby();
    await primary.becomeStandbyOf(standby);
    await untilUsed(primary);
    expect(await isUsed(standby)).toBe(0);
    expect(await attach(server.url, key, 'later')).toBe('AttachResultSuccess');
    expect(await view(server.url, key)).toEqual({ users: 1, results: 1, issued: 1 });
  });

  it('reads from another standby that follows the new primary, when that has shown that it does', async () => {
    const other = await PostgresServer.standbyOf(primary);
    await start({ DATABASE_REPLICA_URLS: other.url });
    await untilUsed(other);
    await primary.stop('SIGQUIT');
    await promoteStandby();
    await other.follow(standby);
    await until(() => server.stdout().includes('it has not followed the promotion of the primary yet') || undefined);
    await attach(server.url, key, 'later');
    await standby.sql('checkpoint');
    await until(async () => {
      await other.sql('checkpoint');
      return (await isUsed(other)) === 1 || undefined;
    });
    expect(await view(server.url, key)).toEqual({ users: 1, results: 1, issued: 1 });
  });

  it('tells of each host why it is no primary', async () => {
    await primary.stop('SIGQUIT');
    const failed = startServer({ DATABASE_URL: bothHosts() });
    await expect(failed).rejects.toThrow(
      `no primary answers: 127.0.0.1:${standby.port} is a standby; 127.0.0.1:${primary.port}: connect ECONNREFUSED`);
  });
});

/** Attaches results of somebody new until it is told to stop; a failure is noted by its code, and tried again for the same. */
async function attachAllTheTime(outcomes: string[], stop: AbortSignal): Promise<void> {
  for (let user = 0; !stop.aborted; user += 1) {
    let resultKey: string | null = null;
    for (let done = false; !done;) {
      try {
        resultKey ??= await save(server.url);
        await attach(server.url, key, `user-${user}`, resultKey);
        outcomes.push('attached');
        done = true;
      } catch (error) {
        outcomes.push(/"code":"(\w+)"/.exec((error as Error).message)?.[1] ?? String(error));
        await sleep(50);
      }
    }
  }
}
