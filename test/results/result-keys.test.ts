import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Database } from '../../src/database/index.js';
import { entities } from '../../src/entities.js';
import { ResultKeys } from '../../src/results/index.js';
import { type OpenDatabase, openTestDatabase } from '../setup/open-database.js';

let databases: OpenDatabase[];
beforeAll(async () => {
  databases = await Promise.all([openTestDatabase(), openTestDatabase()]);
});
afterAll(() => Promise.all(databases.map((one) => one.close())));

const KEY = '0b6f8a4e-5c0b-4f57-9d6c-0d8f3a1c2e4b';

it('servers that start together on a new database derive the same RESULT_KEYs, and so do later ones', async () => {
  const { database, sql } = databases[0]!;
  const keys = await Promise.all(Array.from({ length: 8 }, () => ResultKeys.open(database)));
  keys.push(await ResultKeys.open(database));
  expect(new Set(keys.map((one) => one.of(KEY))).size).toBe(1);
  expect(await sql('select name from seed')).toEqual([{ name: 'RESULT_KEY' }]);
});

it('those of another database are other ones', async () => {
  const [one, other] = await Promise.all(databases.map(({ database }) => ResultKeys.open(database)));
  expect(one!.of(KEY)).not.toBe(other!.of(KEY));
});

it('they are UUIDs of version 8 of which nothing else is fixed', async () => {
  const keys = await ResultKeys.open(databases[0]!.database);
  const derived = Array.from({ length: 500 }, () => keys.of(randomUUID()));
  expect(new Set(derived).size).toBe(500);
  for (const key of derived) expect(key).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  const fixed = Array.from(KEY, (_, place) => new Set(derived.map((key) => key[place])).size < (place === 19 ? 4 : 16) ? place : null).filter((place) => place !== null);
  expect(fixed).toEqual([8, 13, 14, 18, 23]);
});

it('they need nothing to be written once there is a seed', async () => {
  const { database, sql, url } = databases[1]!;
  const key = (await ResultKeys.open(database)).of(KEY);
  await sql(`alter database "${new URL(url).pathname.slice(1)}" set default_transaction_read_only = on`);
  const reader = await Database.open({ url }, entities, 1);
  expect((await ResultKeys.open(reader)).of(KEY)).toBe(key);
  await reader.close();
});
