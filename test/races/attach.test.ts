import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { changeClient, suspendClient } from '../../src/clients/index.js';
import { InputError } from '../../src/kernel/input-error.js';
import { type ClientCalls, type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';
import { together } from '../setup/together.js';

let server: TestServer;
let urls: readonly [string, string];
beforeAll(async () => {
  server = await startTestServer();
  urls = [server.url, (await server.another()).url];
});
afterAll(() => server.close());

const NOTHING = { users: 0, licenses: 0, counter: 0, attached: 0 };
const ONE_RESULT = { users: 1, licenses: 1, counter: 1, attached: 1 };

const saved = (count: number, test = 'free'): Promise<string[]> => together(count, () => server.save(test));

/** The client, calling the first server, or each of the given number of servers in turn. */
const calling = (client: TestClient, servers: number, index: number): ClientCalls => client.at(urls[index % servers]!);

/** How often each answer came: "licensed", "replayed" or "attached" for a success, else the code of the problem. */
function tally(answers: readonly Json[]): Record<string, number> {
  const told = answers.map(({ __typename, code, licenseIssued, replayed }) =>
    (__typename === 'AttachResultSuccess' ? (licenseIssued ? 'licensed' : replayed ? 'replayed' : 'attached') : code));
  return Object.fromEntries([...Map.groupBy(told, (one) => one)].map(([one, all]) => [one, all.length]));
}

describe.each([['one server', 1], ['two servers', 2]])('through %s in parallel', (_, servers) => {
  it('200 new users on 50 licenses are exactly 50 users, licenses and attached results', async () => {
    const client = await server.client({ licenseLimit: 50 });
    const keys = await saved(200);
    const answers = await together(200, (index) => calling(client, servers, index).attach(keys[index]!, `person ${index}`));
    expect(tally(answers)).toEqual({ licensed: 50, LICENSE_LIMIT_REACHED: 150 });
    expect(await server.holdings(client)).toEqual({ users: 50, licenses: 50, counter: 50, attached: 50 });

    const issued = answers.filter(({ licenseIssued }) => licenseIssued).map(({ licenseUsage }) => licenseUsage.issued);
    expect(issued.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (__, index) => index + 1));
    for (const { code, ...facts } of answers) if (code) expect(facts).toMatchObject({ limit: 50, issued: 50 });
  });

  it('users of the overdraft are no more than it admits', async () => {
    const client = await server.client({ licenseLimit: 5, overdraft: 5 });
    const keys = await saved(40);
    const answers = await together(40, (index) => calling(client, servers, index).attach(keys[index]!, `person ${index}`));
    expect(tally(answers)).toEqual({ licensed: 10, LICENSE_LIMIT_REACHED: 30 });
    expect(await server.holdings(client)).toEqual({ users: 10, licenses: 10, counter: 10, attached: 10 });
  });

  it('a result attached to users of two clients gets one owner, and the loser is left with nothing', async () => {
    for (let round = 0; round < 20; round += 1) {
      const clients = [await server.client(), await server.client()];
      const key = await server.save();
      const answers = await together(2, (index) => calling(clients[index]!, servers, round + index).attach(key, 'person'));
      expect(tally(answers)).toEqual({ licensed: 1, RESULT_ALREADY_ATTACHED: 1 });
      for (const [index, { licenseIssued }] of answers.entries()) {
        expect(await server.holdings(clients[index]!)).toEqual(licenseIssued ? ONE_RESULT : NOTHING);
      }
    }
  });

  it('a result attached to many users of a client gets one owner, and the losers no license', async () => {
    const client = await server.client({ licenseLimit: 50 });
    const key = await server.save();
    const answers = await together(50, (index) => calling(client, servers, index).attach(key, `person ${index}`));
    expect(tally(answers)).toEqual({ licensed: 1, RESULT_ALREADY_ATTACHED: 49 });
    expect(await server.holdings(client)).toEqual(ONE_RESULT);
  });

  it('the same attach 50 times issues one license, and the others are repeats', async () => {
    const client = await server.client();
    const key = await server.save();
    const answers = await together(50, (index) => calling(client, servers, index).attach(key, 'person'));
    expect(tally(answers)).toEqual({ licensed: 1, replayed: 49 });
    expect(new Set(answers.map(({ user }) => user.key)).size).toBe(1);
    expect(await server.holdings(client)).toEqual(ONE_RESULT);
  });

  it('many results of one new user issue one license', async () => {
    const client = await server.client({ licenseLimit: 1 });
    const keys = await saved(50);
    const answers = await together(50, (index) => calling(client, servers, index).attach(keys[index]!, 'person'));
    expect(tally(answers)).toEqual({ licensed: 1, attached: 49 });
    expect(await server.holdings(client)).toEqual({ ...ONE_RESULT, attached: 50 });
  });

  it('20 results of one user under the policy ONE_TEST are exactly one', async () => {
    const client = await server.client({ licensePolicy: 'one-test' });
    const keys = [...(await saved(10, 'paid')), ...(await saved(10, 'paid-2'))];
    const answers = await together(20, (index) => calling(client, servers, index).attach(keys[index]!, 'person'));
    expect(tally(answers)).toEqual({ licensed: 1, RESULT_LIMIT_REACHED: 19 });
    expect(await server.holdings(client)).toEqual(ONE_RESULT);
  });

  it('licenses paid for meanwhile are used, and the counter stays the number of licenses and users', async () => {
    const client = await server.client({ licenseLimit: 5 });
    const keys = await saved(100);
    const attaching = together(100, (index) => calling(client, servers, index).attach(keys[index]!, `person ${index}`));
    for (let licenseLimit = 10; licenseLimit <= 50; licenseLimit += 5) {
      await changeClient(server.app.services.database, client.slug, { licenseLimit });
    }
    const { licensed = 0, LICENSE_LIMIT_REACHED: refused = 0, ...other } = tally(await attaching);
    expect(other).toEqual({});
    expect(licensed + refused).toBe(100);
    expect(licensed).toBeGreaterThanOrEqual(5);
    expect(licensed).toBeLessThanOrEqual(50);
    expect(await server.holdings(client)).toEqual({ users: licensed, licenses: licensed, counter: licensed, attached: licensed });
  });

  it('a limit that is lowered meanwhile is never below the licenses issued: either it holds, or lowering it is refused', async () => {
    const client = await server.client({ licenseLimit: 100 });
    const keys = await saved(100);
    const attaching = together(100, (index) => calling(client, servers, index).attach(keys[index]!, `person ${index}`));
    const lowering: Promise<unknown>[] = [];
    for (let licenseLimit = 99; licenseLimit > 0; licenseLimit -= 3) {
      lowering.push(changeClient(server.app.services.database, client.slug, { licenseLimit }).catch((error: unknown) => error));
      await lowering.at(-4);
    }
    const { licensed = 0, LICENSE_LIMIT_REACHED: refused = 0 } = tally(await attaching);
    expect(licensed + refused).toBe(100);
    const refusals = (await Promise.all(lowering)).filter((outcome) => outcome instanceof Error);
    for (const refusal of refusals) expect(refusal).toBeInstanceOf(InputError);
    expect(await server.holdings(client)).toEqual({ users: licensed, licenses: licensed, counter: licensed, attached: licensed });
  });

  it('nothing more is attached once suspending the client is done', async () => {
    const client = await server.client({ licenseLimit: 100 });
    const keys = await saved(100);
    const attaching = together(100, (index) => calling(client, servers, index).attach(keys[index]!, `person ${index}`));
    await suspendClient(server.app.services.database, client.slug);
    const atSuspension = await server.holdings(client);
    const { licensed = 0, CLIENT_SUSPENDED: refused = 0 } = tally(await attaching);
    expect(licensed + refused).toBe(100);
    expect(await server.holdings(client)).toEqual(atSuspension);
    expect(atSuspension).toEqual({ users: licensed, licenses: licensed, counter: licensed, attached: licensed });
  });
});

describe('clients that want the same results in different orders', () => {
  it('do not lock each other out, and every result gets exactly one owner', async () => {
    const crossing = await startTestServer();
    try {
      const both = [crossing.url, (await crossing.another()).url];
      const clients = await together(6, () => crossing.client({ payment: 'postpaid' }));
      const keys = await together(40, () => crossing.save());
      // Half of the clients go through the list forwards, half backwards, each from a place of its own.
      const answers = await together(clients.length, (index) => {
        const order = [...keys.slice(index * 5), ...keys.slice(0, index * 5)];
        if (index % 2 === 1) order.reverse();
        return together(order.length, (place) => clients[index]!.at(both[index % 2]!).attach(order[place]!, `person ${place}`));
      });
      expect(tally(answers.flat())).toEqual({ licensed: 40, RESULT_ALREADY_ATTACHED: 200 });
      for (const [index, client] of clients.entries()) {
        const { licensed = 0 } = tally(answers[index]!);
        expect(await crossing.holdings(client)).toEqual({ users: licensed, licenses: licensed, counter: licensed, attached: licensed });
      }
      expect(await crossing.sql('select id from result where client_id is null')).toEqual([]);

      // A deadlock would be survived by trying again, so it is looked for in PostgreSQL's own count, which is complete
      // when the connections are closed.
      await crossing.stop();
      expect(await crossing.sql('select deadlocks::int from pg_stat_database where datname = current_database()'))
        .toEqual([{ deadlocks: 0 }]);
    } finally {
      await crossing.close();
    }
  });
});

describe('a user whom the database refuses', () => {
  it('does not spoil the attaches of the same client that are under way with it', async () => {
    await server.sql(`alter table client_user add constraint no_spoilers check (external_id not like 'spoiler%')`);
    const client = await server.client({ licenseLimit: 30 });
    const keys = await saved(30);
    const spoils = (index: number) => index === 7 || index === 23;

    // While the client is held, the attaches gather: the one that came first waits for the client, the rest for it.
    const holder = new pg.Client({ connectionString: server.databaseUrl });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select from client where id = $1 for update', [client.id]);
    const attaching = Promise.allSettled(keys.map((key, index) =>
      client.attach(key, `${spoils(index) ? 'spoiler' : 'person'} ${index}`)));
    // It waits for no lock and is answered in its turn, so that the attaches before it have arrived.
    await client.check(keys[0]!, 'person 0');
    await holder.query('commit');
    await holder.end();

    for (const [index, ended] of (await attaching).entries()) {
      if (spoils(index)) expect(ended).toMatchObject({ status: 'rejected', reason: { message: expect.stringMatching('failed') } });
      else expect(ended).toMatchObject({ status: 'fulfilled', value: { licenseIssued: true } });
    }
    expect(await server.holdings(client)).toEqual({ users: 28, licenses: 28, counter: 28, attached: 28 });
  });
});
