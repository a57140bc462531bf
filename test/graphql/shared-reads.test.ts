import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { namedQueriesOf, statementsOf } from '../setup/count-statements.js';
import { revoke } from '../setup/client-keys.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';
import { together } from '../setup/together.js';
import { until } from '../setup/until.js';
import { whileHeld } from '../setup/while-held.js';

let server: TestServer;
let client: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  client = await server.client({ licenseLimit: 1_000 });
});
afterAll(() => server.close());

const REQUESTS = 60;
const REPORT = 'query ($key: UUID!) { result(key: $key) { key reportAvailability report { sum } user { externalId } } }';
const USER = 'query ($id: String!) { viewer { slug user(externalId: $id) { key results { nodes { key } } statistics { resultCount } } licenseUsage { issued } } }';

/** Makes requests that all wait for a table which somebody holds, until all of them are under way. */
async function waiting(table: 'results' | 'clients', request: (index: number) => Promise<Json>): Promise<Json[]> {
  const ended = await whileHeld(server, table, null, async () => {
    const requests = Array.from({ length: REQUESTS }, (_, index) => request(index));
    await until('all are there', async () => new RegExp(`^testodrom_http_requests_under_way ${REQUESTS}$`, 'm').test(await server.app.services.metrics.text()));
    return requests;
  });
  return ended.map((each) => (each.status === 'fulfilled' ? each.value : each.reason));
}

describe('many requests at the same time', () => {
  it('read reports by fewer statements than there are requests, each its own', async () => {
    const keys: string[] = [];
    for (let each = 0; each < 20; each += 1) keys.push(await server.save());
    let answers: Json[] = [];
    const sent = await namedQueriesOf(async () => {
      answers = await waiting('results', (index) => server.graphql('query ($key: UUID!) { result(key: $key) { key report { sum } } }', { key: keys[index % keys.length] }));
    });
    expect(answers.map(({ data, errors }) => [errors, data.result.key])).toEqual(answers.map((_, index) => [undefined, keys[index % keys.length]]));
    const reads = sent.filter(({ name }) => name === 'results-by-key');
    expect(sent).toHaveLength(reads.length);
    expect(reads.length).toBeLessThan(REQUESTS / 4);
  });

  it('find out by fewer statements whose keys they have, also of several clients and of nobody', async () => {
    const others = [client, await server.client(), await server.client()];
    let answers: Json[] = [];
    const sent = await statementsOf(async () => {
      answers = await waiting('clients', (index) => server.graphql('{ viewer { slug } }', {}, index % 4 === 3 ? 'tdk_wrong' : others[index % 4]!.key));
    });
    expect(answers.map(({ data, errors }) => data?.viewer.slug ?? errors[0].extensions.code))
      .toEqual(answers.map((_, index) => (index % 4 === 3 ? 'UNAUTHENTICATED' : others[index % 4]!.slug)));
    expect(sent.filter((name) => name === 'clients-by-key').length).toBeLessThan(REQUESTS / 4);
  });

  it('are each told of their own client, whatever others ask for by the same names', async () => {
    const clients = await together(5, () => server.client());
    for (const [index, each] of clients.entries()) for (let result = 0; result <= index; result += 1) await each.attach(await server.save(), 'same name');
    const own = await Promise.all(clients.map((each) => each.graphql(USER, { id: 'same name' })));
    const answers = await together(REQUESTS, (index) => clients[index % 5]!.graphql(USER, { id: 'same name' }));
    expect(answers.map(({ data }) => data)).toEqual(answers.map((_, index) => own[index % 5]!.data));
    expect(own.map(({ data }) => data.viewer.user.statistics.resultCount)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(own.map(({ data }) => data.viewer.user.key)).size).toBe(5);
  });

  it('fail together where a read fails, and it is read anew for who asks then', async () => {
    const key = await server.save();
    await server.sql('alter table result rename to gone');
    const failed = await together(20, () => server.graphql(REPORT, { key }));
    await server.sql('alter table gone rename to result');
    expect(failed.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual(Array(20).fill('INTERNAL_SERVER_ERROR'));
    expect(new Set(failed.map(({ errors }) => errors?.[0]?.extensions.requestId)).size).toBe(20);
    expect((await server.graphql(REPORT, { key })).data.result.key).toBe(key);
  });
});

describe('a request that follows a change', () => {
  /** Keeps reads of the same kind under way while `work` runs, so that what follows could be taken for one of them. */
  async function amidReads(query: string, variables: object, work: () => Promise<unknown>): Promise<void> {
    let goesOn = true;
    const readers = together(10, async () => {
      while (goesOn) await client.graphql(query, variables);
    });
    try {
      await work();
    } finally {
      goesOn = false;
      await readers;
    }
  }

  it('sees it, however many were reading when it was made', async () => {
    const keys: string[] = [];
    for (let each = 0; each < 30; each += 1) keys.push(await server.save('paid'));
    await amidReads(REPORT, { key: keys[0] }, async () => {
      for (const [index, key] of keys.entries()) {
        expect(await client.attach(key, `reader ${index}`)).toMatchObject({ __typename: 'AttachResultSuccess' });
        expect((await client.graphql(REPORT, { key })).data.result).toMatchObject({ reportAvailability: 'AVAILABLE', user: { externalId: `reader ${index}` } });
      }
    });
  });

  it('sees it in what belongs to the client', async () => {
    await amidReads(USER, { id: 'counted' }, async () => {
      for (let results = 1; results <= 15; results += 1) {
        const key = await server.save();
        await client.attach(key, 'counted');
        const { data: { viewer: { user } } } = await client.graphql(USER, { id: 'counted' });
        expect([user.results.nodes[0].key, user.statistics.resultCount]).toEqual([key, results]);
      }
    });
  });

  it('is refused with a key that was revoked, however many use it', async () => {
    const own = await server.client();
    const { data: { rotateClientKey: { key: spare } } } = await own.graphql('mutation { rotateClientKey(input: {graceSeconds: 600}) { ... on RotateClientKeySuccess { key } } }');
    const { data: { viewer: { keys } } } = await own.graphql('{ viewer { keys { id current } } }');
    const [{ id }] = keys.filter(({ current }: Json) => current);
    let goesOn = true;
    const readers = together(10, async () => {
      while (goesOn) await own.graphql('{ viewer { slug } }');
    });
    expect(await revoke(server.url, spare, id)).toMatchObject({ __typename: 'RevokeClientKeySuccess' });
    expect((await own.graphql('{ viewer { slug } }')).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    goesOn = false;
    await readers;
    await until('the other key is good', async () => (await server.graphql('{ viewer { slug } }', {}, spare)).data?.viewer.slug === own.slug);
  });
});
