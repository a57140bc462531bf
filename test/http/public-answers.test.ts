import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkDefinition, publishTest } from '../../src/catalogue/import/index.js';
import { RevisionSource } from '../../src/catalogue/index.js';
import { PUBLIC_MAX_AGE } from '../../src/http/graphql/public-answers.js';
import { tokenOf } from '../setup/access-tokens.js';
import { cleanUp, startServer } from '../setup/processes.js';
import { rejections } from '../setup/rejections.js';
import { smallAnswers, smallTest } from '../setup/small-tests.js';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';
import { until } from '../setup/until.js';

let server: TestServer;
let client: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  client = await server.client();
});
afterAll(async () => {
  await cleanUp();
  await server.close();
});

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly etag: string | null;
  readonly caching: string | null;
}

async function answerOf(response: Response): Promise<Answer> {
  const { status, headers } = response;
  return { status, headers, text: await response.text(), etag: headers.get('etag'), caching: headers.get('cache-control') };
}

type Headed = Record<string, string>;
const post = async (body: object | string, headers: Headed = {}, url = server.url): Promise<Answer> =>
  answerOf(await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) }));
const get = async (search: Headed, headers: Headed = {}, url = server.url): Promise<Answer> =>
  answerOf(await fetch(`${url}?${new URLSearchParams(search)}`, { headers }));
const signed = ({ key }: { readonly key: string }): Headed => ({ authorization: `Bearer ${key}` });
const json = ({ text }: Answer): Json => JSON.parse(text);

/** A public query that no other test asks. */
let count = 0;
const newQuery = (fields = 'test(slug: "free") { slug name(locale: "en") }'): string => `query q${count += 1} { ${fields} }`;
const persisted = (query: string): { sha256Hash: string; version: number } => ({ version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') });

/** How often an operation was counted, by its outcome. */
async function counted(operation: string, at = server.app): Promise<Json> {
  const lines = (await at.services.metrics.text()).matchAll(/^testodrom_graphql_operations_total\{(.*)\} (\d+)$/gm);
  const own = Array.from(lines, ([, labels, value]) => [labels!, Number(value)] as const).filter(([labels]) => labels.includes(`operation="${operation}"`));
  return Object.fromEntries(own.map(([labels, value]) => [/outcome="(\w+)"/.exec(labels)![1], value]));
}

describe('an answer to what is public', () => {
  it.each([['POST', (query: string) => post({ query })], ['GET', (query: string) => get({ query })]] as const)(
    'is the same bytes again, may be kept for a minute and has a tag, from the first time on: by %s', async (_method, ask) => {
      const query = newQuery();
      const answers: Answer[] = [];
      for (let use = 0; use < 3; use += 1) answers.push(await ask(query));
      for (const { status, text, etag, caching, headers } of answers) {
        expect([status, text, etag, caching]).toEqual([200, answers[0]!.text, answers[0]!.etag, `public, max-age=${PUBLIC_MAX_AGE}`]);
        expect([headers.get('content-type'), headers.get('content-length'), headers.get('vary')])
          .toEqual(['application/json; charset=utf-8', String(Buffer.byteLength(text)), 'accept']);
      }
      expect(json(answers[0]!)).toEqual({ data: { test: { slug: 'free', name: 'Test free' } }, extensions: { cost: 3 } });
      expect(answers[0]!.etag).toBe(`"${createHash('sha256').update(answers[0]!.text).digest('base64url')}"`);
    });

  it('has all other headers of an answer again, but its request id, which is its own', async () => {
    const query = newQuery();
    const [first, second] = [await get({ query }), await get({ query })];
    const ofEach = ['x-request-id', 'date'];
    const rest = ({ headers }: Answer): Readonly<Record<string, string>> => {
      const told: Record<string, string> = {};
      headers.forEach((value, name) => void (told[name] = ofEach.includes(name) ? 'its own' : value));
      return told;
    };
    expect(rest(second)).toEqual(rest(first));
    expect(second.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
  });

  it('is for the eyes of whoever signed alone, by key or token, good or not', async () => {
    const query = newQuery();
    const token = await tokenOf(client);
    const plain = await get({ query });
    for (const headers of [signed(client), { authorization: `Bearer ${token}` }, { authorization: 'Bearer tdk_wrong' }]) {
      for (let use = 0; use < 2; use += 1) {
        const { text, etag, caching } = await get({ query }, headers);
        expect([text, etag, caching]).toEqual([plain.text, plain.etag, `private, max-age=${PUBLIC_MAX_AGE}`]);
      }
    }
    expect((await get({ query })).caching).toBe(`public, max-age=${PUBLIC_MAX_AGE}`);
  });

  it('is 304 by GET for whoever has it, also the very first time, weakly and among others', async () => {
    const query = newQuery();
    const { etag } = await post({ query });
    for (const known of [etag!, `W/${etag}`, `"other", ${etag}`, `"a",W/${etag} , "b"`, '*']) {
      for (const text of [query, newQuery().replace(/q\d+/, /q\d+/.exec(query)![0] + ' ')]) {
        const { status, text: body, etag: again, caching, headers } = await get({ query: text }, { 'if-none-match': known });
        expect([status, body, again, caching]).toEqual([304, '', etag, `public, max-age=${PUBLIC_MAX_AGE}`]);
        expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
      }
    }
    for (const unknown of ['"other"', etag!.slice(1, -1), '']) expect((await get({ query }, { 'if-none-match': unknown })).status).toBe(200);
  });

  it('is 304 the very first time that this process is asked', async () => {
    const query = newQuery();
    const other = await server.another();
    const { etag } = await get({ query });
    expect(await get({ query }, { 'if-none-match': etag! }, other.url)).toMatchObject({ status: 304, text: '', etag });
    expect(await get({ query }, {}, other.url)).toMatchObject({ status: 200, etag });
  });

  it('is never 304 by POST', async () => {
    const query = newQuery();
    for (let use = 0; use < 2; use += 1) {
      const { etag } = await post({ query });
      for (const known of [etag!, '*']) expect((await post({ query }, { 'if-none-match': known })).status).toBe(200);
    }
  });

  it('is kept for a query that is named by its hash alone, but never that it is not known', async () => {
    const query = newQuery();
    const extensions = JSON.stringify({ persistedQuery: persisted(query) });
    const unknown = await get({ extensions });
    expect([json(unknown).errors[0].message, unknown.etag, unknown.caching]).toEqual(['PersistedQueryNotFound', null, 'private, no-cache, must-revalidate']);
    await post({ query, extensions: JSON.parse(extensions) });
    const [first, second] = [await get({ extensions }), await get({ extensions })];
    expect([second.text, second.etag, first.caching]).toEqual([first.text, first.etag, `public, max-age=${PUBLIC_MAX_AGE}`]);
    expect(json(first).data.test.slug).toBe('free');
    expect((await get({ extensions }, { 'if-none-match': first.etag! })).status).toBe(304);
  });

  it('is one of a page of another site as well: it may be read there', async () => {
    const query = newQuery();
    for (let use = 0; use < 2; use += 1) {
      const { headers } = await get({ query }, { origin: 'https://elsewhere.example' });
      expect(headers.get('access-control-allow-origin')).toBe('*');
    }
  });
});

describe('a publication', () => {
  const NAMES = '{ test(slug: "changing") { revision name(locale: "en") } }';
  const definition = (name: string) => ({ ...smallTest('changing', { paid: false }), name: { ru: name, en: name } });
  const nameIn = (answer: Answer): string | undefined => json(answer).data.test?.name;

  it('changes answers and tags for all at once', async () => {
    const none = await get({ query: NAMES });
    expect(json(none).data.test).toBeNull();
    await server.publish(definition('One'));
    const [one, list] = [await get({ query: NAMES }), await get({ query: '{ tests { totalCount } }' })];
    expect([nameIn(one), nameIn(await post({ query: NAMES }))]).toEqual(['One', 'One']);
    await server.publish(definition('Two'));
    const two = await get({ query: NAMES }, { 'if-none-match': one.etag! });
    expect([two.status, nameIn(two), nameIn(await post({ query: NAMES }, signed(client)))]).toEqual([200, 'Two', 'Two']);
    expect(new Set([none.etag, one.etag, two.etag]).size).toBe(3);
    // What has not changed is still known.
    expect((await get({ query: '{ tests { totalCount } }' }, { 'if-none-match': list.etag! })).status).toBe(304);
  });

  it('by another process does so too', async () => {
    const before = await get({ query: NAMES });
    await publishTest(server.app.services.database, checkDefinition(definition('Three')).definition!, RevisionSource.IMPORTED);
    await until('it is heard of', async () => nameIn(await get({ query: NAMES })) === 'Three');
    const after = await get({ query: NAMES }, { 'if-none-match': before.etag! });
    expect([after.status, nameIn(after), nameIn(await post({ query: NAMES }))]).toEqual([200, 'Three', 'Three']);
  });
});

describe('what is not the same for everybody', () => {
  const PRIVATE = 'viewer { slug }';
  const FREE = 'test(slug: "free") { slug }';

  it.each([
    ['a client', `{ ${PRIVATE} }`], ['a client beside a test', `{ ${FREE} ${PRIVATE} }`], ['a client under another name', `{ test: ${PRIVATE} }`],
    ['a client behind a fragment', `{ ${FREE} ...Rest } fragment Rest on Query { ...More } fragment More on Query { ${PRIVATE} }`],
    ['a client behind fragments that stand inline', `{ ${FREE} ... { ... on Query { ${PRIVATE} } } }`],
    ['a client that is included', `query ($yes: Boolean!) { ${FREE} viewer @include(if: $yes) { slug } }`],
    ['a client that is not skipped', `query ($yes: Boolean!) { ${FREE} ... @include(if: $yes) { ${PRIVATE} } }`],
  ])('is answered to each by itself, and never kept: %s', async (_what, query) => {
    const other = await server.client();
    for (const [who, slug] of [[client, client.slug], [other, other.slug], [client, client.slug]] as const) {
      for (const answer of [await post({ query, variables: { yes: true } }, signed(who)), await get({ query, variables: '{"yes":true}' }, signed(who))]) {
        expect(JSON.stringify(json(answer).data)).toContain(`{"slug":"${slug}"}`);
        expect([answer.etag, answer.caching]).toEqual([null, 'no-store']);
      }
    }
    const nobody = await post({ query, variables: { yes: true } });
    expect([json(nobody).errors[0].extensions.code, nobody.etag, nobody.caching]).toEqual(['UNAUTHENTICATED', null, 'no-store']);
    // Also where it is left out this time.
    if (query.includes('$yes')) expect((await post({ query, variables: { yes: false } })).etag).toBeNull();
  });

  it('is a result, a node and the schema', async () => {
    for (const query of [`{ result(key: "${await server.save()}") { key } }`, '{ node(id: "tst_AZDLLloffD2eS2-KLRwLfg") { id } }', '{ __schema { queryType { name } } }']) {
      for (let use = 0; use < 2; use += 1) expect(await get({ query })).toMatchObject({ status: 200, etag: null, caching: 'no-store' });
    }
  });

  it('is a mutation: it is done each time', async () => {
    const body = { query: 'mutation ($input: SaveProgressInput!) { saveProgress(input: $input) { ... on SaveProgressSuccess { resultKey } } }', variables: { input: { test: 'free', answers: smallAnswers } } };
    const answers = [await post(body), await post(body)];
    expect(new Set(answers.map((answer) => json(answer).data.saveProgress.resultKey)).size).toBe(2);
    expect(answers.map(({ etag, caching }) => [etag, caching])).toEqual([[null, 'no-store'], [null, 'no-store']]);
  });

  it.each([
    ['an argument that is wrong', { query: '{ test(slug: "free") { question(id: "") { id } } tests(first: 1000) { totalCount } }' }],
    ['a field that is not there', { query: '{ test(slug: "free") { nothing } }' }], ['no document', { query: '{' }],
    ['variables that do not fit', { query: 'query ($slug: String!) { test(slug: $slug) { slug } }', variables: { slug: 1 } }],
    ['no operation of the name', { query: `query a { ${FREE} }`, operationName: 'b' }],
  ])('is an error, which has each time the id of its request: %s', async (_what, body) => {
    const answers = [await post(body), await post(body)];
    for (const answer of answers) {
      expect([answer.etag, answer.caching]).toEqual([null, 'no-store']);
      expect(json(answer).errors[0].extensions.requestId).toBe(answer.headers.get('x-request-id'));
    }
  });
});

describe('an answer that is kept', () => {
  it('is none to another variable, name or media type', async () => {
    const query = `query One($slug: String!) { test(slug: $slug) { slug } } query Two { tests(first: 1) { __typename } }`;
    const asked = [
      { query, operationName: 'One', variables: { slug: 'free' } }, { query, operationName: 'One', variables: { slug: 'paid' } },
      { query, operationName: 'One', variables: { slug: 'nothing' } }, { query, operationName: 'Two' },
    ];
    const told = ['{"test":{"slug":"free"}}', '{"test":{"slug":"paid"}}', '{"test":null}', '{"tests":{"__typename":"TestConnection"}}'];
    for (let use = 0; use < 2; use += 1) {
      const byPost = await Promise.all(asked.map((body) => post(body)));
      const byGet = await Promise.all(asked.map(({ variables = {}, ...rest }) => get({ ...rest, variables: JSON.stringify(variables) })));
      for (const answers of [byPost, byGet]) expect(answers.map((answer) => JSON.stringify(json(answer).data))).toEqual(told);
    }
    for (let use = 0; use < 2; use += 1) {
      for (const accept of ['application/json', 'application/graphql-response+json', '*/*']) {
        const { headers } = await post(asked[0]!, { accept });
        expect([headers.get('content-type'), headers.get('vary')]).toEqual([`${accept === '*/*' ? 'application/json' : accept}; charset=utf-8`, 'accept']);
      }
    }
  });

  it('is none to a body that is read otherwise, and is refused as before', async () => {
    const body = JSON.stringify({ query: newQuery() });
    expect((await post(body)).status).toBe(200);
    expect((await post(`[${body}]`)).status).toBe(400);
    expect((await post(body, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post(body, { 'content-encoding': 'gzip' })).status).toBe(415);
    expect((await post(body, { accept: 'text/html' })).status).toBe(406);
    expect((await post(body)).status).toBe(200);
  });

  it('is none to a page that may not use the key', async () => {
    const query = newQuery();
    expect((await get({ query }, signed(client))).status).toBe(200);
    expect((await get({ query }, { ...signed(client), origin: 'https://elsewhere.example' })).status).toBe(403);
  });

  it('is counted as an operation each time, by its name', async () => {
    const query = `query Counted { test(slug: "free") { slug } }`;
    for (let use = 0; use < 3; use += 1) await post({ query });
    for (let use = 0; use < 2; use += 1) await get({ query }, { 'if-none-match': '*' });
    expect(await counted('Counted')).toEqual({ ok: 5 });
  });

  it('has a line in the log with the operation, its cost, its client and no statement but that for the key', async () => {
    const logging = await startServer({ DATABASE_URL: server.databaseUrl, LOG_LEVEL: 'info' });
    const query = 'query Logged { test(slug: "free") { slug name } }';
    for (let use = 0; use < 2; use += 1) await post({ query }, {}, logging.url);
    await get({ query }, {}, logging.url);
    await get({ query }, { 'if-none-match': '*' }, logging.url);
    await post({ query }, signed(client), logging.url);
    const { stdout } = await logging.stop();
    const lines = stdout.split('\n').filter((line) => line.includes('"operation"')).map((line) => JSON.parse(line));
    expect(lines.map(({ method, status, operation, cost, client: slug }) => [method, status, operation, cost, slug])).toEqual([
      ['POST', 200, 'Logged', 3, undefined], ['POST', 200, 'Logged', 3, undefined], ['GET', 200, 'Logged', 3, undefined], ['GET', 304, 'Logged', 3, undefined],
      ['POST', 200, 'Logged', 3, client.slug],
    ]);
    expect(lines.map(({ statements }) => statements)).toEqual([0, 0, 0, 0, 1]);
  });
});

describe('a budget', () => {
  /** Costs 201 points. */
  const DEAR = '{ tests(first: 100) { nodes { slug } } }';
  let limited: TestServer;
  beforeAll(async () => {
    limited = await startTestServer({ RATE_LIMIT_ADDRESS: '3000', RATE_LIMIT_CLIENT: '1000', TRUSTED_PROXIES: '127.0.0.1' });
    await post({ query: DEAR }, { 'x-forwarded-for': '198.51.100.200' }, limited.url);
    await get({ query: DEAR }, { 'x-forwarded-for': '198.51.100.201' }, limited.url);
  });
  afterAll(() => limited.close());

  const left = ({ headers }: Answer): number => Number(/;r=(\d+);/.exec(headers.get('ratelimit') ?? '')?.[1]);

  it('pays for answers that are kept, and those that are known, until it is spent', async () => {
    const from = { 'x-forwarded-for': '198.51.100.1' };
    const before = await rejections(limited, 'address_rate');
    const answers: Answer[] = [];
    for (let use = 0; use < 14; use += 1) {
      answers.push(use % 2 ? await post({ query: DEAR }, from, limited.url) : await get({ query: DEAR }, { ...from, 'if-none-match': '*' }, limited.url));
    }
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 14 }, (_, use) => (use % 2 ? 200 : 304)));
    expect(answers.map(left)).toEqual(Array.from({ length: 14 }, (_, use) => 3_000 - 201 * (use + 1)));
    for (const spent of [
      await post({ query: DEAR }, from, limited.url), await get({ query: DEAR }, { ...from, 'if-none-match': '*' }, limited.url),
      await post({ query: `${DEAR} ` }, from, limited.url),
    ]) {
      expect(spent.headers.get('content-type')).toMatch(/^application\/json/);
      expect(json(spent)).toEqual({ errors: [{
        message: expect.stringContaining('has spent its 3000 points'),
        extensions: { code: 'RATE_LIMITED', retryAfterSeconds: Number(spent.headers.get('retry-after')), requestId: spent.headers.get('x-request-id') },
      }] });
      expect([spent.status, json(spent).errors[0].extensions.code, spent.etag, spent.caching]).toEqual([429, 'RATE_LIMITED', null, 'no-store']);
      expect(Number(spent.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(await rejections(limited, 'address_rate')).toBe(before + 3);
    expect((await post({ query: DEAR }, { 'x-forwarded-for': '198.51.100.2' }, limited.url)).status).toBe(200);
  });

  it('of a client pays for what it signs', async () => {
    const own = await limited.client();
    const from = { 'x-forwarded-for': '198.51.100.3' };
    const standings: number[] = [];
    for (let use = 0; use < 4; use += 1) standings.push(left(await post({ query: DEAR }, { ...from, ...signed(own) }, limited.url)));
    expect(standings).toEqual([799, 598, 397, 196]);
    expect((await post({ query: DEAR }, { ...from, ...signed(own) }, limited.url)).status).toBe(429);
    expect(left(await post({ query: DEAR }, from, limited.url))).toBe(2_799);
  });

  it('pays for the length of a request where that is more', async () => {
    const from = { 'x-forwarded-for': '198.51.100.4' };
    const body = { query: `{ test(slug: "free") { slug } } #${'x'.repeat(8_000)}` };
    const first = left(await post(body, from, limited.url));
    expect(first - left(await post(body, from, limited.url))).toBe(Math.floor(JSON.stringify(body).length / 20));
  });
});
