import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { cleanUp } from '../setup/processes.js';
import { fill } from './world/client.js';
import { endPrograms } from './world/debian.js';
import { startMachines } from './world/machines.js';
import type { PostgresServer } from './world/postgres.js';
import { Router } from './world/router/router.js';

let machines: PostgresServer[];
let router: Router;
let client: pg.Client;
/** Of two clients that lie on different machines. */
let ids: readonly [string, string];

beforeAll(async () => {
  machines = await startMachines(2);
  router = await Router.start(machines);
  await fill(router.url, {}, {});
  client = new pg.Client({ connectionString: router.url });
  await client.connect();
  const { rows } = await client.query<{ id: string }>('select id from client');
  ids = [rows[0]!.id, rows[1]!.id];
});
afterAll(async () => {
  await client.end();
  router.close();
  await cleanUp();
  await endPrograms();
});

const names = (): Promise<string[]> => Promise.all(machines.map(async (machine) => (await machine.sql<{ name: string }>('select name from client'))[0]!.name));
const rename = 'update client set name = $2 where id = $1';

describe('the router', () => {
  it('lays each client on one machine, and what is everywhere on all', async () => {
    const counts = await Promise.all(machines.map((machine) => machine.sql('select (select count(*)::int from client) as clients, (select count(*)::int from test) as tests')));
    expect(counts).toEqual([[{ clients: 1, tests: 1 }], [{ clients: 1, tests: 1 }]]);
  });

  it('writes where a client lies', async () => {
    await client.query(rename, [ids[1], 'Renamed']);
    expect(await names()).toEqual(['Client', 'Renamed']);
  });

  it('sorts what several machines have, and gives no more than was asked for', async () => {
    const all = await client.query<{ slug: string }>('select slug from client order by slug desc');
    expect(all.rows.map(({ slug }) => slug)).toEqual(['client-1', 'client-0']);
    const first = await client.query<{ slug: string }>('select slug from client order by slug limit $1', [1]);
    expect(first.rows.map(({ slug }) => slug)).toEqual(['client-0']);
  });

  it.each<[what: string, text: string, values: () => unknown[]]>([
    ['tables of clients and of results', 'select from result r join client c on c.id = r.client_id where c.id = $1', () => [ids[0]]],
    ['tables of clients and of one machine', 'select from client, rate_limit where id = $1', () => [ids[0]]],
    ['a client and what is written everywhere', 'with t as (update test set bonus = false) update client set name = name where id = $1', () => [ids[0]]],
    ['writes of several clients', 'update client set name = name where id = any($1::uuid[])', () => [ids]],
    ['writes of nobody knows which client', 'update client set name = name where slug = $1', () => ['client-0']],
    ['writes of several results', 'delete from result where id = any($1::uuid[])', () => [[randomUUID(), randomUUID()]]],
    ['locks of several clients', 'select 1 from client where id = any($1::uuid[]) for no key update', () => [ids]],
    ['counts of all clients', 'select count(*) from client', () => []],
    ['whether any client is there', 'select exists (select from client where slug = $1) as is', () => ['client-0']],
    ['the first by what is not told', 'select id from client order by slug limit $1', () => [1]],
  ])('refuses %s', async (_, text, values) => {
    await expect(client.query(text, values())).rejects.toMatchObject({ code: '0A000' });
  });

  it('takes all of a transaction back on every machine', async () => {
    await client.query('begin');
    for (const id of ids) await client.query(rename, [id, 'Nobody']);
    await expect(client.query('select 1 / 0')).rejects.toThrow('division by zero');
    await expect(client.query('select 1')).rejects.toThrow('current transaction is aborted');
    expect((await client.query('commit')).command).toBe('ROLLBACK');
    expect(await names()).toEqual(['Client', 'Renamed']);
  });

  it('keeps all of a transaction on every machine', async () => {
    await client.query('begin');
    for (const id of ids) await client.query(rename, [id, 'Somebody']);
    expect(await names()).toEqual(['Client', 'Renamed']);
    await client.query('commit');
    expect(await names()).toEqual(['Somebody', 'Somebody']);
  });

  it('prepares a named statement wherever it goes', async () => {
    for (const id of [...ids, ...ids]) {
      const { rows } = await client.query<{ id: string }>({ name: 'one', text: 'select id from client where id = $1', values: [id] });
      expect(rows).toEqual([{ id }]);
    }
  });
});
