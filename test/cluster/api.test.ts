import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { cleanUp } from '../setup/processes.js';
import { SHORT } from './settings.js';
import { endPrograms } from './world/debian.js';
import { startPgBouncer } from './world/pgbouncer.js';
import { PostgresServer } from './world/postgres.js';

const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
const LIMIT_MS = 1_800_000;
/** How much of what the failed tests printed is shown. */
const MOST_PRINTED = 10_000;

let primary: PostgresServer;
let standby: PostgresServer;
let pooler: string;

beforeAll(async () => {
  primary = await PostgresServer.create();
  standby = await PostgresServer.standbyOf(primary);
  pooler = await startPgBouncer(primary, { connections: 40 });
});
afterAll(async () => {
  await cleanUp();
  await endPrograms();
});

it('answers all of its own tests by PgBouncer and with a standby', async () => {
  const folders = SHORT ? ['test/races', 'test/statistics'] : [];
  const child = spawn(process.execPath, [...JEST, '--config', 'test/cluster/api.config.mjs', ...folders], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, FORCE_COLOR: '0', DATABASE_URL: primary.url, TEST_POOLER: new URL(pooler).host, TEST_REPLICA: new URL(standby.url).host },
  });
  const [printed, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  if (code !== 0) throw new Error(printed.slice(0, MOST_PRINTED));
  expect(printed).toMatch(/^Tests: .* [1-9]\d* passed/m);
  const [read] = await standby.sql<{ rows: number }>('select sum(tup_returned)::float8 as rows from pg_stat_database');
  expect(read!.rows).toBeGreaterThan(0);
}, LIMIT_MS);
