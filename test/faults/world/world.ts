import { join } from 'node:path';
import pg from 'pg';
import { payInvoice } from '../../../src/billing/index.js';
import { Database, migrate, outageOf } from '../../../src/database/index.js';
import { entities } from '../../../src/entities.js';
import { sellerVariables } from '../../setup/billing.js';
import { freePort } from '../../setup/free-port.js';
import { newFolder } from '../../setup/processes.js';
import type { Told } from '../load/ask.js';
import type { Sql } from '../model/stored.js';
import { Postgres } from './postgres.js';
import { SupervisedServer } from './server.js';
import { makeSubjects, type Subject } from './subjects.js';
import { Way } from '../../setup/way.js';

/** A server with its PostgreSQL, and ways between that can be hindered. */
export interface World {
  readonly postgres: Postgres;
  readonly server: SupervisedServer;
  /** From the server to PostgreSQL. */
  readonly toDatabase: Way;
  /** From the callers to the server. */
  readonly toServer: Way;
  readonly subjects: readonly Subject[];
  /** GraphQL, by the callers' way. */
  readonly url: string;
  readonly pay: (number: string) => Promise<Told>;
  /** Beside the server, by a way of its own. */
  readonly sql: Sql;
  readonly database: Database;
  close(): Promise<void>;
}

/** What is set up otherwise for a fault. */
export interface Setting {
  /** Where PostgreSQL keeps its data; a folder of the test's own by default. */
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export async function makeWorld({ folder, environment }: Setting = {}): Promise<World> {
  const postgres = await Postgres.start(join(folder ?? await newFolder(), 'data'));
  const [toDatabase, besides] = await Promise.all([0, 1].map(() => Way.open(() => ({ path: postgres.socket }))));
  const { user, database: name } = postgres.account;
  const urlBy = ({ port }: Way) => `postgres://${user}@127.0.0.1:${port}/${name}`;

  const database = await Database.open({ url: urlBy(besides!) }, entities, 5);
  await migrate(database);
  const subjects = await makeSubjects(database);
  const operator = await Database.open({ url: urlBy(toDatabase!) }, entities, 3);
  const server = await SupervisedServer.start({
    DATABASE_URL: urlBy(toDatabase!), LOG_LEVEL: 'warn', PORT: String(await freePort()),
    RATE_LIMIT_CLIENT: '0', RATE_LIMIT_ADDRESS: '0', ...sellerVariables, ...environment,
  });
  const { hostname, port, pathname } = new URL(server.url);
  const toServer = await Way.open(() => ({ host: hostname, port: Number(port) }));
  return {
    postgres, server, toDatabase: toDatabase!, toServer, subjects, database,
    url: `http://127.0.0.1:${toServer.port}${pathname}`,
    pay: (number) => pay(operator, number),
    sql: async <Row extends object>(text: string, values: readonly unknown[] = []) => {
      const client = new pg.Client({ connectionString: urlBy(besides!) });
      await client.connect();
      try {
        return (await client.query<Row>(text, [...values])).rows;
      } finally {
        await client.end();
      }
    },
    async close() {
      await server.stop();
      await Promise.all([operator.close(), database.close()]);
      for (const way of [toServer, toDatabase!, besides!]) await way.close();
      await postgres.stop();
    },
  };
}

async function pay(database: Database, number: string): Promise<Told> {
  try {
    return { kind: 'answered', data: await payInvoice({ database, now: () => new Date() }, number) };
  } catch (error) {
    if (outageOf(error)) return { kind: 'unknown' };
    return { kind: 'unclear', why: error instanceof Error ? error.message : String(error) };
  }
}
