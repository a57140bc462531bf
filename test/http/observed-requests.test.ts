import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { request } from 'node:http';
import { tokenOf } from '../setup/access-tokens.js';
import { cleanUp, type ServerProcess, startServer } from '../setup/processes.js';
import { smallAnswers } from '../setup/small-tests.js';
import { type RawRequest, sendRaw } from '../setup/raw-request.js';
import { restCaller } from '../setup/rest-calls.js';
import { graphqlAt, type Json, startTestServer, type TestServer } from '../setup/test-server.js';
import { until } from '../setup/until.js';
import { whileHeld } from '../setup/while-held.js';

const METRICS_KEY = 'metrics-key-of-this-test';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ METRICS_KEY });
});
afterAll(async () => {
  await cleanUp();
  await server.close();
});

/** The samples of a metric, by their labels in the order of the alphabet. */
async function samples(name: string, { url }: { readonly url: string } = server): Promise<Record<string, number>> {
  const answer = await fetch(new URL('/metrics', url), { headers: { authorization: `Bearer ${METRICS_KEY}` } });
  const lines = (await answer.text()).split('\n').flatMap((line) => {
    const [, metric, labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    return metric === name ? [[labels.split(/,(?=\w+=)/).sort().join(','), Number(value)] as const] : [];
  });
  return Object.fromEntries(lines);
}

/** By how much each sample of a metric grew while `work` ran. */
async function growth(name: string, work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await samples(name);
  await work();
  const after = Object.entries(await samples(name)).map(([labels, value]) => [labels, value - (before[labels] ?? 0)] as const);
  return Object.fromEntries(after.filter(([, grown]) => grown !== 0));
}

describe('the metrics of requests', () => {
  it('count by method, pattern of the address and class of the status', async () => {
    const work = async (): Promise<void> => {
      await server.graphql('{ tests { nodes { slug } } }');
      await server.graphql('');
      await fetch(new URL('/results/0190cb2e-0000-7000-8000-000000000009.html', server.url));
      for (const path of ['/one', '/two?x=1', '/%ff']) await fetch(new URL(path, server.url));
    };
    expect(await growth('testodrom_http_requests_total', work)).toEqual({
      'method="POST",route="/graphql",status="2xx"': 1,
      'method="POST",route="/graphql",status="4xx"': 1,
      'method="GET",route="/results/:file",status="4xx"': 1,
      'method="GET",route="none",status="4xx"': 3,
      'method="GET",route="/metrics",status="2xx"': 1,
    });
    expect(await growth('testodrom_http_request_duration_seconds_count', work)).toMatchObject({ 'route="/graphql"': 2, 'route="none"': 3 });
  });

  it('know those under way, and those whose caller hung up', async () => {
    const client = await server.client();
    const grown = await growth('testodrom_http_requests_total', () => whileHeld(server, 'client', client, async () => {
      const body = JSON.stringify({ query: 'mutation { registerUser(input: {userId: "late"}) { __typename } }' });
      const sending = request(server.url, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${client.key}` } });
      sending.on('error', () => undefined).end(body);
      await until('it is under way', async () => (await samples('testodrom_http_requests_under_way'))[''] === 2);
      sending.destroy();
      await until('it is gone', async () => (await samples('testodrom_http_requests_under_way'))[''] === 1);
      return [];
    }));
    expect(grown['method="POST",route="/graphql",status="aborted"']).toBe(1);
  });

  it.each([
    ['/graphql', 'without a word'], ['/graphql', 'in order'], ['/tests/api/v1/save/free/', 'without a word'], ['/tests/api/v1/save/free/', 'in order'],
  ])('know a caller who hung up before all had arrived as that alone: %s, %s', async (path, how) => {
    const grown = await growth('testodrom_problems_total', async () => {
      const aborted = await growth('testodrom_http_requests_total', async () => {
        const headers = { 'content-type': 'application/json', 'content-length': 100, 'expect': '100-continue' };
        const sending = request(new URL(path, server.url), { method: 'POST', headers });
        sending.on('error', () => undefined).flushHeaders();
        await once(sending, 'continue');
        if (how === 'in order') sending.destroy();
        else sending.socket!.resetAndDestroy();
        await until('it is gone', async () => (await samples('testodrom_http_requests_under_way'))[''] === 1);
      });
      const ended = Object.keys(aborted).filter((labels) => !labels.includes('/metrics'));
      expect(ended).toEqual([expect.stringContaining('status="aborted"')]);
    });
    expect(grown).toEqual({});
  });

  it('are those of one server, however many there are in the process', async () => {
    const other = await server.another();
    expect(await samples('testodrom_graphql_operations_total', other)).toEqual({});
    expect(await samples('testodrom_catalogue_tests', other)).toEqual(await samples('testodrom_catalogue_tests'));
  });
});

describe('the metrics of GraphQL', () => {
  it('count operations by name, type and outcome', async () => {
    const client = await server.client();
    expect(await growth('testodrom_graphql_operations_total', async () => {
      await client.graphql('query Good { viewer { slug } }');
      await client.graphql('query Good { viewer { user(externalId: "") { key } } }');
      await client.graphql('mutation Make { registerUser(input: {userId: "one"}) { __typename } }');
      await client.graphql('mutation Make { attachResult(input: {resultKey: "0190cb2e-0000-7000-8000-000000000009", userId: "one"}) { __typename } }');
      await client.graphql('{ viewer { slug } }');
      await client.graphql('query Unread {');
      await client.graphql(`query Of_${client.key} { viewer { slug } }`);
    })).toEqual({
      'operation="withheld",outcome="ok",type="query"': 1,
      'operation="Good",outcome="ok",type="query"': 1,
      'operation="Good",outcome="error",type="query"': 1,
      'operation="Make",outcome="ok",type="mutation"': 1,
      'operation="Make",outcome="refused",type="mutation"': 1,
      'operation="",outcome="ok",type="query"': 1,
      'operation="",outcome="error",type="none"': 1,
    });
  });

  it('count problems by code, whatever the caller selects', async () => {
    const client = await server.client({ licenseLimit: 0 });
    const token = await tokenOf(client, { test: 'paid', userId: 'somebody' });
    const attach = (selection: string): Promise<Json> => client.graphql(`mutation {
      a: registerUser(input: {userId: "one"}) { ${selection} } b: registerUser(input: {userId: "two"}) { ${selection} } }`);
    const save = `mutation ($input: SaveProgressInput!) { saveProgress(input: $input) { __typename } }`;
    expect(await growth('testodrom_problems_total', async () => {
      await attach('__typename');
      await attach('... on Problem { message }');
      await server.graphql(save, { input: { test: 'paid', answers: smallAnswers } }, token);
      await server.graphql('{ viewer { slug } }');
      await server.graphql('{ wrong { a } unknown }');
      await server.graphql('{ result(key: "no uuid") { key } }');
    })).toEqual({
      'code="LICENSE_LIMIT_REACHED"': 5, 'code="UNAUTHENTICATED"': 1, 'code="GRAPHQL_VALIDATION_FAILED"': 3,
    });
  });

  it('tell the first 200 names of operations apart and count all others as one: callers choose them', async () => {
    const fresh = await server.another();
    const { metrics } = fresh.services;
    for (let index = 0; index < 250; index += 1) metrics.graphql.countOperation({ operation: `Name${index}`, type: 'query', outcome: 'ok' });
    for (const operation of ['Name0', 'Name249', 'Name199', '']) metrics.graphql.countOperation({ operation, type: 'query', outcome: 'ok' });
    const counts = await samples('testodrom_graphql_operations_total', fresh);
    expect(Object.keys(counts)).toHaveLength(202);
    const of = (name: string): number | undefined => counts[`operation="${name}",outcome="ok",type="query"`];
    expect([of('Name0'), of('Name199'), of('Name249'), of('other'), of('')]).toEqual([2, 2, undefined, 51, 1]);
  });
});

describe('what alerts watch', () => {
  it('is there before it first happens, so that a first time is an increase', async () => {
    const other = await server.another();
    const [rejections, decisions] = [await samples('testodrom_rejections_total', other), await samples('testodrom_licensing_decisions_total', other)];
    expect([rejections['reason="failed_keys"'], rejections['reason="overload"'], decisions['decision="LICENSE_LIMIT_REACHED"']]).toEqual([0, 0, 0]);
  });
});

describe('what is turned away', () => {
  const json = { 'content-type': 'application/json' };
  const attach = '/partner/api/v3/result/attach';
  const save = '/tests/api/v1/save/free/';
  const all = async (requests: readonly RawRequest[]): Promise<void> => {
    for (const each of requests) expect((await sendRaw(server.url, each)).status).toBeGreaterThanOrEqual(400);
  };

  it('is counted once by its reason, over REST as over GraphQL, and however little of it can be read', async () => {
    const { key } = await server.client();
    const origin = { origin: 'https://elsewhere.example' };
    expect(await growth('testodrom_rejections_total', () => all([
      { method: 'POST', path: save, headers: json, body: Buffer.alloc(5_000_000, ' ') },
      { method: 'POST', path: save, headers: { 'content-type': 'x' }, body: 'x' },
      { method: 'POST', path: save, headers: json, body: '{' },
      { method: 'POST', path: save, headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: 'x' },
      { method: 'DELETE', path: save },
      { method: 'POST', path: attach, headers: { ...json, ...origin }, body: JSON.stringify({ client_key: key }) },
      { method: 'POST', path: '/graphql', headers: { ...json, ...origin, authorization: `Bearer ${key}` }, body: '{}' },
      { path: '/%ff' },
      { path: `/results/${'x'.repeat(1_000)}` },
      { path: '/', headers: { host: 'a b' } },
    ]))).toEqual({
      'reason="body_size"': 1, 'reason="media_type"': 1, 'reason="malformed"': 5, 'reason="method"': 1, 'reason="origin"': 2,
    });
  });

  it('is a problem too, whoever told it', async () => {
    const { key } = await server.client();
    const paid = await server.save('paid');
    expect(await growth('testodrom_problems_total', () => all([
      { method: 'POST', path: '/graphql', headers: json, body: Buffer.alloc(5_000_000, ' ') },
      { method: 'POST', path: '/graphql', headers: { ...json, origin: 'https://elsewhere.example', authorization: `Bearer ${key}` }, body: '{}' },
      { path: `/results/${paid}.html` },
      { path: `/partner/api/v3/result/get?format=json&result_key=${paid}` },
      { method: 'POST', path: '/partner/api/v3/client/authenticate-by-token', headers: json, body: '{"token":"wrong"}' },
      { path: '/nowhere' },
      { path: '/partner/nowhere' },
    ]))).toEqual({ 'code="BAD_USER_INPUT"': 3, 'code="FORBIDDEN"': 3, 'code="UNAUTHENTICATED"': 1 });
  });
});

describe('a pdf whose reader hung up before it was composed', () => {
  it('is not printed', async () => {
    const key = await server.save();
    const count = async (): Promise<number> => (await samples('testodrom_problems_total'))['code="UNAVAILABLE"'] ?? 0;
    const before = await count();
    await whileHeld(server, 'results', null, async () => {
      const sending = request(new URL(`/results/${key}.pdf`, server.url));
      sending.on('error', () => undefined).end();
      await until('it is under way', async () => (await samples('testodrom_http_requests_under_way'))[''] === 2);
      sending.destroy();
      await until('it is gone', async () => (await samples('testodrom_http_requests_under_way'))[''] === 1);
      return [];
    });
    await until('given up', async () => await count() === before + 1);
  });
});

describe('the metrics of licensing', () => {
  it('count decisions alike for GraphQL and REST', async () => {
    const client = await server.client({ licenseLimit: 1 });
    const [first, second] = [await server.save('paid'), await server.save('paid')];
    expect(await growth('testodrom_licensing_decisions_total', async () => {
      await client.attach(first, 'one');
      await client.attach(first, 'one');
      await client.attach(second, 'two');
      await restCaller(server)('POST /partner/api/v3/result/attach', { form: { client_key: client.key, result_key: second, user_id: 'three' } });
    })).toEqual({ 'decision="GRANTED"': 1, 'decision="REPLAYED"': 1, 'decision="LICENSE_LIMIT_REACHED"': 2 });
  });

  it('show how many requests a transaction answered', async () => {
    const client = await server.client({ licenseLimit: 100 });
    const grown = async (name: string, work: () => Promise<unknown>): Promise<number> => (await growth(name, work))['']!;
    let batches = 0;
    const requests = await grown('testodrom_licensing_batch_size_sum', async () => {
      batches = await grown('testodrom_licensing_batch_size_count', () => whileHeld(server, 'client', client, async () => {
        const all = Array.from({ length: 20 }, (_, index) => client.register(`user ${index}`));
        await until('all are under way', async () => (await samples('testodrom_http_requests_under_way'))[''] === 21);
        return all;
      }));
    });
    expect(requests).toBe(20);
    expect(batches).toBeLessThan(20);
  });
});

describe('the metrics of the database', () => {
  it('count statements and their failures, and show the connections', async () => {
    const client = await server.client();
    expect((await growth('testodrom_sql_duration_seconds_count', () => client.graphql('{ viewer { slug } }')))['']).toBe(1);
    await server.sql('alter table client_key rename to gone');
    expect(await growth('testodrom_sql_failures_total', () => client.graphql('{ viewer { slug } }'))).toEqual({ 'code="42P01"': 1 });
    await server.sql('alter table gone rename to client_key');
    expect((await samples('testodrom_database_connections'))['']).toBeGreaterThan(0);
    expect(await samples('testodrom_database_waiting')).toEqual({ '': 0 });
  });
});

describe('the log', () => {
  it('tells a failure that fields share once a request, and it is counted once', async () => {
    const failing = await startServer({ DATABASE_URL: server.databaseUrl, LOG_LEVEL: 'info', METRICS_KEY });
    await server.sql('alter table result rename to gone');
    const query = `{ ${[1, 2, 3].map((n) => `r${n}: result(key: "0190cb2e-0000-7000-8000-00000000000${n}") { key }`).join(' ')} }`;
    for (const { errors } of [await graphqlAt(failing.url, query), await graphqlAt(failing.url, query)]) expect(errors).toHaveLength(3);
    await server.sql('alter table gone rename to result');
    expect(await samples('testodrom_problems_total', failing)).toEqual({ 'code="INTERNAL_SERVER_ERROR"': 2 });
    const { stdout } = await failing.stop();
    expect(stdout.match(/relation \\"result\\" does not exist/g)?.length).toBeGreaterThan(0);
    expect(stdout.split('\n').filter((line) => line.includes('A field could not be resolved'))).toHaveLength(2);
  });

  it('names the client that has spent its budget, in GraphQL and REST', async () => {
    const client = await server.client();
    const limited = await startServer({ DATABASE_URL: server.databaseUrl, LOG_LEVEL: 'info', RATE_LIMIT_CLIENT: '1' });
    for (let call = 0; call < 2; call += 1) expect((await client.at(limited.url).graphql('{ viewer { slug } }')).status).toBe(429);
    const rest = await restCaller(limited)('POST /partner/api/v3/client/authenticate-by-token', { json: { token: client.key } });
    expect(rest.status).toBe(429);
    const { stdout } = await limited.stop();
    const lines = stdout.split('\n').filter((line) => line.includes('"problem":"RATE_LIMITED"')).map((line) => JSON.parse(line));
    expect(lines.map(({ route, client: slug }) => [route, slug])).toEqual([
      ['/graphql', client.slug], ['/graphql', client.slug], ['/partner/api/v3/client/authenticate-by-token', client.slug],
    ]);
  });

  it('counts for each request its own statements, also when all connections are in use', async () => {
    const client = await server.client();
    const crowded: ServerProcess = await startServer({ DATABASE_URL: server.databaseUrl, LOG_LEVEL: 'info', DATABASE_POOL_SIZE: '2' });
    await Promise.all(Array.from({ length: 60 }, (_, index) => (index % 2
      ? client.at(crowded.url).graphql('query One { viewer { slug } }')
      : graphqlAt(crowded.url, 'query None { tests { nodes { slug } } }'))));
    const { stdout } = await crowded.stop();
    const counts = stdout.split('\n').filter((line) => line.includes('"operation"')).map((line) => {
      const { operation, statements } = JSON.parse(line) as { operation: string; statements: number };
      return `${operation} ${statements}`;
    });
    expect(counts).toHaveLength(60);
    // What requests read together counts for the first of them.
    const of = (count: string): number => counts.filter((each) => each === count).length;
    expect([of('None 0'), of('One 1') + of('One 0')]).toEqual([30, 30]);
    expect(of('One 1')).toBeGreaterThan(0);
  });
});
