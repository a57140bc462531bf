import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { suspendClient } from '../../src/clients/index.js';
import { saveBy, tokenOf } from '../setup/access-tokens.js';
import { statementsOf } from '../setup/count-statements.js';
import { smallAnswers } from '../setup/small-tests.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';
import { together } from '../setup/together.js';
import { until } from '../setup/until.js';
import { whileHeld } from '../setup/while-held.js';

let server: TestServer;
let urls: readonly [string, string];
beforeAll(async () => {
  server = await startTestServer();
  urls = [server.url, (await server.another()).url];
});
afterAll(() => server.close());

/** How often each answer came: the code of a refused attachment or of a problem, else what became of the save. */
function tally(answers: readonly Json[]): Record<string, number> {
  const told = answers.map(({ code, fault, replayed, attachment }) =>
    fault ?? code ?? attachment?.problem ?? `${replayed ? 'replayed' : 'saved'}${attachment?.attached ? ' and attached' : ''}`);
  return Object.fromEntries([...Map.groupBy(told, (one) => one)].map(([one, all]) => [one, all.length]));
}

const tokensFor = (client: TestClient, count: number, name = (index: number) => `person ${index}`): Promise<string[]> =>
  together(count, (index) => tokenOf(client, { userId: name(index) }));
const resultsOf = (client: TestClient) => server.sql(
  'select r.id from result r join access_token a on a.id = r.idempotency_key where a.client_id = $1', [client.id]);
const unused = (client: TestClient) => server.sql('select from access_token where client_id = $1 and used_at is null', [client.id]);

describe.each([['one server', 1], ['two servers', 2]])('through %s in parallel', (_, servers) => {
  const at = (index: number): string => urls[index % servers]!;

  it.each([['', {}], [' that is bound to a user', { userId: 'person' }]])(
    '50 same saves with one token%s are one result, and the others repeats', async (__, bound) => {
      const client = await server.client();
      const token = await tokenOf(client, bound);
      const answers = await together(50, (index) => saveBy(at(index), token));
      expect(tally(answers)).toEqual('userId' in bound ? { 'saved and attached': 1, 'replayed and attached': 49 } : { saved: 1, replayed: 49 });
      expect(new Set(answers.map(({ resultKey }) => resultKey)).size).toBe(1);
      expect(await resultsOf(client)).toHaveLength(1);
      expect((await server.holdings(client)).counter).toBe('userId' in bound ? 1 : 0);
    });

  it.each([['', {}], [' that is bound to a user', { userId: 'person' }]])(
    'different saves with one token%s are one result, and the others are told so', async (__, bound) => {
      const client = await server.client();
      const token = await tokenOf(client, bound);
      const runs = ['0', '1', '2'].map((value) => smallAnswers.with(0, { questionId: '11', values: [value] }));
      const answers = await together(30, (index) => saveBy(at(index), token, { answers: runs[index % 3] }));
      const { USED: refused, ...rest } = tally(answers);
      expect(refused).toBe(20);
      expect(Object.values(rest).toSorted()).toEqual([1, 9]);
      expect(await resultsOf(client)).toHaveLength(1);
    });

  it('50 tokens of 50 users on 20 licenses are 50 saves, of which 20 are attached', async () => {
    const client = await server.client({ licenseLimit: 20 });
    const tokens = await tokensFor(client, 50);
    const answers = await together(50, (index) => saveBy(at(index), tokens[index]!));
    expect(tally(answers)).toEqual({ 'saved and attached': 20, LICENSE_LIMIT_REACHED: 30 });
    expect(new Set(answers.map(({ resultKey }) => resultKey)).size).toBe(50);
    expect(await server.holdings(client)).toEqual({ users: 20, licenses: 20, counter: 20, attached: 20 });
    expect(await resultsOf(client)).toHaveLength(50);
    expect(await unused(client)).toEqual([]);
  });

  it('saves by tokens and attachments of the same client share its licenses', async () => {
    const client = await server.client({ licenseLimit: 20 });
    const tokens = await tokensFor(client, 30);
    const keys = await together(30, () => server.save());
    const [saves, attachments] = await Promise.all([
      together(30, (index) => saveBy(at(index), tokens[index]!)),
      together(30, (index) => client.at(at(index)).attach(keys[index]!, `somebody ${index}`)),
    ]);
    const attached = saves.filter(({ attachment }) => attachment.attached).length + attachments.filter(({ code }) => !code).length;
    expect(attached).toBe(20);
    expect(await server.holdings(client)).toEqual({ users: 20, licenses: 20, counter: 20, attached: 20 });
    expect(await resultsOf(client)).toHaveLength(30);
  });

  it('nothing more is attached once suspending the client is done, and every save is kept', async () => {
    const client = await server.client({ licenseLimit: 50 });
    const tokens = await tokensFor(client, 50);
    const saving = together(50, (index) => saveBy(at(index), tokens[index]!));
    await suspendClient(server.app.services.database, client.slug);
    const atSuspension = await server.holdings(client);
    const { 'saved and attached': attached = 0, CLIENT_SUSPENDED: refused = 0 } = tally(await saving);
    expect(attached + refused).toBe(50);
    expect(await server.holdings(client)).toEqual(atSuspension);
    expect(atSuspension.counter).toBe(attached);
    expect(await resultsOf(client)).toHaveLength(50);
  });
});

describe('saves by tokens of one client that come while it is held', () => {
  it('are a few batches, not a transaction each', async () => {
    const client = await server.client({ licenseLimit: 50 });
    const tokens = await tokensFor(client, 50);
    let answers: PromiseSettledResult<Json>[] = [];
    const sent = await statementsOf(async (seen) => {
      answers = await whileHeld(server, 'client', client, async () => {
        const saving = tokens.map((token) => saveBy(server.url, token));
        await until('all are known to the server', () => seen.filter((name) => name === 'access-token-of-client').length === 50);
        return saving;
      });
    });
    expect(answers.every((answer) => answer.status === 'fulfilled' && answer.value.attachment.attached)).toBe(true);
    expect(sent.filter((name) => name === 'access-token-use')).toHaveLength(50);
    expect(sent.filter((name) => name === 'ledger-write').length).toBeLessThanOrEqual(5);
  });

  it('are not spoilt by one that the database refuses', async () => {
    await server.sql(`alter table access_token add constraint no_spoilers check (used_at is null or external_id not like 'spoiler%')`);
    const client = await server.client({ licenseLimit: 30 });
    const spoils = (index: number) => index === 7 || index === 23;
    const tokens = await tokensFor(client, 30, (index) => `${spoils(index) ? 'spoiler' : 'person'} ${index}`);
    const endings = await whileHeld(server, 'client', client, async () => {
      const saving = tokens.map((token) => saveBy(server.url, token));
      // It waits for no lock and is answered in its turn, so that the saves before it have arrived.
      await client.check('0190cb2e-5a1f-7c3d-9e4b-6f8a2d1c0b7e', 'person 0');
      return saving;
    });
    for (const [index, ended] of endings.entries()) {
      if (spoils(index)) expect(ended).toMatchObject({ status: 'rejected', reason: { message: expect.stringMatching('INTERNAL') } });
      else expect(ended).toMatchObject({ status: 'fulfilled', value: { replayed: false, attachment: { attached: true } } });
    }
    expect(await server.holdings(client)).toEqual({ users: 28, licenses: 28, counter: 28, attached: 28 });
    expect(await resultsOf(client)).toHaveLength(28);
    expect(await unused(client)).toHaveLength(2);
  });

  it('save nothing by a token that expires while they wait', async () => {
    const client = await server.client();
    const [bound, free] = [await tokenOf(client, { userId: 'person' }), await tokenOf(client)];
    const [ended] = await whileHeld(server, 'client', client, async () => {
      const saving = [saveBy(server.url, bound)];
      await until('it waits for the client', async () =>
        (await server.sql(`select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`)).length === 1);
      await server.sql(`update access_token set expires_at = now() - interval '10 milliseconds' where client_id = $1`, [client.id]);
      return saving;
    });
    expect(ended).toMatchObject({ status: 'fulfilled', value: { code: 'ACCESS_TOKEN_INVALID', fault: 'UNKNOWN' } });
    expect(await saveBy(server.url, free)).toMatchObject({ fault: 'UNKNOWN' });
    expect(await server.holdings(client)).toEqual({ users: 0, licenses: 0, counter: 0, attached: 0 });
    expect(await resultsOf(client)).toEqual([]);
  });
});
