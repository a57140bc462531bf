import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { resumeClient, suspendClient } from '../../src/clients/index.js';
import { startTestServer, type TestServer } from '../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const NOTHING = { users: 0, licenses: 0, counter: 0, attached: 0 };
const ONE_USER = { users: 1, licenses: 1, counter: 1, attached: 0 };

describe('registerUser', () => {
  it('registers a new user and issues a license', async () => {
    const client = await server.client({ licenseLimit: 3 });
    expect(await client.register('person')).toEqual({
      __typename: 'RegisterUserSuccess', licenseIssued: true, replayed: false,
      licenseUsage: { issued: 1, limit: 3, overdraft: 0, remaining: 2 },
      user: { id: expect.stringMatching(/^usr_/), key: expect.any(String), externalId: 'person' },
    });
    expect(await server.holdings(client)).toEqual(ONE_USER);
  });

  it('gives the same user when repeated, and counts nothing', async () => {
    const client = await server.client();
    const first = await client.register('person');
    const again = await client.register('person');
    expect(again).toEqual({ ...first, licenseIssued: false, replayed: true });
    expect(await server.holdings(client)).toEqual(ONE_USER);
  });

  it('refuses a new user of a prepaid client without licenses, and leaves nothing behind', async () => {
    const client = await server.client({ licenseLimit: 0 });
    expect(await client.register('person')).toMatchObject({
      __typename: 'LicenseLimitReachedProblem', code: 'LICENSE_LIMIT_REACHED', limit: 0, overdraft: 0, issued: 0,
    });
    expect(await server.holdings(client)).toEqual(NOTHING);
  });

  it('issues as many licenses as limit and overdraft admit, and tells how far below zero the client is', async () => {
    const client = await server.client({ licenseLimit: 1, overdraft: 1 });
    const remaining = [];
    for (const name of ['one', 'two']) remaining.push((await client.register(name)).licenseUsage.remaining);
    expect(remaining).toEqual([0, -1]);
    expect(await client.register('three')).toMatchObject({ code: 'LICENSE_LIMIT_REACHED', limit: 1, overdraft: 1, issued: 2 });
    expect(await server.holdings(client)).toEqual({ users: 2, licenses: 2, counter: 2, attached: 0 });
  });

  it('gives a known user also when the licenses are out', async () => {
    const client = await server.client({ licenseLimit: 1 });
    const { user } = await client.register('person');
    expect(await client.register('person')).toMatchObject({ user, replayed: true, licenseUsage: { remaining: 0 } });
  });

  it('never refuses a postpaid client, and counts', async () => {
    const client = await server.client({ payment: 'postpaid' });
    for (const issued of [1, 2, 3]) {
      expect(await client.register(`person ${issued}`)).toMatchObject({
        licenseIssued: true, licenseUsage: { issued, limit: null, overdraft: null, remaining: null },
      });
    }
    expect(await server.holdings(client)).toEqual({ users: 3, licenses: 3, counter: 3, attached: 0 });
  });

  it('does not ask the license policy', async () => {
    const client = await server.client({ licensePolicy: 'custom', maxTests: 0, maxBonusTests: 0, maxResultsPerTest: 0 });
    expect(await client.register('person')).toMatchObject({ licenseIssued: true });
  });

  it('refuses new and known users while the client is suspended, and goes on when it is resumed', async () => {
    const { database } = server.app.services;
    const client = await server.client();
    const { user } = await client.register('known');
    await suspendClient(database, client.slug);
    for (const name of ['known', 'new']) expect(await client.register(name)).toMatchObject({ code: 'CLIENT_SUSPENDED' });
    expect(await server.holdings(client)).toEqual(ONE_USER);
    await resumeClient(database, client.slug);
    expect(await client.register('known')).toMatchObject({ user, replayed: true });
    expect(await client.register('new')).toMatchObject({ licenseIssued: true });
  });

  it('makes a user who then has results without a second license', async () => {
    const client = await server.client({ licenseLimit: 1 });
    const { user } = await client.register('person');
    expect(await client.attach(await server.save(), 'person')).toMatchObject({
      __typename: 'AttachResultSuccess', licenseIssued: false, replayed: false, user, licenseUsage: { issued: 1 },
    });
    expect(await server.holdings(client)).toEqual({ ...ONE_USER, attached: 1 });
  });

  it('gives the user whom attachResult registered', async () => {
    const client = await server.client();
    const { user } = await client.attach(await server.save(), 'person');
    expect(await client.register('person')).toMatchObject({ user, licenseIssued: false, replayed: true });
  });

  it('keeps the users of two clients apart, also under the same external id', async () => {
    const [one, other] = [await server.client(), await server.client()];
    const [first, second] = [await one.register('person'), await other.register('person')];
    expect(second).toMatchObject({ licenseIssued: true });
    expect(second.user.key).not.toBe(first.user.key);
    for (const client of [one, other]) expect(await server.holdings(client)).toEqual(ONE_USER);
  });

  it('refuses an id that cannot be an external id as bad input, and leaves nothing behind', async () => {
    const client = await server.client();
    for (const userId of ['', 'x'.repeat(256), 'a\nb', 'a\u0000b', 'a\ud83d']) {
      const { data, errors } = await client.graphql(
        'mutation ($input: RegisterUserInput!) { registerUser(input: $input) { __typename } }', { input: { userId } });
      expect(data).toBeNull();
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    }
    expect(await server.holdings(client)).toEqual(NOTHING);
  });
});
