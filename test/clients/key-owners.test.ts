import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createClient, KeyOwners } from '../../src/clients/index.js';
import { statementsOf } from '../setup/count-statements.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';

let test: OpenDatabase;
let clients: { id: string; key: string }[];
beforeAll(async () => {
  test = await openTestDatabase();
  clients = await Promise.all(['one', 'two', 'three'].map(async (slug) => {
    const { client, key } = await createClient(test.database, { name: slug, slug, payment: 'postpaid', licensePolicy: 'unlimited' });
    return { id: client.id, key };
  }));
});
afterAll(() => test.close());

it('the owner of a key is asked for once', async () => {
  const owners = new KeyOwners(test.database);
  for (const { id, key } of clients) expect(await owners.of(key)).toBe(id);
  const again = await statementsOf(async () => {
    for (const { id, key } of clients) expect(await owners.of(key)).toBe(id);
  });
  expect(again).toEqual([]);
});

it('a key that nobody has is asked for each time, because it may be made', async () => {
  const owners = new KeyOwners(test.database);
  expect(await statementsOf(async () => {
    for (const key of ['tdk_wrong', 'tdk_wrong']) expect(await owners.of(key)).toBeNull();
  })).toEqual(['key-owner', 'key-owner']);
});

it('no more keys are remembered than are to be, and the first one goes first', async () => {
  const owners = new KeyOwners(test.database, 2);
  const [one, two, three] = clients.map(({ key }) => key) as [string, string, string];
  for (const key of [one, two, three]) await owners.of(key);
  expect(await statementsOf(async () => {
    for (const key of [two, three]) await owners.of(key);
  })).toEqual([]);
  expect(await statementsOf(() => owners.of(one))).toEqual(['key-owner']);
});
