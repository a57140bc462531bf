import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { changeClient, rebuildLicenseUsage } from '../../src/clients/index.js';
import { issueLicenses, miscounted } from '../setup/issue-licenses.js';
import { startTestServer, type TestServer } from '../setup/test-server.js';
import { together } from '../setup/together.js';
import { until } from '../setup/until.js';

let server: TestServer;
let urls: readonly [string, string];
beforeAll(async () => {
  server = await startTestServer();
  urls = [server.url, (await server.another()).url];
});
afterAll(() => server.close());

/** How many users come at once. */
const WAVE = 20;

/** Where it is never the same day at the same time. */
const FAR_APART = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'] as const;

/** Lets users come in waves while works are repeated: at least ten waves, and until each work was done three times. Tells how many came. */
async function comingWhile(works: readonly ((round: number) => Promise<unknown>)[], come: (user: number) => Promise<unknown>): Promise<number> {
  const rounds = works.map(() => 0);
  let isOver = false as boolean;
  const coming = async (): Promise<number> => {
    let users = 0;
    for (; !isOver && (users < 10 * WAVE || rounds.some((count) => count < 3)); users += WAVE) await together(WAVE, (index) => come(users + index));
    isOver = true;
    return users;
  };
  const repeating = works.map(async (work, place) => {
    for (; !isOver; rounds[place]! += 1) await work(rounds[place]!);
  });
  // A work that fails ends the others.
  const [users] = await Promise.all([coming(), ...repeating]).finally(() => void (isOver = true));
  return users;
}

describe('while users come through two servers, the licenses counted by day', () => {
  const disturbances = {
    'nothing else happens': [],
    'they are made anew again and again': ['rebuild'],
    'the time zone changes again and again': ['zone'],
    'both happen': ['rebuild', 'zone'],
  } as const;

  it.each(Object.entries(disturbances))('are those of the licenses in the end, when %s', async (_, kinds: readonly ('rebuild' | 'zone')[]) => {
    const { database } = server.app.services;
    const client = await server.client({ licenseLimit: 1_000_000, timeZone: FAR_APART[1] });
    const works = {
      rebuild: () => rebuildLicenseUsage(database, client.slug),
      zone: (round: number) => changeClient(database, client.slug, { timeZone: FAR_APART[round % 2]! }),
    };
    const users = await comingWhile(kinds.map((kind) => works[kind]), async (user) =>
      client.at(urls[user % 2]!).attach(await server.save(), `person ${user}`));

    expect(users).toBeGreaterThanOrEqual(200);
    expect(await server.holdings(client)).toEqual({ users, licenses: users, counter: users, attached: users });
    expect(await miscounted(server, client.id)).toEqual([]);
    expect(await server.sql('select sum(issued)::int as counted from license_usage_day where client_id = $1', [client.id]))
      .toEqual([{ counted: users }]);
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
