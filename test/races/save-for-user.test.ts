import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { App } from '../../src/app.js';
import { eraseUser, OPERATOR, type RegisteredUser } from '../../src/clients/index.js';
import type { SaveForUserOutcome } from '../../src/results/index.js';
import { statementsOf } from '../setup/count-statements.js';
import { userOf } from '../setup/registered-user.js';
import { smallAnswers } from '../setup/small-tests.js';
import { startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';
import { together } from '../setup/together.js';
import { until } from '../setup/until.js';
import { whileHeld } from '../setup/while-held.js';

let server: TestServer;
let apps: readonly [App, App];
beforeAll(async () => {
  server = await startTestServer();
  apps = [server.app, await server.another()];
});
afterAll(() => server.close());

const saveAt = ({ services }: App, user: RegisteredUser, test = 'free'): Promise<SaveForUserOutcome> =>
  services.saveProgress.executeForUser({ test, answers: smallAnswers }, user);
const erase = (client: TestClient) => eraseUser(server.app.services.database, client.id, { externalId: 'person' }, OPERATOR);

/** How often each kind of outcome came. */
const tally = (outcomes: readonly { readonly kind: string }[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(outcomes, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]));

/** The results that `work` leaves in the database, with their owners. */
async function resultsMadeBy(work: () => Promise<unknown>): Promise<{ userId: string | null; empty: boolean }[]> {
  const known = (await server.sql<{ id: string }>('select id from result')).map(({ id }) => id);
  await work();
  return server.sql(
    'select user_id as "userId", num_nulls(answers, calculation) = 2 as empty from result where id <> all($1)', [known]);
}

/** Lets time pass until so many sessions wait for a lock. */
const waiting = (count: number): Promise<void> => until(`${count} wait`, async () => {
  const sessions = await server.sql(
    "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()");
  return sessions.length === count;
});

describe.each([['one server', 1], ['two servers', 2]])('through %s in parallel', (_, servers) => {
  const at = (index: number): App => apps[index % servers]!;

  it('40 saves for one user of a client of one test are exactly one result, attached', async () => {
    const client = await server.client({ licensePolicy: 'one-test' });
    const user = await userOf(server, client);
    const made = await resultsMadeBy(async () => {
      const outcomes = await together(40, (index) => saveAt(at(index), user, index % 4 < 2 ? 'paid' : 'paid-2'));
      expect(tally(outcomes)).toEqual({ SAVED: 1, REFUSED: 39 });
    });
    expect(made).toEqual([{ userId: user.id, empty: false }]);
    expect(await server.holdings(client)).toEqual({ users: 1, licenses: 1, counter: 1, attached: 1 });
  });

  it('a user who is erased while 50 answers are saved is erased whole, and never registered again', async () => {
    const client = await server.client({ payment: 'postpaid' });
    const user = await userOf(server, client);
    const outcomes: SaveForUserOutcome[] = [];
    const made = await resultsMadeBy(async () => {
      // The saves come one after another at each of the servers, so that the erasure comes in the middle of them.
      const saving = together(10, async (index) => {
        for (let turn = 0; turn < 5; turn += 1) outcomes.push(await saveAt(at(index + turn), user));
      });
      await until('some are saved', () => outcomes.length >= 10);
      expect(await erase(client)).toMatchObject({ kind: 'ERASED', userKey: user.id });
      await saving;
    });
    const { SAVED: saved = 0, USER_NOT_FOUND: late = 0 } = tally(outcomes);
    expect(saved + late).toBe(50);
    expect(made).toEqual(Array.from({ length: saved }, () => ({ userId: user.id, empty: true })));
    expect(await server.sql('select id, external_id from client_user where client_id = $1', [client.id]))
      .toEqual([{ id: user.id, external_id: null }]);
    expect(await server.holdings(client)).toEqual({ users: 1, licenses: 1, counter: 1, attached: saved });
  });

  it('a user who is erased and registered anew while answers are saved for the first is given none of them later', async () => {
    const client = await server.client({ payment: 'postpaid' });
    const user = await userOf(server, client);
    const made = await resultsMadeBy(async () => {
      const saving = together(40, (index) => saveAt(at(index), user));
      await erase(client);
      const registering = together(10, (index) => client.at(at(index).url).register('person'));
      const late = await together(40, (index) => saveAt(at(index), user));
      expect(tally(late)).toEqual({ USER_NOT_FOUND: 40 });
      await Promise.all([saving, registering]);
    });
    expect(made.filter(({ userId, empty }) => userId !== user.id || !empty)).toEqual([]);
    expect(await server.holdings(client)).toEqual({ users: 2, licenses: 2, counter: 2, attached: made.length });
  });

  it('a result attached to two registered users, of one client or of two, gets one owner', async () => {
    for (let round = 0; round < 20; round += 1) {
      const client = await server.client();
      const other = round % 2 === 0 ? client : await server.client();
      const users = [await userOf(server, client, 'one'), await userOf(server, other, 'two')] as const;
      const key = await server.save();
      const outcomes = await together(8, (index) => at(index >> 1).services.licensing.attachToUser(users[index % 2]!, key));
      const decisions = outcomes.map((outcome) => outcome!.decision);
      expect(tally(decisions)).toEqual({ GRANTED: 1, REPLAYED: 3, RESULT_ALREADY_ATTACHED: 4 });
      const winner = decisions.findIndex(({ kind }) => kind === 'GRANTED') % 2;
      expect(await server.sql('select user_id from result where id = $1', [key])).toEqual([{ user_id: users[winner]!.id }]);
    }
  });
});

describe('saves for users of one client that come while it is held', () => {
  it('are a few batches, in which a refused one is not kept, and the granted ones are', async () => {
    const client = await server.client({ licenseLimit: 30, licensePolicy: 'one-test' });
    const users = await together(30, (index) => userOf(server, client, `person ${index}`));
    const refuses = (index: number) => index === 7 || index === 23;
    for (const [index, user] of users.entries()) if (refuses(index)) await saveAt(server.app, user);

    let endings: PromiseSettledResult<SaveForUserOutcome>[] = [];
    let sent: string[] = [];
    const made = await resultsMadeBy(async () => {
      sent = await statementsOf(async () => {
        endings = await whileHeld(server, 'client', client, async () => {
          const saving = users.map((user) => saveAt(server.app, user));
          await waiting(1);
          return saving;
        });
      });
    });
    for (const [index, ending] of endings.entries()) {
      expect(ending).toMatchObject({ status: 'fulfilled', value: { kind: refuses(index) ? 'REFUSED' : 'SAVED' } });
    }
    const granted = users.filter((_, index) => !refuses(index));
    expect(made.map(({ userId }) => userId).sort()).toEqual(granted.map(({ id }) => id).sort());
    expect(await server.holdings(client)).toEqual({ users: 30, licenses: 30, counter: 30, attached: 30 });
    expect(sent.filter((name) => name === 'ledger-write').length).toBeLessThanOrEqual(2);
  });

  it('are not spoilt by one that the database refuses, and of that one nothing is left either', async () => {
    const client = await server.client({ licensePolicy: 'one-test' });
    const users = await together(10, (index) => userOf(server, client, `person ${index}`));
    await saveAt(server.app, users[6]!);
    await server.sql(`alter table result add constraint no_spoiler check (user_id <> '${users[4]!.id}')`);

    let endings: PromiseSettledResult<SaveForUserOutcome>[] = [];
    const made = await resultsMadeBy(async () => {
      endings = await whileHeld(server, 'client', client, async () => {
        const saving = users.map((user) => saveAt(server.app, user));
        await waiting(1);
        return saving;
      });
    });
    expect(endings.map((ending) => (ending.status === 'rejected' ? 'failed' : ending.value.kind)))
      .toEqual(users.map((_, index) => ({ 4: 'failed', 6: 'REFUSED' })[index] ?? 'SAVED'));
    expect(made).toHaveLength(8);
    expect(await server.holdings(client)).toEqual({ users: 10, licenses: 10, counter: 10, attached: 9 });
  });
});

describe('what was sent for a user before the erasure', () => {
  it('finds nobody when it comes to its turn afterwards, be it a save or an attachment', async () => {
    const client = await server.client();
    const user = await userOf(server, client);
    const key = await server.save();
    let erasing: ReturnType<typeof erase> | undefined;
    let endings: PromiseSettledResult<unknown>[] = [];
    const made = await resultsMadeBy(async () => {
      endings = await whileHeld<unknown>(server, 'users', client, async () => {
        erasing = erase(client);
        await waiting(1);
        const sent = [saveAt(apps[0], user), apps[1].services.licensing.attachToUser(user, key)];
        await waiting(3);
        return sent;
      });
    });
    expect(await erasing).toMatchObject({ kind: 'ERASED', userKey: user.id });
    expect(endings).toEqual([{ status: 'fulfilled', value: { kind: 'USER_NOT_FOUND' } }, { status: 'fulfilled', value: null }]);
    expect(made).toEqual([]);
    expect(await server.holdings(client)).toEqual({ users: 1, licenses: 1, counter: 1, attached: 0 });
  });
});
