import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { onConnection } from './connection.mjs';
import { CONNECTIONS } from './measure.mjs';
import { pgbenchVersion } from './pgbench.mjs';

const SETTINGS = ['server_version', 'shared_buffers', 'fsync', 'synchronous_commit', 'full_page_writes', 'max_connections'];

/** On what, and with which versions and settings, it was measured. */
export async function machineOf({ url, scale, rounds, seconds, warmUpSeconds }) {
  const postgres = await onConnection(url, async (client) => {
    const { rows } = await client.query('select name, setting, unit from pg_settings where name = any($1)', [SETTINGS]);
    return Object.fromEntries(rows.map(({ name, setting, unit }) => [name, unit ? `${setting} × ${unit}` : setting]));
  });
  const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return {
    at: new Date().toISOString(),
    processors: `${cpus().length} × ${cpus()[0].model.trim()}`,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    linux: release(),
    node: process.version,
    postgres,
    pgbench: pgbenchVersion() ?? 'none: the rows of pgbench are left out; it comes with PostgreSQL, or set PGBENCH',
    peers: dependencies,
    scale,
    load: { connections: CONNECTIONS, rounds, seconds, warmUpSeconds },
  };
}
