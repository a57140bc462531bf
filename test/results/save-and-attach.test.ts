import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changeClient, type NewClientInput, resumeClient, suspendClient } from '../../src/clients/index.js';
import { saveBy, tokenOf } from '../setup/access-tokens.js';
import { smallAnswers } from '../setup/small-tests.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const NOTHING = { users: 0, licenses: 0, counter: 0, attached: 0 };
const ONE_RESULT = { users: 1, licenses: 1, counter: 1, attached: 1 };
const ATTACHED = { attached: true, problem: null, message: null };

/** Saves by a token that is bound to a user of the client. */
async function saveFor(client: TestClient, userId: string, test = 'free'): Promise<{ token: string; saved: Json }> {
  const token = await tokenOf(client, { userId, test });
  return { token, saved: await saveBy(server.url, token, { test }) };
}

const report = async (resultKey: string): Promise<Json> =>
  (await server.graphql('query ($key: UUID!) { result(key: $key) { reportAvailability report { sum } } }', { key: resultKey })).data.result;

describe('a save by a token that is bound to a user', () => {
  it('registers the user, issues a license and attaches the result', async () => {
    const client = await server.client({ licenseLimit: 3 });
    const { saved } = await saveFor(client, 'person');
    expect(saved).toEqual({ __typename: 'SaveProgressSuccess', resultKey: expect.any(String), replayed: false, attachment: ATTACHED });
    expect(await server.holdings(client)).toEqual(ONE_RESULT);
    expect(await client.attach(saved.resultKey, 'person')).toMatchObject({
      replayed: true, licenseUsage: { issued: 1 }, user: { externalId: 'person' },
    });
  });

  it('opens the report of a paid test to whoever holds the result key', async () => {
    const client = await server.client();
    const { saved } = await saveFor(client, 'person', 'paid');
    expect(await report(saved.resultKey)).toEqual({ reportAvailability: 'AVAILABLE', report: { sum: 3 } });
    const free = await saveBy(server.url, await tokenOf(client, { test: 'paid' }), { test: 'paid' });
    expect(await report(free.resultKey)).toEqual({ reportAvailability: 'USER_REQUIRED', report: null });
  });

  it('gives the browser the report in the same request, and nothing of the user', async () => {
    const client = await server.client();
    const token = await tokenOf(client, { userId: 'person@example.com', test: 'paid' });
    const { data, errors } = await server.graphql(`mutation ($input: SaveProgressInput!) { saveProgress(input: $input) {
      ... on SaveProgressSuccess { attachment { attached } result { attachedAt report { sum } user { externalId } answers { values } } } } }`,
    { input: { test: 'paid', answers: smallAnswers } }, token);
    expect(errors).toBeUndefined();
    expect(data.saveProgress).toEqual({
      attachment: { attached: true },
      result: { attachedAt: expect.any(String), report: { sum: 3 }, user: null, answers: null },
    });
  });

  it('issues one license for several results of one user', async () => {
    const client = await server.client({ licenseLimit: 1 });
    for (const test of ['free', 'paid', 'bonus']) expect((await saveFor(client, 'person', test)).saved.attachment).toEqual(ATTACHED);
    expect(await server.holdings(client)).toEqual({ ...ONE_RESULT, attached: 3 });
  });

  it('is repeated without effect', async () => {
    const client = await server.client();
    const { token, saved } = await saveFor(client, 'person');
    for (let times = 0; times < 2; times += 1) expect(await saveBy(server.url, token)).toEqual({ ...saved, replayed: true });
    expect(await server.holdings(client)).toEqual(ONE_RESULT);
  });

  it('is for the client that issued the token, whoever has a user of the same name', async () => {
    const [owner, other] = [await server.client(), await server.client()];
    await other.register('person');
    await saveFor(owner, 'person');
    expect(await server.holdings(owner)).toEqual(ONE_RESULT);
    expect(await server.holdings(other)).toEqual({ users: 1, licenses: 1, counter: 1, attached: 0 });
  });

  it('registers nobody while the answers are refused', async () => {
    const client = await server.client();
    const token = await tokenOf(client, { userId: 'person' });
    expect(await saveBy(server.url, token, { answers: [] })).toMatchObject({ code: 'ANSWERS_INVALID' });
    expect(await server.holdings(client)).toEqual(NOTHING);
    expect((await saveBy(server.url, token)).attachment).toEqual(ATTACHED);
  });
});

describe('a save whose attachment is refused', () => {
  type Case = readonly [code: string, input: Partial<NewClientInput>, before: (client: TestClient) => Promise<unknown>];
  const suspend = (client: TestClient) => suspendClient(server.app.services.database, client.slug);
  const cases: readonly Case[] = [
    ['LICENSE_LIMIT_REACHED', { licenseLimit: 0 }, async () => undefined],
    ['RESULT_LIMIT_REACHED', { licensePolicy: 'one-test' }, (client) => saveFor(client, 'person', 'paid-2')],
    ['CLIENT_SUSPENDED', {}, suspend],
  ];

  /** A save that is refused so, and what the client had before it. */
  async function refused([code, input, before]: Case) {
    const client = await server.client(input);
    const token = await tokenOf(client, { userId: 'person', test: 'paid' });
    await before(client);
    const held = await server.holdings(client);
    const saved = await saveBy(server.url, token, { test: 'paid' });
    expect(saved.attachment).toEqual({ attached: false, problem: code, message: expect.any(String) });
    return { client, token, held, saved };
  }

  it.each(cases)('keeps the save, tells %s, and leaves nothing else behind', async (...one) => {
    const { client, held, saved } = await refused(one);
    expect(saved).toMatchObject({ __typename: 'SaveProgressSuccess', replayed: false });
    expect(await server.holdings(client)).toEqual(held);
    expect(await report(saved.resultKey)).toEqual({ reportAvailability: 'USER_REQUIRED', report: null });
  });

  it.each(cases)('has used the token, also when it was %s', async (...one) => {
    const { token } = await refused(one);
    expect(await saveBy(server.url, token, { test: 'paid', answers: smallAnswers.toReversed() }))
      .toMatchObject({ code: 'ACCESS_TOKEN_INVALID', fault: 'USED' });
  });

  it.each(cases)('tells a browser %s without numbers and without names', async (...one) => {
    const { client, saved } = await refused(one);
    expect(saved.attachment.message).not.toMatch(/\d/);
    for (const name of ['person', client.slug, client.id]) expect(saved.attachment.message).not.toContain(name);
  });

  it.each(cases)('may be attached by the client once the cause is gone: %s', async (...one) => {
    const { client, saved } = await refused(one);
    await liftCauses(client);
    expect(await client.attach(saved.resultKey, 'person')).toMatchObject({ __typename: 'AttachResultSuccess', replayed: false });
  });

  it.each(cases)('attaches when it is repeated once the cause is gone: %s', async (...one) => {
    const { client, token, saved } = await refused(one);
    expect(await saveBy(server.url, token, { test: 'paid' })).toEqual({ ...saved, replayed: true });
    await liftCauses(client);
    const again = await saveBy(server.url, token, { test: 'paid' });
    expect(again).toEqual({ ...saved, replayed: true, attachment: ATTACHED });
    expect((await report(saved.resultKey)).reportAvailability).toBe('AVAILABLE');
  });

  /** Ends every cause for which an attachment is refused. */
  async function liftCauses(client: TestClient): Promise<void> {
    const { database } = server.app.services;
    await changeClient(database, client.slug, { licenseLimit: 5, licensePolicy: 'unlimited' });
    await resumeClient(database, client.slug);
  }
});

describe('a repeat', () => {
  it('tells that the client has given the result to another user meanwhile', async () => {
    const client = await server.client({ licenseLimit: 0 });
    const { token, saved } = await saveFor(client, 'person');
    await changeClient(server.app.services.database, client.slug, { licenseLimit: 5 });
    await client.attach(saved.resultKey, 'somebody else');
    expect((await saveBy(server.url, token)).attachment).toMatchObject({ attached: false, problem: 'RESULT_ALREADY_ATTACHED' });
    expect(await server.holdings(client)).toEqual(ONE_RESULT);
  });

  it('tells that the user has the result also while the client is suspended', async () => {
    const client = await server.client();
    const { token, saved } = await saveFor(client, 'person');
    await suspendClient(server.app.services.database, client.slug);
    expect(await saveBy(server.url, token)).toEqual({ ...saved, replayed: true });
  });
});

describe('all or nothing:', () => {
  it('when the user cannot be written, neither is the result, and the token stays good', async () => {
    await server.sql(`alter table client_user add constraint no_spoilers check (external_id not like 'spoiler%')`);
    const client = await server.client();
    const token = await tokenOf(client, { userId: 'spoiler' });
    const results = () => server.sql('select id from result order by id');
    const before = await results();
    await expect(saveBy(server.url, token)).rejects.toThrow('INTERNAL_SERVER_ERROR');
    expect(await results()).toEqual(before);
    expect(await server.sql('select used_at from access_token where client_id = $1', [client.id])).toEqual([{ used_at: null }]);
    expect(await server.holdings(client)).toEqual(NOTHING);

    await server.sql('alter table client_user drop constraint no_spoilers');
    expect(await saveBy(server.url, token)).toMatchObject({ replayed: false, attachment: ATTACHED });
  });
});
