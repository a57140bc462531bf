import { layout, type Placement } from '../../../src/database/distribution/layout.js';
import type { PostgresServer } from './postgres.js';
import type { Homes } from './router/homes.js';

const tables = Object.entries<Placement>(layout);

/** Rows that lie where they should not: the table, the id by which they should lie, and the machine on which they do. */
export async function strayRows(machines: readonly PostgresServer[], homes: Homes): Promise<string[]> {
  const strays: string[] = [];
  for (const [table, placement] of tables) {
    if (typeof placement === 'string') continue;
    for (const [place, machine] of machines.entries()) {
      const rows = await machine.sql<{ id: string }>(`select distinct ${placement.by} as id from ${table} where ${placement.by} is not null`);
      const astray = rows.filter(({ id }) => homes.of(placement.together, id) !== place);
      strays.push(...astray.map(({ id }) => `${table} of ${id} on machine ${place}`));
    }
  }
  return strays;
}

/** Tables of which machines that should hold the same rows hold others. */
export async function differingTables(machines: readonly PostgresServer[]): Promise<string[]> {
  const everywhere = tables.filter(([, placement]) => placement === 'EVERYWHERE').map(([table]) => table);
  const differing: string[] = [];
  for (const table of everywhere) {
    const text = `select coalesce(md5(string_agg(t::text, ' ' order by t::text)), '') as rows from ${table} t`;
    const found = await Promise.all(machines.map((machine) => machine.sql<{ rows: string }>(text)));
    if (new Set(found.map(([row]) => row!.rows)).size > 1) differing.push(table);
  }
  return differing;
}

/** How many rows a database has, which lies on one machine or on several. */
export async function countRows(machines: readonly PostgresServer[]): Promise<Record<string, number>> {
  const counted = tables.map(async ([table, placement]) => {
    const holders = typeof placement === 'string' ? machines.slice(0, 1) : machines;
    const counts = await Promise.all(holders.map((machine) => machine.sql<{ rows: number }>(`select count(*)::int as rows from ${table}`)));
    return [table, counts.reduce((sum, [row]) => sum + row!.rows, 0)] as const;
  });
  return Object.fromEntries(await Promise.all(counted));
}

/** Clients whose counter, licenses and users are not as many. */
export async function wrongCounters(machines: readonly PostgresServer[]): Promise<unknown[]> {
  const wrong = await Promise.all(machines.map((machine) => machine.sql(`
    select * from (
      select slug, licenses_issued as counter, (select count(*) from license l where l.client_id = c.id) as licenses,
             (select count(*) from client_user u where u.client_id = c.id) as users,
             (select coalesce(sum(issued), 0) from license_usage_day d where d.client_id = c.id) as days
        from client c
    ) as counted
     where counter <> licenses or counter <> users or counter <> days`)));
  return wrong.flat();
}
