import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBundledTests } from '../../dist/catalogue/index.js';
import { openEmbeddedDatabase } from '../../dist/database/embedded/index.js';
import { planDistribution } from '../../dist/database/distribution/index.js';
import { Database, migrate } from '../../dist/database/index.js';
import { entities } from '../../dist/entities.js';
import pg from 'pg';

/**
 * Runs once before all tests, on the build: one PostgreSQL (that of DATABASE_URL, else an embedded one) with a template
 * database that is migrated and holds the bundled tests. Each test file clones it, or the one whose tables are prepared for several
 * machines.
 */
export default async function globalSetup() {
  const server = await openServer();
  const template = `testodrom_test_${process.pid}`;
  await administer(server.url, `create database "${template}"`);
  const database = await Database.open({ url: databaseUrl(server.url, template) }, entities, 5);
  await migrate(database);
  await loadBundledTests(database);
  await database.close();
  await prepare(server.url, template, `${template}_prepared`);

  process.env.TEST_SERVER_URL = server.url;
  process.env.TEST_TEMPLATE = template;
  globalThis.stopTestDatabase = async () => {
    const { rows } = await administer(server.url, `select datname from pg_database where datname like '${template}%'`);
    for (const { datname } of rows) await administer(server.url, `drop database "${datname}" with (force)`);
    await server.stop();
  };
}

/** Makes a copy whose tables are prepared for several machines. */
async function prepare(url, template, name) {
  await administer(url, `create database "${name}" template "${template}"`);
  const database = await Database.open({ url: databaseUrl(url, name) }, entities, 1);
  const { preparing, spreading } = await planDistribution(database);
  const triggers = spreading.filter((sql) => sql.startsWith('CREATE TRIGGER'));
  await database.em().execute([...preparing, ...triggers].join(';\n'));
  await database.close();
}

async function openServer() {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, stop: async () => undefined };
  const dataDir = await mkdtemp(join(tmpdir(), 'testodrom-test-'));
  const { connection, stop } = await openEmbeddedDatabase({ dataDir, role: 'server', durable: false });
  const { host, port, user, database } = connection;
  return {
    url: `postgres://${user}@${encodeURIComponent(host)}:${port}/${database}`,
    stop: async () => {
      await stop();
      await rm(dataDir, { recursive: true });
    },
  };
}

function databaseUrl(url, name) {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

async function administer(url, sql) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}
