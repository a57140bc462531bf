import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import type { App } from '../../src/app.js';
import { startTestServer, type TestServer } from '../setup/test-server.js';
import { together } from '../setup/together.js';
import { until } from '../setup/until.js';
import { whileHeld } from '../setup/while-held.js';

/** Costs 2 points, and is charged 50. */
const CHEAP = '{ test(slug: "free") { length } }';
const VIEWER = '{ viewer { slug } }';
const LIMITS = { RATE_LIMIT_CLIENT: '2500', RATE_LIMIT_ADDRESS: '2500', TRUSTED_PROXIES: '127.0.0.1' };

let server: TestServer | undefined;
afterEach(async () => {
  await server?.close();
  jest.restoreAllMocks();
});

async function startTwo(
  environment: Record<string, string>,
): Promise<{ urls: [string, string]; apps: [App, App]; started: TestServer }> {
  server = await startTestServer({ ...LIMITS, ...environment });
  const other = await server.another();
  // A document costs more the first time, for which another address pays.
  for (const url of [server.url, other.url]) for (const query of [CHEAP, VIEWER]) await statusOf(url, query, undefined, '198.51.100.1');
  return { urls: [server.url, other.url], apps: [server.app, other], started: server };
}

async function statusOf(url: string, query: string, key?: string, address = '198.51.100.2'): Promise<number> {
  const headers = {
    'content-type': 'application/json', 'x-forwarded-for': address, ...(key !== undefined && { authorization: `Bearer ${key}` }),
  };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  await response.text();
  return response.status;
}

const admitted = (statuses: readonly number[]): number => statuses.filter((status) => status === 200).length;

describe('two servers of one database', () => {
  it('with RATE_LIMIT_STORE=postgres admit together exactly what one budget pays for, however many ask at once', async () => {
    const { urls, started } = await startTwo({ RATE_LIMIT_STORE: 'postgres' });
    const { key } = await started.client();
    const [anonymous, signed] = await Promise.all([
      together(200, (index) => statusOf(urls[index % 2]!, CHEAP)), together(200, (index) => statusOf(urls[index % 2]!, VIEWER, key)),
    ]);
    expect([admitted(anonymous), admitted(signed)]).toEqual([50, 50]);
    expect(new Set([...anonymous, ...signed])).toEqual(new Set([200, 429]));
  });

  it('with RATE_LIMIT_STORE=memory admit each what one budget pays for', async () => {
    const { urls, started } = await startTwo({});
    const { key } = await started.client();
    for (const url of urls) {
      expect(admitted(await together(100, () => statusOf(url, CHEAP)))).toBe(50);
      expect(admitted(await together(100, () => statusOf(url, VIEWER, key)))).toBe(50);
    }
    expect(await started.sql('select key from rate_limit')).toEqual([]);
  });

  it('with RATE_LIMIT_STORE=postgres count each for itself while the database cannot be reached', async () => {
    const { urls, apps, started } = await startTwo({ RATE_LIMIT_STORE: 'postgres' });
    const said = apps.map(({ services: { log } }) => jest.spyOn(log, 'error'));
    expect(await statusOf(urls[0], CHEAP)).toBe(200);
    const reopen = await shut(started.databaseUrl);
    try {
      for (const url of urls) expect(admitted(await together(60, () => statusOf(url, CHEAP)))).toBe(50);
      const told = said.map(({ mock }) => mock.calls.filter(([, message]) => message === 'Rate limits are counted by this process alone').length);
      expect(told).toEqual([1, 1]);
    } finally {
      await reopen();
    }
    const { key } = await started.client();
    await until('the servers find back', async () => await statusOf(urls[0], VIEWER, key) === 200);
    await until('the database counts again', async () => {
      await statusOf(urls[0], VIEWER, key);
      return (await started.sql('select key from rate_limit where key like $1', ['client:%'])).length === 1;
    });
  });

  it('with RATE_LIMIT_STORE=postgres count each for itself while the database does not answer, and hold up nothing else', async () => {
    const { urls: [url], apps: [app], started } = await startTwo({ RATE_LIMIT_STORE: 'postgres' });
    const said = jest.spyOn(app.services.log, 'error');
    const { key } = await started.client();
    await whileHeld(started, 'budgets', null, async () => {
      expect(admitted(await together(20, () => statusOf(url, CHEAP, undefined, '198.51.100.3')))).toBe(20);
      // Longer than until it is asked whether it is back.
      for (const ask of [() => statusOf(url, CHEAP), () => statusOf(url, VIEWER, key), () => statusOf(url, VIEWER, key)]) {
        expect(admitted(await together(20, ask))).toBe(20);
        const held = await started.sql("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        expect(held.length).toBeLessThanOrEqual(2);
        await setTimeout(600);
      }
      expect(said.mock.calls).toEqual([[
        { err: expect.anything() }, 'Rate limits are counted by this process alone',
      ]]);
      return [];
    });
    await until('the database counts again', async () => {
      await statusOf(url, VIEWER, key);
      return (await started.sql('select key from rate_limit where key like $1', ['client:%'])).length === 1;
    });
  });
});

/** Ends all connections to a database and admits no new ones, until it is reopened. */
async function shut(databaseUrl: string): Promise<() => Promise<void>> {
  const name = new URL(databaseUrl).pathname.slice(1);
  const administrator = new pg.Client({ connectionString: Object.assign(new URL(databaseUrl), { pathname: '/postgres' }).href });
  await administrator.connect();
  const admit = (connections: boolean) => administrator.query(`alter database ${pg.escapeIdentifier(name)} with allow_connections ${connections}`);
  await admit(false);
  await administrator.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  return async () => {
    await admit(true);
    await administrator.end();
  };
}
