import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../src/config.js';
import { openDatabase } from '../../src/open-database.js';
import { rejections } from '../setup/rejections.js';
import { restCaller } from '../setup/rest-calls.js';
import { type GraphQLAnswer, startTestServer, type TestServer } from '../setup/test-server.js';
import { until } from '../setup/until.js';
import { whileHeld } from '../setup/while-held.js';

const REGISTER = 'mutation ($id: String!) { registerUser(input: { userId: $id }) { __typename } }';
const NOTHING = { users: 0, licenses: 0, counter: 0, attached: 0 };
const TOLD = 'This took too long and was given up; it may have been done or not. Try again later, and ask for less if it asks for much.';
const register = (client: { graphql: TestServer['graphql'] }, id: string): Promise<GraphQLAnswer> => client.graphql(REGISTER, { id });

function expectDeadline({ status, headers, errors }: Pick<GraphQLAnswer, 'status' | 'headers' | 'errors'>): void {
  expect([status, headers.get('retry-after')]).toEqual([503, '5']);
  expect(errors).toEqual([expect.objectContaining({
    message: TOLD, extensions: { code: 'DEADLINE_EXCEEDED', requestId: headers.get('x-request-id'), retryAfterSeconds: 5 },
  })]);
}

describe('a request that takes longer than REQUEST_DEADLINE', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ REQUEST_DEADLINE: '1' });
  });
  afterAll(() => server.close());

  it('is answered 503 in time and counted; what it began is done as a whole', async () => {
    const client = await server.client();
    const before = await rejections(server, 'deadline');
    await whileHeld(server, 'client', client, async () => {
      expectDeadline(await register(client, 'person'));
      return [];
    });
    expect(await rejections(server, 'deadline')).toBe(before + 1);
    await until('done after all', async () => (await server.holdings(client)).counter > 0);
    expect(await server.holdings(client)).toEqual({ users: 1, licenses: 1, counter: 1, attached: 0 });
    expect((await register(client, 'person')).data).toEqual({ registerUser: { __typename: 'RegisterUserSuccess' } });
    expect((await server.holdings(client)).counter).toBe(1);
  });

  it('is answered in the shape of REST at its addresses', async () => {
    const client = await server.client();
    await whileHeld(server, 'client', client, async () => {
      const { status, headers, json } = await restCaller(server)('POST /partner/api/v2/user/register/', {
        form: { client: client.key, user_id: 'person' },
      });
      expect([status, headers.get('retry-after'), json]).toEqual([503, '5', { error: { code: 503, message: TOLD } }]);
      return [];
    });
  });

  it('is answered in time and whole also while REST reads whose result it is', async () => {
    const client = await server.client();
    const key = await server.save('free');
    await client.attach(key, 'person');
    await whileHeld(server, 'clients', null, async () => {
      const { status, json } = await restCaller(server)(`GET /partner/api/v3/result/get?result_key=${key}&format=json`);
      expect([status, json]).toEqual([503, { error: { code: 503, message: TOLD } }]);
      return [];
    });
  });
});

describe('a statement that takes longer than STATEMENT_TIMEOUT', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ STATEMENT_TIMEOUT: '1' });
  });
  afterAll(() => server.close());

  it('ends its request with 503, and nothing of it is done', async () => {
    const client = await server.client();
    await whileHeld(server, 'client', client, async () => {
      expectDeadline(await register(client, 'person'));
      return [];
    });
    expect(await server.holdings(client)).toEqual(NOTHING);
    expect((await register(client, 'person')).data).toEqual({ registerUser: { __typename: 'RegisterUserSuccess' } });
  });

  it('ends each request of its batch in the same way at once, and the next batch is done', async () => {
    const client = await server.client();
    const people = Array.from({ length: 20 }, (_, index) => `person ${index}`);
    await whileHeld(server, 'client', client, async () => {
      for (const answer of await Promise.all(people.map((id) => register(client, id)))) expectDeadline(answer);
      return [];
    });
    expect(await server.holdings(client)).toEqual(NOTHING);
    const answers = await Promise.all(people.slice(0, 5).map((id) => register(client, id)));
    expect(new Set(answers.map(({ data }) => data.registerUser.__typename))).toEqual(new Set(['RegisterUserSuccess']));
    expect(await server.holdings(client)).toEqual({ users: 5, licenses: 5, counter: 5, attached: 0 });
  });

  it('is one of requests alone: background work, commands and migrations take their time', async () => {
    const config = loadConfig({ DATABASE_URL: server.databaseUrl, STATEMENT_TIMEOUT: '1' });
    for (const role of ['server', 'command'] as const) {
      const opened = await openDatabase(config, role);
      expect(await opened.database.em().execute('show statement_timeout')).toEqual([{ statement_timeout: '0' }]);
      await opened.close();
    }
    expect(await server.app.services.database.em().execute('show statement_timeout')).toEqual([{ statement_timeout: '1s' }]);
  });
});

describe('a transaction that stands still', () => {
  it('is ended by the database, and holds no row for ever', async () => {
    const server = await startTestServer({ STATEMENT_TIMEOUT: '1' });
    try {
      const client = await server.client();
      const { database } = server.app.services;
      const still = database.transaction(async (sql) => {
        await sql.run({ name: 'hold', text: 'select from client where id = $1 for update' }, [client.id]);
        await until('the row is free', async () => (await register(client, 'person')).data !== null);
      });
      await expect(still).rejects.toThrow();
      expect((await server.holdings(client)).counter).toBe(1);
    } finally {
      await server.close();
    }
  });
});
