import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { changeClient, rebuildLicenseUsage } from '../../src/clients/index.js';
import { issueLicenses, miscounted } from '../setup/issue-licenses.js';
import { startTestServer, type TestServer } from '../setup/test-server.js';
import { until } from '../setup/until.js';

let server: TestServer;
let urls: readonly [string, string];
beforeAll(async () => {
  server = await startTestServer();
  urls = [server.url, (await server.another()).url];
});
afterAll(() => server.close());

/** Where it is never the same day at the same time. */
const FAR_APART = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'] as const;

/** Repeats work until something else has ended, and tells how often. */
async function repeatedUntil(end: Promise<unknown>, work: (round: number) => Promise<unknown>): Promise<number> {
  let [rounds, ended] = [0, false];
  void end.then(() => void (ended = true), () => void (ended = true));
  while (!ended) await work(rounds++);
  return rounds;
}

describe('while 200 users come through two servers, the licenses counted by day', () => {
  const disturbances = {
    'nothing else happens': [],
    'they are made anew again and again': ['rebuild'],
    'the time zone changes again and again': ['zone'],
    'both happen': ['rebuild', 'zone'],
  } as const;

  it.each(Object.entries(disturbances))('are those of the licenses in the end, when %s', async (_, kinds: readonly string[]) => {
    const { database } = server.app.services;
    const client = await server.client({ licenseLimit: 200, timeZone: FAR_APART[1] });
    const keys = await Promise.all(Array.from({ length: 200 }, () => server.save()));
    // In waves, so that there is something to count before the last have come.
    const attached = (async () => {
      for (let wave = 0; wave < 10; wave += 1) {
        await Promise.all(keys.slice(wave * 20, wave * 20 + 20).map((key, index) =>
          client.at(urls[index % 2]!).attach(key, `person ${wave} ${index}`)));
      }
    })();
    const rounds = await Promise.all([
      ...kinds.includes('rebuild') ? [repeatedUntil(attached, () => rebuildLicenseUsage(database, client.slug))] : [],
      ...kinds.includes('zone')
        ? [repeatedUntil(attached, (round) => changeClient(database, client.slug, { timeZone: FAR_APART[round % 2]! }))] : [],
    ]);
    await attached;
    for (const count of rounds) expect(count).toBeGreaterThan(2);

    expect(await server.holdings(client)).toEqual({ users: 200, licenses: 200, counter: 200, attached: 200 });
    expect(await miscounted(server, client.id)).toEqual([]);
    expect(await server.sql('select sum(issued)::int as counted from license_usage_day where client_id = $1', [client.id]))
      .toEqual([{ counted: 200 }]);
  });
});

it('licenses counted anew wait for those under way, and have them', async () => {
  const client = await server.client();
  const holder = new pg.Client({ connectionString: server.databaseUrl });
  await holder.connect();
  await holder.query('begin');
  await holder.query('select 1 from client where id = $1 for no key update', [client.id]);
  const rebuilt = rebuildLicenseUsage(server.app.services.database, client.slug);
  await until('the rebuild waits', async () => (await server.sql(
    "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).length > 0);
  await issueLicenses({ sql: async (text, values = []) => (await holder.query(text, [...values])).rows }, client.id, [new Date()]);
  await holder.query('commit');
  await holder.end();
  expect(await rebuilt).toEqual({ clients: 1, days: 1 });
});
