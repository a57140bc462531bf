import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { statementsOf } from '../setup/count-statements.js';
import { startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';
import { together } from '../setup/together.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** Somebody else with a lock, as another server has it. */
async function holding<T>(query: string, values: readonly unknown[], work: (letGo: () => Promise<void>) => Promise<T>): Promise<T> {
  const holder = new pg.Client({ connectionString: server.databaseUrl });
  await holder.connect();
  let held = true;
  const letGo = async (): Promise<void> => {
    if (held) await holder.end();
    held = false;
  };
  try {
    await holder.query('begin');
    await holder.query(query, [...values]);
    return await work(letGo);
  } finally {
    await letGo();
  }
}

const attach = async ({ id }: TestClient, resultKey: string, person = 'person'): Promise<string> => {
  const { decision } = await server.app.services.licensing.attach(id, person, resultKey);
  return decision.kind;
};
const clientsOf = (count: number, options: object = { payment: 'postpaid' }): Promise<TestClient[]> => together(count, () => server.client(options));
const saved = (count: number): Promise<string[]> => together(count, () => server.save());

const NOTHING = { users: 0, licenses: 0, counter: 0, attached: 0 };
const ONE_RESULT = { users: 1, licenses: 1, counter: 1, attached: 1 };

describe('clients who attach at the same time', () => {
  it('share a few transactions, and each has its own', async () => {
    const [clients, keys] = await Promise.all([clientsOf(60), saved(60)]);
    let kinds: string[] = [];
    const sent = await statementsOf(async () => {
      kinds = await together(60, (index) => attach(clients[index]!, keys[index]!));
    });
    expect(kinds).toEqual(keys.map(() => 'GRANTED'));
    // Two that came first, and all who came meanwhile.
    expect(sent.filter((statement) => statement === 'ledger-write')).toHaveLength(3);
    for (const client of clients) expect(await server.holdings(client)).toEqual(ONE_RESULT);
    const [usage] = await server.sql<{ days: number; issued: number }>(
      'select count(*)::int as days, sum(issued)::int as issued from license_usage_day where client_id = any($1)', [clients.map(({ id }) => id)]);
    expect(usage).toEqual({ days: 60, issued: 60 });
  });

  it('are each bound by a limit and a policy of their own', async () => {
    const [rich, poor, strict, keys] = await Promise.all([
      clientsOf(10), clientsOf(10, { licenseLimit: 1 }), clientsOf(10, { payment: 'postpaid', licensePolicy: 'one-test' }), saved(60),
    ]);
    const clients = [...rich, ...poor, ...strict];
    const kinds = await together(60, (index) => attach(clients[index % 30]!, keys[index]!, index < 30 || index >= 50 ? 'person' : 'another'));
    expect(kinds.slice(0, 30)).toEqual(clients.map(() => 'GRANTED'));
    expect(kinds.slice(30, 40)).toEqual(rich.map(() => 'GRANTED'));
    expect(kinds.slice(40, 50)).toEqual(poor.map(() => 'LICENSE_LIMIT_REACHED'));
    expect(kinds.slice(50)).toEqual(strict.map(() => 'RESULT_LIMIT_REACHED'));
    for (const client of rich) expect(await server.holdings(client)).toEqual({ users: 2, licenses: 2, counter: 2, attached: 2 });
    for (const client of [...poor, ...strict]) expect(await server.holdings(client)).toEqual(ONE_RESULT);
  });

  it('get one owner for a result that all of them want', async () => {
    const [clients, others, key, keys] = await Promise.all([clientsOf(20), clientsOf(2), server.save(), saved(2)]);
    // The two before them let the others gather.
    const before = others.map((other, index) => attach(other, keys[index]!));
    const kinds = await Promise.all([...before, ...clients.map((client) => attach(client, key))]);
    expect(kinds.slice(2)).toEqual(['GRANTED', ...Array.from({ length: 19 }, () => 'RESULT_ALREADY_ATTACHED')]);
    const [winner, ...losers] = clients;
    expect(await server.holdings(winner!)).toEqual(ONE_RESULT);
    for (const loser of losers) expect(await server.holdings(loser)).toEqual(NOTHING);
  });

  it.each<[what: string, query: string, held: (client: TestClient, key: string) => string]>([
    ['row', 'select from client where id = $1 for no key update', ({ id }) => id],
    ['result', 'select from result where id = $1 for no key update', (_, key) => key],
  ])('do not wait for one of them whose %s somebody holds, who waits alone', async (_what, query, held) => {
    const [clients, keys] = await Promise.all([clientsOf(30), saved(30)]);
    const last = clients.length - 1;
    let isDone = false;
    await holding(query, [held(clients[last]!, keys[last]!)], async (letGo) => {
      const attaching = clients.map((client, index) => attach(client, keys[index]!));
      attaching[last] = attaching[last]!.finally(() => {
        isDone = true;
      });
      expect(await Promise.all(attaching.slice(0, last))).toEqual(clients.slice(0, last).map(() => 'GRANTED'));
      expect(isDone).toBe(false);
      await letGo();
      expect(await attaching[last]).toBe('GRANTED');
    });
    for (const client of clients) expect(await server.holdings(client)).toEqual(ONE_RESULT);
  });

  it('are not spoilt by one whom the database refuses', async () => {
    await server.sql(`alter table client_user add constraint no_spoilers check (external_id not like 'spoiler%')`);
    const [clients, keys] = await Promise.all([clientsOf(30), saved(30)]);
    const ended = await Promise.allSettled(clients.map((client, index) => attach(client, keys[index]!, index === 17 ? 'spoiler' : 'person')));
    expect(ended.map(({ status }) => status)).toEqual(clients.map((_, index) => (index === 17 ? 'rejected' : 'fulfilled')));
    for (const [index, client] of clients.entries()) expect(await server.holdings(client)).toEqual(index === 17 ? NOTHING : ONE_RESULT);
  });

  it('are told of a result that is not there, and others are not', async () => {
    const [clients, keys] = await Promise.all([clientsOf(10), saved(9)]);
    const kinds = await together(10, (index) => attach(clients[index]!, keys[index] ?? '01a2048d-0000-7000-8000-000000000000'));
    expect(kinds).toEqual([...keys.map(() => 'GRANTED'), 'RESULT_NOT_FOUND']);
    expect(await server.holdings(clients[9]!)).toEqual(NOTHING);
  });

  it('do not wait for a burst of one of them', async () => {
    const [[busy], [other], keys] = await Promise.all([clientsOf(1), clientsOf(1), saved(41)]);
    const kinds: string[] = [];
    const sent = await statementsOf(async () => {
      const burst = keys.slice(1).map((key, index) => attach(busy!, key, `person ${index}`));
      await burst[0];
      kinds.push(await attach(other!, keys[0]!), ...await Promise.all(burst));
    });
    expect(kinds).toEqual(keys.map(() => 'GRANTED'));
    // What gathered behind the first has a transaction of its own.
    expect(sent.filter((statement) => statement === 'ledger-await-client')).toHaveLength(1);
    expect(await server.holdings(busy!)).toEqual({ users: 40, licenses: 40, counter: 40, attached: 40 });
  });
});
