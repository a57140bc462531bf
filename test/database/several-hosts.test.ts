import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, outageOf } from '../../src/database/index.js';
import { entities } from '../../src/entities.js';
import { type DatabaseProxy, databaseProxy } from '../setup/database-proxy.js';
import { type FreshDatabase, freshDatabase } from '../setup/fresh-database.js';

let fresh: FreshDatabase;
/** Two ways to one PostgreSQL, as if to two. */
let ways: [DatabaseProxy, DatabaseProxy];
let database: Database | null = null;

beforeEach(async () => {
  fresh = await freshDatabase({ empty: true });
  ways = [await databaseProxy(fresh.url), await databaseProxy(fresh.url)];
});
afterEach(async () => {
  await database?.close();
  database = null;
  for (const way of ways) await way.cut().catch(() => undefined);
  await fresh.drop();
});

/** A URL that names both. */
const both = (): string => {
  const [one, two] = ways.map(({ url }) => new URL(url));
  return one!.href.replace(one!.host, `${one!.host},${two!.host}`);
};

async function open(): Promise<Database> {
  database = await Database.open({ url: both() }, entities, 2);
  return database;
}

describe('a URL of two hosts', () => {
  it.each([0, 1] as const)('leads to the one that answers: only number %i', async (place) => {
    await ways[1 - place]!.cut();
    await (await open()).ping();
  });

  it('leads to the other one when the one it led to is gone', async () => {
    const opened = await open();
    for (const [gone, there] of [[0, 1], [1, 0], [0, 1]] as const) {
      await ways[there].mend();
      await ways[gone].cut();
      // Whoever used the connection that broke is told, and so is who was led there once more.
      await opened.ping().catch(() => opened.ping()).catch(() => opened.ping());
    }
  });

  it('tells why each of them cannot be used', async () => {
    for (const way of ways) await way.cut();
    const [one, two] = ways.map(({ url }) => new URL(url).host);
    await expect(open()).rejects.toThrow(
      `Cannot use the database of DATABASE_URL (${one}, ${two}/${new URL(fresh.url).pathname.slice(1)}): no primary answers: ` +
      `${one}: connect ECONNREFUSED ${one}; ${two}: connect ECONNREFUSED ${two}.`);
  });

  it('takes it for an outage that none of them can be used', async () => {
    const opened = await open();
    for (const way of ways) await way.cut();
    await opened.ping().catch(() => undefined);
    expect(outageOf(await opened.ping().catch((error: unknown) => error))).toBe('out of reach');
  });
});

describe('a database that only reads', () => {
  it('is an outage for who writes: it may have been the primary before', async () => {
    const opened = await open();
    await fresh.sql(`alter database "${new URL(fresh.url).pathname.slice(1)}" set default_transaction_read_only = on`);
    const reading = await Database.open({ url: fresh.url }, entities, 1);
    const failure: unknown = await reading.em().execute('create table written ()').catch((error: unknown) => error);
    await reading.close();
    expect(outageOf(failure)).toBe('out of reach');
    await opened.ping();
  });
});
