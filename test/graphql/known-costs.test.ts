import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

let server: TestServer;
let client: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  client = await server.client();
});
afterAll(() => server.close());

interface Asked {
  readonly operationName?: string;
  readonly variables?: object;
}

/** What an operation costs, or the code of what refused it. */
async function costOf(query: string, { operationName, variables = {} }: Asked): Promise<number | string> {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'authorization': `Bearer ${client.key}` },
    body: JSON.stringify({ query, operationName, variables }),
  });
  const { errors, extensions } = await response.json();
  return errors?.[0].extensions.code ?? extensions.cost;
}

let count = 0;
/** The same document as another text, which the server has not seen. */
const anew = (query: string): string => `${query} #${count += 1}`;

/** Checks that a document costs the same however often and with what it was asked before, and gives what it costs each time. */
async function costsOf(query: string, asked: readonly Asked[]): Promise<(number | string)[]> {
  const costs: (number | string)[] = [];
  for (const each of asked) costs.push(await costOf(anew(query), each));
  const again = anew(query);
  for (let round = 0; round < 3; round += 1) {
    const order = round === 1 ? asked.toReversed() : asked;
    const told: (number | string)[] = [];
    for (const each of order) told.push(await costOf(again, each));
    expect(round === 1 ? told.toReversed() : told).toEqual(costs);
  }
  return costs;
}

const having = (...variables: object[]): Asked[] => variables.map((each) => ({ variables: each }));

describe('what an operation costs does not depend on what was asked before', () => {
  it('with pages of another size, forwards and backwards', async () => {
    const query = 'query ($first: Int, $last: Int, $after: String) { tests(first: $first, last: $last, after: $after) { nodes { slug name } } }';
    expect(await costsOf(query, having({ first: 1 }, { first: 50 }, { last: 50 }, { last: 2 }, {}, { first: null }, { first: 0 }, { first: 1_000 }, { first: '1' })))
      .toEqual([4, 151, 151, 7, 61, 61, 'BAD_USER_INPUT', 'BAD_USER_INPUT', 'BAD_USER_INPUT']);
  });

  it('with pages of a default size, left out, given and null', async () => {
    const query = 'query ($first: Int = 3) { tests(first: $first) { nodes { slug } } }';
    expect(await costsOf(query, having({}, { first: 5 }, { first: null }, { first: 3 }))).toEqual([7, 11, 41, 7]);
    expect(await costsOf(query.replace('Int =', 'Int! ='), having({}, { first: 5 }, { first: null }, { first: 3 }))).toEqual([7, 11, 'BAD_USER_INPUT', 7]);
  });

  it('with directives that leave fields out, also in fragments', async () => {
    const query = `query ($skip: Boolean!, $include: Boolean = true) { test(slug: "free") { slug ...Rest @skip(if: $skip) } }
      fragment Rest on Test { questions @include(if: $include) { id } authors { name } }`;
    const all = having({ skip: false }, { skip: true }, { skip: false, include: false }, { skip: false, include: true }, { skip: true, include: false });
    const costs = await costsOf(query, all) as number[];
    const [whole, none] = costs as [number, number];
    expect(costs).toEqual([whole, none, costs[2], whole, none]);
    expect(whole).toBeGreaterThan(costs[2]!);
    expect(costs[2]).toBeGreaterThan(none);
  });

  it('with null for a variable that has a default, where an argument takes none', async () => {
    const query = 'query ($slug: String = "free", $first: Int = 2) { test(slug: $slug) { slug } tests(first: $first) { nodes { slug } } }';
    expect(await costsOf(query, having({}, { slug: 'paid' }, { slug: null }, { slug: 'free', first: 4 }, { slug: null, first: 4 })))
      .toEqual([7, 7, 'BAD_USER_INPUT', 11, 'BAD_USER_INPUT']);
  });

  it('with filters that look through more, and those that do not', async () => {
    const query = 'query ($filter: UserFilter) { viewer { users(first: 1, filter: $filter) { nodes { key } } } }';
    const costs = await costsOf(query, having({}, { filter: null }, { filter: { completed: [] } }, { filter: { completed: ['free'] } }, { filter: { notCompleted: ['free'] } }, { filter: { externalIdPrefix: 'a' } })) as number[];
    const [cheap] = costs as [number];
    expect(costs).toEqual([cheap, cheap, cheap, cheap + 1_000, cheap + 1_000, cheap]);
    const within = 'query ($completed: [String!]) { viewer { users(first: 1, filter: {completed: $completed}) { nodes { key } } } }';
    expect(await costsOf(within, having({}, { completed: ['free'] }, { completed: null }, { completed: [] }))).toEqual([cheap, cheap + 1_000, cheap, cheap]);
  });

  it('with another operation of the same document', async () => {
    const query = 'query One($first: Int) { tests(first: $first) { nodes { ...Head } } } query Two($first: Int) { tests(first: $first) { totalCount } } fragment Head on Test { slug }';
    const costs = await costsOf(query, [
      { operationName: 'One', variables: { first: 10 } }, { operationName: 'Two', variables: { first: 10 } }, { operationName: 'One', variables: { first: 20 } }, { operationName: 'Two' },
      { operationName: 'Three' }, {},
    ]);
    expect(costs[0]).toBe(21);
    expect(costs[2]).toBe(41);
    expect(costs[1]).not.toBe(costs[0]);
    expect(costs.slice(4)).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
  });

  it('with more values than are remembered, and longer ones', async () => {
    const query = 'query ($first: Int, $slug: String!) { tests(first: $first) { nodes { slug } } test(slug: $slug) { slug } }';
    const sizes = Array.from({ length: 60 }, (_, index) => index + 1);
    expect(await costsOf(query, having(...sizes.map((first) => ({ first, slug: `slug ${first}` }))))).toEqual(sizes.map((first) => 3 + 2 * first));
    const filtered = 'query ($filter: UserFilter) { viewer { users(first: 1, filter: $filter) { nodes { key } } } }';
    const long = 'x'.repeat(200);
    const [plain, dear] = await costsOf(filtered, having({ filter: { externalIdPrefix: long } }, { filter: { externalIdPrefix: long, completed: ['free', 'paid'] } })) as [number, number];
    expect(dear).toBe(plain + 1_000);
  });
});
