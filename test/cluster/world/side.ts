import pg from 'pg';
import { advisoryLock } from '../../../src/database/index.js';
import { sellerVariables } from '../../setup/billing.js';
import { type ServerProcess, startServer } from '../../setup/processes.js';
import type { PostgresServer } from './postgres.js';
import { Sameness } from './scenario/same.js';
import { type Step, World } from './scenario/world.js';

const UNLIMITED = { RATE_LIMIT_CLIENT: '0', RATE_LIMIT_ADDRESS: '0', RATE_LIMIT_FAILED_KEYS: '0' };

/** A server with its database, for which a scenario is played beside another one. */
export class Side {
  private readonly sameness = new Sameness();

  private constructor(readonly world: World, private readonly server: ServerProcess, private readonly noJobs: pg.Client) {}

  /**
   * @param databaseUrl where the machines together are a database
   * @param emptyDatabase URL of one that holds nothing
   */
  static async start(databaseUrl: string, machines: readonly PostgresServer[], emptyDatabase: string): Promise<Side> {
    // The server runs jobs by itself, but not while somebody else runs any.
    const noJobs = new pg.Client({ connectionString: machines[0]!.url });
    await noJobs.connect();
    await noJobs.query('select pg_advisory_lock($1)', [advisoryLock.jobs]);
    const environment = { DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn', ...UNLIMITED, ...sellerVariables };
    const server = await startServer(environment);
    const sql = (text: string): Promise<unknown> => Promise.all(machines.map((machine) => machine.sql(text)));
    return new Side(new World(server.url, environment, sql, emptyDatabase), server, noJobs);
  }

  /** What a step is answered, without what two sides cannot have in common. */
  async play({ call }: Step): Promise<unknown> {
    return this.sameness.of(await call(this.world));
  }

  /** Ends the server; commands may run jobs from now on. */
  async endServer(): Promise<void> {
    await this.server.stop();
    await this.noJobs.end();
  }
}
