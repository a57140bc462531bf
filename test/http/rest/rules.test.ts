import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { suspendClient } from '../../../src/clients/index.js';
import { shortKey } from '../../setup/base58.js';
import { refusal, type RestAnswer, type RestCaller, restCaller } from '../../setup/rest-calls.js';
import { startTestServer, type TestClient, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
let call: RestCaller;
beforeAll(async () => {
  server = await startTestServer();
  call = restCaller(server);
});
afterAll(() => server.close());

const LIMIT = 'Достигнут предел выданных доступов.';
const RESULTS = 'Достигнут предел сохранённых результатов на одного пользователя.';
const OTHER_V2 = 'Result is already has the other user attached.';
const OTHER_V3 = 'Another user is already associated with the result.';
const progress = [['11', '1'], ['3', '2'], ['7', '0']];

const register = (client: TestClient, user_id: string): Promise<RestAnswer> =>
  call('GET /partner/api/v2/user/register', { query: { client: client.key, user_id } });
const save = async (test = 'paid'): Promise<string> =>
  (await call('POST /partner/api/v3/progress/save', { json: { test, progress } })).json.result_key;
const saveFor = (user_key: string, test = 'paid'): Promise<RestAnswer> =>
  call('POST /partner/api/v2/progress/save', { json: { test, user_key, progress } });
const attach = (client: TestClient, result_key: string, user_id: string): Promise<RestAnswer> =>
  call('POST /partner/api/v3/result/attach', { form: { client_key: client.key, result_key, user_id } });
const attachTo = (result_key: string, user_key: string): Promise<RestAnswer> =>
  call('GET /partner/api/v2/result/attach', { query: { result_key, user_key } });
const keyOf = async (client: TestClient, user_id: string): Promise<string> => (await register(client, user_id)).json.user_key;
const ok = { status: 200, json: { status: true } };

/** Everything that the client has, and every result and owner. */
async function stored(client: TestClient): Promise<unknown> {
  return [await server.holdings(client), await server.sql('select id, client_id, user_id from result order by id')];
}

describe('registering a user', () => {
  it('gives the same key each time, and counts once', async () => {
    const client = await server.client();
    const keys = [await keyOf(client, 'anna'), await keyOf(client, 'anna')];
    expect(keys[0]).toMatch(/^[\da-f]{8}-[\da-f]{4}-7/);
    expect(keys[1]).toBe(keys[0]);
    expect(await attach(client, await save(), 'anna')).toMatchObject(ok);
    expect(await server.holdings(client)).toEqual({ users: 1, licenses: 1, counter: 1, attached: 1 });
  });

  it('finds who was registered by an attach', async () => {
    const client = await server.client();
    const resultKey = await save();
    expect(await attach(client, resultKey, 'anna')).toMatchObject(ok);
    expect(await attachTo(resultKey, await keyOf(client, 'anna'))).toMatchObject(ok);
    expect(await server.holdings(client)).toMatchObject({ users: 1, counter: 1 });
  });

  it('takes any id exactly as it is', async () => {
    const client = await server.client({ payment: 'postpaid' });
    const ids = ['anna', 'Anna', ' anna', 'anna ', '   ', '00', '0.0', 'анна', 'a+b&c=d', '%41', '"', '🙂'];
    const keys = new Set(await Promise.all(ids.map((id) => keyOf(client, id))));
    expect(keys.size).toBe(ids.length);
    expect(await server.sql('select external_id from client_user where client_id = $1', [client.id]))
      .toEqual(expect.arrayContaining(ids.map((external_id) => ({ external_id }))));
  });

  it('makes another user of the same id at another client', async () => {
    const [client, other] = [await server.client(), await server.client()];
    expect(await keyOf(client, 'anna')).not.toBe(await keyOf(other, 'anna'));
    for (const each of [client, other]) expect(await server.holdings(each)).toMatchObject({ users: 1, counter: 1 });
  });
});

describe('the payment policy', () => {
  it('lets a prepaid client have its limit of users, who stay usable when it is reached', async () => {
    const client = await server.client({ licenseLimit: 1 });
    const anna = await keyOf(client, 'anna');
    const before = await stored(client);
    expect(refusal(await register(client, 'boris'))).toEqual([412, LIMIT]);
    expect(await stored(client)).toEqual(before);

    const resultKey = await save();
    expect(refusal(await attach(client, resultKey, 'boris'))).toEqual([412, LIMIT]);
    expect(await keyOf(client, 'anna')).toBe(anna);
    expect(await attach(client, resultKey, 'anna')).toMatchObject(ok);
    expect(await attachTo(await save(), anna)).toMatchObject(ok);
    expect(await saveFor(anna)).toMatchObject({ status: 200 });
    expect(await server.holdings(client)).toEqual({ users: 1, licenses: 1, counter: 1, attached: 3 });
  });

  it('refuses a prepaid client without licenses everybody', async () => {
    const client = await server.client({ licenseLimit: 0 });
    expect(refusal(await register(client, 'anna'))).toEqual([412, LIMIT]);
    expect(refusal(await attach(client, await save(), 'anna'))).toEqual([412, LIMIT]);
    expect(await server.holdings(client)).toEqual({ users: 0, licenses: 0, counter: 0, attached: 0 });
  });

  it('never refuses a postpaid client, whose users are counted too', async () => {
    const client = await server.client({ payment: 'postpaid' });
    for (let user = 1; user <= 12; user += 1) expect(await register(client, `user ${user}`)).toMatchObject({ status: 200 });
    expect(await server.holdings(client)).toMatchObject({ users: 12, licenses: 12, counter: 12 });
  });

  it('is told in Russian under /en too', async () => {
    const client = await server.client({ licenseLimit: 0 });
    const query = { client: client.key, user_id: 'anna' };
    expect(refusal(await call('GET /en/partner/api/v2/user/register', { query }))).toEqual([412, LIMIT]);
  });
});

describe('attaching a result', () => {
  it.each(['paid', 'free', 'bonus'])('of a %s test costs a license, once', async (test) => {
    const client = await server.client();
    const resultKey = await save(test);
    for (let times = 0; times < 2; times += 1) expect(await attach(client, resultKey, 'anna')).toMatchObject(ok);
    expect(await server.holdings(client)).toEqual({ users: 1, licenses: 1, counter: 1, attached: 1 });
  });

  it('that another user has is refused, and nobody is registered or counted', async () => {
    const [client, other] = [await server.client(), await server.client()];
    const resultKey = await save();
    await attach(client, resultKey, 'anna');
    const boris = await keyOf(other, 'boris');
    const before = [await stored(client), await stored(other)];
    expect(refusal(await attach(client, resultKey, 'vera'))).toEqual([412, OTHER_V3]);
    expect(refusal(await attach(other, resultKey, 'anna'))).toEqual([412, OTHER_V3]);
    expect(refusal(await attachTo(resultKey, boris))).toEqual([412, OTHER_V2]);
    expect([await stored(client), await stored(other)]).toEqual(before);
  });

  it('in capitals or in base58 is the same result', async () => {
    const client = await server.client();
    const resultKey = await save();
    const anna = await keyOf(client, 'anna');
    for (const written of [resultKey, resultKey.toUpperCase(), shortKey(resultKey)]) {
      expect(await attach(client, written, 'anna')).toMatchObject(ok);
      expect(await attachTo(written, anna.toUpperCase())).toMatchObject(ok);
    }
    expect(await server.holdings(client)).toMatchObject({ users: 1, attached: 1 });
  });

  it('is bounded by the license policy, and a refusal leaves nothing behind', async () => {
    const client = await server.client({ licensePolicy: 'one-test' });
    expect(await attach(client, await save(), 'anna')).toMatchObject(ok);
    const [anna, guest] = [await keyOf(client, 'anna'), await save('paid-2')];
    const before = await stored(client);
    expect(refusal(await attach(client, guest, 'anna'))).toEqual([412, RESULTS]);
    expect(refusal(await attachTo(guest, anna))).toEqual([412, RESULTS]);
    expect(refusal(await saveFor(anna))).toEqual([412, RESULTS]);
    expect(await stored(client)).toEqual(before);
  });

  it('is not for a suspended client, nor is registering; what it has stays readable', async () => {
    const client = await server.client();
    const [mine, guest] = [await save(), await save()];
    await attach(client, mine, 'anna');
    const anna = await keyOf(client, 'anna');
    await suspendClient(server.app.services.database, client.slug);
    const before = await stored(client);
    for (const refused of [register(client, 'boris'), attach(client, guest, 'anna'), attachTo(guest, anna), saveFor(anna)]) {
      expect(refusal(await refused)).toEqual([403, expect.stringMatching(/^The client is suspended: /)]);
    }
    expect(await stored(client)).toEqual(before);
    const query = { result_key: mine, format: 'json' };
    expect(await call('GET /partner/api/v3/result/get', { query })).toMatchObject({ status: 200 });
  });
});

describe('a save', () => {
  it('makes a new result each time, also of the same answers', async () => {
    expect(await save()).not.toBe(await save());
    const anna = await keyOf(await server.client(), 'anna');
    expect((await saveFor(anna)).json.result_key).not.toBe((await saveFor(anna)).json.result_key);
  });

  it('for a registered user attaches the result', async () => {
    const client = await server.client();
    const { json: { result_key } } = await saveFor(await keyOf(client, 'anna'));
    const query = { result_key, format: 'json' };
    expect(await call('GET /partner/api/v3/result/get', { query })).toMatchObject({ status: 200 });
    expect(await attach(client, result_key, 'anna')).toMatchObject(ok);
    expect(await server.holdings(client)).toEqual({ users: 1, licenses: 1, counter: 1, attached: 1 });
  });
});
