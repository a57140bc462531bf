import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { changeClient } from '../../src/clients/index.js';
import { saveBy, tokenOf } from '../setup/access-tokens.js';
import { beforeUse } from '../setup/before-use.js';
import { everythingStored } from '../setup/erase.js';
import { type ClientCalls, type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';
import { together } from '../setup/together.js';
import { until } from '../setup/until.js';

let server: TestServer;
let urls: readonly [string, string];
beforeAll(async () => {
  server = await startTestServer();
  urls = [server.url, (await server.another()).url];
});
afterAll(() => server.close());

/** The client, calling the first server, or each of the given number of servers in turn. */
const calling = (client: TestClient, servers: number, index: number): ClientCalls => client.at(urls[index % servers]!);

async function erase(caller: ClientCalls, userId = 'person'): Promise<Json> {
  const { data } = await caller.graphql(`mutation ($userId: String!) { eraseUser(input: { userId: $userId }) {
    __typename ... on EraseUserSuccess { userKey results } } }`, { userId });
  return data.eraseUser;
}

interface StoredUser {
  readonly key: string;
  readonly erased: boolean;
  /** Results that are there, and results that were erased. */
  readonly whole: number;
  readonly empty: number;
}

/** The users of a client with what is left of their results; those of which half is left are counted as neither. */
const usersOf = ({ id }: TestClient): Promise<StoredUser[]> => server.sql<StoredUser>(`
  select u.id as key, u.external_id is null and u.erased_at is not null as erased,
         count(r.id) filter (where num_nulls(r.answers, r.calculation) = 0)::int as whole,
         count(r.id) filter (where num_nulls(r.answers, r.calculation, r.idempotency_key, r.request_digest) = 4)::int as empty
    from client_user u
    left join result r on r.client_id = u.client_id and r.user_id = u.id
   where u.client_id = $1
   group by u.client_id, u.id
   order by u.id`, [id]);

describe.each([['one server', 1], ['two servers', 2]])('through %s in parallel', (_, servers) => {
  it('a user who is erased while 50 results are attached is erased whole, and who comes after is somebody new', async () => {
    const client = await server.client({ payment: 'postpaid' });
    const keys = await together(50, () => server.save());
    // The attaches come one after another at each of the servers, so that the erasure comes in the middle of them.
    const attaching = together(10, async (index) => {
      const answers: Json[] = [];
      for (const key of keys.slice(index * 5, index * 5 + 5)) answers.push(await calling(client, servers, index).attach(key, 'person'));
      return answers;
    });
    await until('some are attached', async () => (await server.holdings(client)).attached >= 10);
    const erased = await erase(calling(client, servers, 1));
    const answers = (await attaching).flat();

    expect(answers.map(({ __typename }) => __typename)).toEqual(keys.map(() => 'AttachResultSuccess'));
    expect(erased).toMatchObject({ __typename: 'EraseUserSuccess' });
    const before = answers.filter(({ user }) => user.key === erased.userKey).length;
    const users = await usersOf(client);
    expect(users[0]).toEqual({ key: erased.userKey, erased: true, whole: 0, empty: before });
    expect(erased.results).toBe(before);
    const after = 50 - before;
    expect(users.slice(1).map(({ key: _key, ...rest }) => rest)).toEqual(after === 0 ? [] : [{ erased: false, whole: after, empty: 0 }]);
    expect(await server.holdings(client)).toEqual({ users: users.length, licenses: users.length, counter: users.length, attached: 50 });
  });

  it('a user who is erased 20 times at once is erased once', async () => {
    const client = await server.client();
    await client.attach(await server.save(), 'person');
    const answers = await together(20, (index) => erase(calling(client, servers, index)));
    expect(answers.filter(({ __typename }) => __typename === 'EraseUserSuccess')).toEqual([expect.objectContaining({ results: 1 })]);
    expect(answers.filter(({ __typename }) => __typename === 'UserNotFoundProblem')).toHaveLength(19);
    expect(await server.sql("select 1 from audit_entry where client_id = $1 and action = 'USER_ERASED'", [client.id])).toHaveLength(1);
  });

  it('a person who is erased while 50 results are saved with tokens and sent again leaves nothing', async () => {
    // Of one test to a license the first result is attached; the others are saved only.
    const client = await server.client({ payment: 'postpaid', licensePolicy: 'one-test' });
    const name = `saver of ${client.slug}`;
    const tokens = await together(50, () => tokenOf(client, { userId: name }));
    const saving = together(10, async (index) => {
      const answers: Json[] = [];
      for (const token of tokens.slice(index * 5, index * 5 + 5)) {
        for (const turn of [0, 1]) answers.push(await saveBy(urls[(index + turn) % servers]!, token));
      }
      return answers;
    });
    await until('some are saved', async () =>
      (await server.sql('select from access_token where client_id = $1 and used_at is not null', [client.id])).length >= 10);
    const erased = await erase(calling(client, servers, 1), name);
    const answers = (await saving).flat();

    const keys = [...new Set(answers.flatMap(({ resultKey }) => resultKey ?? []))];
    expect(answers.filter(({ resultKey, fault }) => !resultKey && fault !== 'UNKNOWN')).toEqual([]);
    expect(erased).toEqual({ __typename: 'EraseUserSuccess', userKey: expect.any(String), results: keys.length });
    expect(await everythingStored(server)).not.toContain(name);
    expect(await usersOf(client)).toEqual([{ key: erased.userKey, erased: true, whole: 0, empty: 1 }]);
    expect(await server.sql('select from result where id = any($1)', [keys])).toHaveLength(1);
    expect(await server.holdings(client)).toEqual({ users: 1, licenses: 1, counter: 1, attached: 1 });
  });

  it('a person who is erased while others ask for tokens and save with them is erased whole, or wholly new', async () => {
    const client = await server.client({ payment: 'postpaid' });
    const saving = together(10, async (index) => {
      const answers: Json[] = [];
      for (let turn = 0; turn < 5; turn += 1) {
        const url = urls[(index + turn) % servers]!;
        answers.push(await saveBy(url, await tokenOf(client, { userId: 'person' })));
      }
      return answers;
    });
    await until('some are attached', async () => (await server.holdings(client)).attached >= 10);
    const erased = await erase(calling(client, servers, 1));
    const answers = (await saving).flat();

    const saved = answers.filter(({ resultKey }) => resultKey !== undefined).length;
    expect(answers.filter(({ attachment, fault }) => !attachment?.attached && fault !== 'UNKNOWN')).toEqual([]);
    const [first, ...others] = await usersOf(client);
    expect(first).toEqual({ key: erased.userKey, erased: true, whole: 0, empty: erased.results });
    expect(others.map(({ key: _key, ...rest }) => rest))
      .toEqual(saved === erased.results ? [] : [{ erased: false, whole: saved - erased.results, empty: 0 }]);
    const users = 1 + others.length;
    expect(await server.holdings(client)).toEqual({ users, licenses: users, counter: users, attached: saved });
  });

  it('a user who is registered, attached to and erased again and again leaves nothing half done', async () => {
    const client = await server.client({ payment: 'postpaid' });
    const keys = await together(40, () => server.save());
    const answers = await together(80, (index) => {
      const caller = calling(client, servers, index >> 1);
      return index % 2 === 0 ? caller.attach(keys[index >> 1]!, 'person') : erase(caller);
    });
    const erasures = answers.filter(({ __typename }) => __typename === 'EraseUserSuccess');
    const users = await usersOf(client);
    expect(users.filter(({ erased }) => erased).map(({ key }) => key)).toEqual(erasures.map(({ userKey }) => userKey).sort());
    for (const { key, erased, whole, empty } of users) {
      const attached = answers.filter(({ user }) => user?.key === key).length;
      expect({ whole, empty }).toEqual(erased ? { whole: 0, empty: attached } : { whole: attached, empty: 0 });
    }
    expect(await server.holdings(client)).toEqual({ users: users.length, licenses: users.length, counter: users.length, attached: 40 });
  });
});

describe('a user who is erased while another client wants the results', () => {
  it('keeps nobody waiting for ever, and nobody gets the results', async () => {
    const [owner, other] = [await server.client({ payment: 'postpaid' }), await server.client({ payment: 'postpaid' })];
    const keys = await together(60, () => server.save());
    await together(60, (index) => owner.attach(keys[index]!, 'person'));
    const wanting = together(60, (index) => calling(other, 2, index).attach(keys[59 - index]!, `person ${index}`));
    const erased = await erase(owner);
    expect(erased).toMatchObject({ results: 60 });
    const codes = new Set((await wanting).map(({ code }) => code));
    expect([...codes].filter((code) => !['RESULT_ALREADY_ATTACHED', 'RESULT_NOT_FOUND'].includes(code))).toEqual([]);
    expect(await server.holdings(other)).toEqual({ users: 0, licenses: 0, counter: 0, attached: 0 });
  });
});

describe('what was sent with a token that was good before its user was erased', () => {
  it('is refused when it comes to its turn afterwards, be it a save or a repeat, and registers nobody', async () => {
    const client = await server.client({ licenseLimit: 0 });
    const [used, unused] = [await tokenOf(client, { userId: 'person' }), await tokenOf(client, { userId: 'person' })];
    expect(await saveBy(server.url, used)).toMatchObject({ attachment: { problem: 'LICENSE_LIMIT_REACHED' } });
    await changeClient(server.app.services.database, client.slug, { licenseLimit: 10 });

    const holder = new pg.Client({ connectionString: server.databaseUrl });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select from access_token where client_id = $1 for update', [client.id]);
    const erasing = erase(client);
    await until('the erasure waits with the client in its hand', async () => await waiting() === 1);
    const sent = [saveBy(urls[0], used), saveBy(urls[1], unused)];
    await until('the saves wait for the erasure', async () => await waiting() === 3);
    await holder.query('commit');
    await holder.end();

    expect(await erasing).toEqual({ __typename: 'EraseUserSuccess', userKey: null, results: 1 });
    for (const answer of await Promise.all(sent)) expect(answer).toMatchObject({ code: 'ACCESS_TOKEN_INVALID', fault: 'UNKNOWN' });
    expect(await server.holdings(client)).toEqual({ users: 0, licenses: 0, counter: 0, attached: 0 });
    expect(await server.sql('select from access_token where client_id = $1', [client.id])).toEqual([]);
  });

  it('is refused as unknown when the erasure comes between the token and its result', async () => {
    const client = await server.client({ licenseLimit: 0 });
    const token = await tokenOf(client, { userId: 'person' });
    const { resultKey } = await saveBy(server.url, token);
    // The first statement reads the token, the second one the result.
    const repeated = await beforeUse(server, 'result', 1, () => saveBy(server.url, token), [
      ['delete from access_token where client_id = $1', [client.id]],
      ['delete from result where id = $1', [resultKey]],
    ]);
    expect(repeated).toMatchObject({ code: 'ACCESS_TOKEN_INVALID', fault: 'UNKNOWN' });
  });
});

/** How many sessions wait for a lock. */
async function waiting(): Promise<number> {
  const sessions = await server.sql("select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()");
  return sessions.length;
}
