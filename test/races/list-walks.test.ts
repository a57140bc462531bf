import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Json, startTestServer, type TestClient, type TestServer } from '../setup/test-server.js';

const LENGTH = 30;
/** How many come at most during a walk: one to the newest would have no end where they come faster than its pages. */
const MOST_NEWCOMERS = 30;

let server: TestServer;
let client: TestClient;
beforeAll(async () => {
  server = await startTestServer();
  client = await server.client({ payment: 'postpaid' });
  for (let index = 0; index < LENGTH; index += 1) await client.attach(await server.save('free'), `person ${index}`);
});
afterAll(() => server.close());

type List = 'users' | 'results';

async function page(list: List, args: string): Promise<Json> {
  const { data, errors } = await client.graphql(`{ viewer { list: ${list}(${args}) {
    nodes { key } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`);
  if (errors) throw new Error(errors[0]?.message);
  return data.viewer.list;
}

/** Walks through a whole list by pages of three; the keys that were met, in the order of the list. */
async function walk(list: List, backwards: boolean): Promise<string[]> {
  let met: string[] = [];
  let args = backwards ? 'last: 3' : 'first: 3';
  for (;;) {
    const { nodes, pageInfo } = await page(list, args);
    const keys = nodes.map(({ key }: Json) => key);
    met = backwards ? [...keys, ...met] : [...met, ...keys];
    if (!(backwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) return met;
    args = backwards ? `last: 3, before: "${pageInfo.startCursor}"` : `first: 3, after: "${pageInfo.endCursor}"`;
  }
}

/** Attaches results to new users, one after another, until told to stop or there are enough; tells how many there were. */
function whileAttaching(): { stop(): Promise<number> } {
  let going = true as boolean;
  const attaching = (async () => {
    let count = 0;
    while (going && count < MOST_NEWCOMERS) {
      await client.attach(await server.save('paid'), `newcomer ${Math.random()}`);
      count += 1;
    }
    return count;
  })();
  return { stop: () => ((going = false), attaching) };
}

describe.each([['users'], ['results']] as const)('while a client grows, a walk through its %s', (list) => {
  it.each([['forwards', false], ['backwards', true]])('%s meets all that were there, once and in order', async (_, backwards) => {
    const before = await walk(list, false);
    const growth = whileAttaching();
    const met = await walk(list, backwards);
    expect(await growth.stop()).toBeGreaterThan(0);
    // Whoever came meanwhile is newer, and so before all of them.
    expect(met.slice(-before.length)).toEqual(before);
    expect(new Set(met).size).toBe(met.length);
  });
});
