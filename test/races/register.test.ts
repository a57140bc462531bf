import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ClientCalls, type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';
import { together } from '../setup/together.js';

let server: TestServer;
let urls: readonly [string, string];
beforeAll(async () => {
  server = await startTestServer();
  urls = [server.url, (await server.another()).url];
});
afterAll(() => server.close());

const ONE_USER = { users: 1, licenses: 1, counter: 1, attached: 0 };

/** The client, calling the first server, or each of the given number of servers in turn. */
const calling = (client: TestClient, servers: number, index: number): ClientCalls => client.at(urls[index % servers]!);

const licenses = (answers: readonly Json[]): number => answers.filter(({ licenseIssued }) => licenseIssued).length;
const keysOf = (answers: readonly Json[]): Set<string> => new Set(answers.map(({ user }) => user.key));

describe.each([['one server', 1], ['two servers', 2]])('through %s in parallel', (_, servers) => {
  it('the same user registered 50 times is one user with one license', async () => {
    const client = await server.client({ licenseLimit: 50 });
    const answers = await together(50, (index) => calling(client, servers, index).register('person'));
    expect(licenses(answers)).toBe(1);
    expect(answers.filter(({ replayed }) => replayed)).toHaveLength(49);
    expect(keysOf(answers).size).toBe(1);
    expect(await server.holdings(client)).toEqual(ONE_USER);
  });

  it('the same user registered with the last license is never refused', async () => {
    const client = await server.client({ licenseLimit: 1 });
    const answers = await together(30, (index) => calling(client, servers, index).register('person'));
    expect(answers.every(({ __typename }) => __typename === 'RegisterUserSuccess')).toBe(true);
    expect(await server.holdings(client)).toEqual(ONE_USER);
  });

  it('100 new users on 30 licenses are exactly 30', async () => {
    const client = await server.client({ licenseLimit: 30 });
    const answers = await together(100, (index) => calling(client, servers, index).register(`person ${index}`));
    expect(licenses(answers)).toBe(30);
    expect(answers.filter(({ code }) => code === 'LICENSE_LIMIT_REACHED')).toHaveLength(70);
    expect(keysOf(answers.filter(({ user }) => user)).size).toBe(30);
    expect(await server.holdings(client)).toEqual({ users: 30, licenses: 30, counter: 30, attached: 0 });
  });

  it('a user who is registered and given results at once is one user with one license', async () => {
    const client = await server.client({ licenseLimit: 1 });
    const keys = await together(20, () => server.save());
    const answers = await together(40, (index) => {
      const caller = calling(client, servers, index >> 1);
      return index % 2 === 0 ? caller.register('person') : caller.attach(keys[index >> 1]!, 'person');
    });
    expect(licenses(answers)).toBe(1);
    expect(keysOf(answers).size).toBe(1);
    expect(await server.holdings(client)).toEqual({ ...ONE_USER, attached: 20 });
  });

  it('the same external id registered by many clients is a user of each', async () => {
    const clients = await together(10, () => server.client());
    const answers = await together(20, (index) => calling(clients[index % 10]!, servers, index).register('person'));
    expect(licenses(answers)).toBe(10);
    expect(keysOf(answers).size).toBe(10);
    for (const client of clients) expect(await server.holdings(client)).toEqual(ONE_USER);
  });
});
