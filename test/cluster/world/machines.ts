import { planDistribution } from '../../../src/database/distribution/index.js';
import { Database, migrate } from '../../../src/database/index.js';
import { entities } from '../../../src/entities.js';
import { PostgresServer } from './postgres.js';

const TRIGGER = /^create trigger /i;

/** Starts PostgreSQLs with the tables of Testodrom, prepared to hold the rows of one database together. */
export function startMachines(count: number): Promise<PostgresServer[]> {
  return Promise.all(Array.from({ length: count }, startMachine));
}

async function startMachine(): Promise<PostgresServer> {
  const machine = await PostgresServer.create();
  const database = await Database.open({ url: machine.url }, entities, 1);
  try {
    await migrate(database);
    const { preparing, spreading } = await planDistribution(database);
    // The rest is for Citus, which the router stands for.
    for (const text of [...preparing, ...spreading.filter((each) => TRIGGER.test(each))]) await machine.sql(text);
  } finally {
    await database.close();
  }
  return machine;
}
