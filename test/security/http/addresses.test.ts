import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendRaw } from '../../setup/raw-request.js';
import { expectRefused, expectUnharmed, malformed, PATH, posted, SLUG } from '../../setup/refused-requests.js';
import { type Json, startTestServer, type TestServer } from '../../setup/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await expectUnharmed(server);
  await server.close();
});

const QUERY = encodeURIComponent(SLUG);

/** What GraphQL answers by GET. */
async function asked(search: string): Promise<{ readonly status: number; readonly json: Json }> {
  const { status, text } = await sendRaw(server.url, { path: `${PATH}?${search}` });
  return { status, json: JSON.parse(text) };
}

describe('a query in the address', () => {
  it('is read up to what headers may have, and refused beyond', async () => {
    expect(await asked(`query=${QUERY}%23${'x'.repeat(15_000)}`))
      .toMatchObject({ status: 200, json: { data: { test: { slug: 'free' } } } });
    for (const length of [17_000, 500_000]) {
      expect(await asked(`query=${QUERY}%23${'x'.repeat(length)}`))
        .toMatchObject({ status: 431, json: { errors: [{ message: expect.stringContaining('in a body') }] } });
    }
  });

  it.each([
    ['query', `query=${QUERY}&query=${QUERY}`], ['variables', `query=${QUERY}&variables={}&variables={}`],
    ['operationName', `query=${QUERY}&operationName=a&operationName=b`], ['extensions', `query=${QUERY}&extensions={}&extensions={}`],
  ])('is refused when %s stands twice', async (name, search) => {
    await expectRefused(server, { path: `${PATH}?${search}` }, malformed(new RegExp(`'${name}' search parameter may only be specified once`)));
  });

  it.each([
    ['a list', `query[]=${QUERY}`], ['an object', `query[text]=${QUERY}`], ['another name', `q=${QUERY}`], ['another case', `QUERY=${QUERY}`], ['nothing', ''],
    ['ten thousand parameters', Array.from({ length: 3_000 }, (_, index) => `a${index}=`).join('&').slice(0, 15_000)],
  ])('is refused as missing when it is %s', async (_what, search) => {
    await expectRefused(server, { path: `${PATH}?${search}` }, malformed(/non-empty `query`/));
  });

  it.each([
    ['variables', '{'], ['variables', '[]'], ['variables', '"x"'], ['variables', '1'], ['variables', 'null'], ['variables', '[[[['],
    ['extensions', '{'], ['extensions', '[1]'], ['extensions', 'true'],
  ])('is refused with %s that are no object: %s', async (name, value) => {
    await expectRefused(server, { path: `${PATH}?query=${QUERY}&${name}=${encodeURIComponent(value)}` }, malformed(new RegExp(`${name} search parameter`)));
  });

  it.each([['a broken escape', '%zz'], ['half of a letter', '%d0'], ['a zero byte', '%00'], ['a byte that is none', '%ff']])(
    'is told what is wrong with it, and nothing fails, with %s', async (_what, escaped) => {
      const { status, json } = await asked(`query=${QUERY}${escaped}`);
      expect({ status, json }).toMatchObject({ status: 200, json: { errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] } });
    });

  it('does not count beside a body', async () => {
    const { text } = await sendRaw(server.url, {
      ...posted(JSON.stringify({ query: SLUG })), path: `${PATH}?query=${encodeURIComponent('{ viewer { id } }')}&variables=x&operationName=nothing`,
    });
    expect(JSON.parse(text)).toMatchObject({ data: { test: { slug: 'free' } } });
    await expectRefused(server, { ...posted(JSON.stringify({ variables: {} })), path: `${PATH}?query=${QUERY}` }, malformed(/non-empty `query`/));
  });
});

describe('the name of an operation', () => {
  const two = 'query a { test(slug: "free") { slug } } query b { viewer { slug } }';
  it.each([
    '__proto__', 'constructor', 'toString', 'a b', 'A', 'c', 'a\0', '{ a }', '\ud800',
  ])('is told as unknown, however long: %j', async (name) => {
    const operationName = name.repeat(500);
    const answer = await fetch(server.url, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: two, operationName }),
    });
    const json = await answer.json();
    expect({ status: answer.status, json }).toMatchObject({ status: 200, json: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] } });
    expect(json.errors[0].message.length).toBeLessThan(1_100);
  });

  it.each([['is missing', undefined], ['is null', null], ['is empty', '']])('is needed where there are two: it %s', async (_what, operationName) => {
    const { text } = await sendRaw(server.url, posted(JSON.stringify({ query: two, operationName })));
    expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it.each([[5], [[]], [{}], [true]])('is refused when it is no text: %j', async (operationName) => {
    await expectRefused(server, posted(JSON.stringify({ query: two, operationName })), malformed(/must be a string/));
  });

  it('chooses one operation, and the other costs and does nothing', async () => {
    const query = two.replace('viewer { slug }', 'tests(first: 100) { nodes { questions { options { value } } } }');
    const { text } = await sendRaw(server.url, posted(JSON.stringify({ query, operationName: 'a' })));
    expect(JSON.parse(text)).toEqual({ data: { test: { slug: 'free' } }, extensions: { cost: 2 } });
  });
});
