import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GraphQLAnswer, startTestServer, type TestServer } from '../setup/test-server.js';
import { until } from '../setup/until.js';
import { whileHeld } from '../setup/while-held.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const REGISTER = 'mutation { registerUser(input: { userId: "person" }) { __typename } }';

function expectUnavailable({ status, headers, errors }: GraphQLAnswer): void {
  expect([status, headers.get('retry-after')]).toEqual([503, '5']);
  expect(errors).toEqual([expect.objectContaining({
    message: 'The server cannot do this at the moment. Try again in some seconds.',
    extensions: { code: 'UNAVAILABLE', requestId: expect.any(String), retryAfterSeconds: 5 },
  })]);
}

describe('a request whose connection to the database breaks', () => {
  it('is told to try again; nothing of it is done, and trying again does it', async () => {
    const client = await server.client();
    await whileHeld(server, 'client', client, async () => {
      const answer = client.graphql(REGISTER);
      await until('waiting for the row', async () => (await endWaiting()) > 0);
      expectUnavailable(await answer);
      return [];
    });
    expect(await server.holdings(client)).toEqual({ users: 0, licenses: 0, counter: 0, attached: 0 });
    expect((await client.graphql(REGISTER)).data).toEqual({ registerUser: { __typename: 'RegisterUserSuccess' } });
  });

  /** Ends who waits for a lock, as a failover would; gives how many those were. */
  async function endWaiting(): Promise<number> {
    const ended = await server.sql(`
      select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
    return ended.length;
  }
});

describe('a request for which no connection to the database becomes free', () => {
  it('is told to try again instead of waiting for ever', async () => {
    const small = await startTestServer({ DATABASE_POOL_SIZE: '2', STATEMENT_TIMEOUT: '30' });
    try {
      const [one, two, three] = [await small.client(), await small.client(), await small.client()];
      const settled = await whileHeld(small, 'client', one, async () => {
        const [first] = [one.register('person')];
        await whileHeld(small, 'client', two, async () => {
          const second = two.register('person');
          await until('both waiting', async () => (await small.sql(
            "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).length === 2);
          expectUnavailable(await three.graphql(REGISTER));
          return [second];
        });
        return [first];
      });
      expect(settled).toMatchObject([{ value: { __typename: 'RegisterUserSuccess' } }]);
      expect((await three.graphql(REGISTER)).data).toEqual({ registerUser: { __typename: 'RegisterUserSuccess' } });
    } finally {
      await small.close();
    }
  });
});
