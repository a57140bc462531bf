import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openEmbeddedDatabase } from '../../../dist/database/embedded/index.js';
import { Database, migrate } from '../../../dist/database/index.js';
import { entities } from '../../../dist/entities.js';

/** All contenders of a work and what measures them have connections of their own. */
const CONNECTIONS = 400;

/** A PostgreSQL of the run's own, with the settings with which the server starts its own: nothing is lost that was acknowledged. */
export class BenchDatabase {
  static async start() {
    const folder = await mkdtemp(join(tmpdir(), 'testodrom-bench-'));
    const server = await openEmbeddedDatabase({ dataDir: folder, role: 'server', connections: CONNECTIONS });
    return new BenchDatabase(folder, server);
  }

  constructor(folder, server) {
    this.folder = folder;
    this.server = server;
  }

  /** How to connect to one of its databases, as DATABASE_URL has it. */
  url(name) {
    const { user, port } = this.server.connection;
    return `postgres://${user}@${encodeURIComponent(this.host)}:${port}/${name}`;
  }

  /** The folder of its socket. */
  get host() {
    return this.server.connection.host;
  }

  /** How programs of PostgreSQL connect. */
  get environment() {
    const { user, port } = this.server.connection;
    return { PGHOST: this.host, PGPORT: String(port), PGUSER: user };
  }

  /** Makes a database with the server's schema. */
  async create(name) {
    await this.administer(`create database ${name}`);
    const database = await Database.open({ url: this.url(name) }, entities, 5);
    await migrate(database);
    return database;
  }

  async administer(sql) {
    const client = new pg.Client({ connectionString: this.url('testodrom') });
    await client.connect();
    try {
      return await client.query(sql);
    } finally {
      await client.end();
    }
  }

  async stop() {
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
