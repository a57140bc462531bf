import pg, { type PoolClient } from 'pg';
import { breakClient, clientClass, clientConfig } from '../connection.js';
import { observedClient } from '../observed-client.js';
import { type ForRequests, QUERY_TIMEOUT_MARGIN_MS } from '../orm.js';
import { plannedOnceClient } from '../planned-once-client.js';

/** How long to wait for a connection: the primary answers as well. */
const CONNECT_TIMEOUT_MS = 1_000;
/** How long it may take to tell where it is. */
const CHECK_TIMEOUT_MS = 1_000;

/** As for requests to the primary. */
export type ReplicaSettings = Omit<ForRequests, 'areTransactionsPooled'> & { readonly poolSize: number };

/** Connections to a replica, which can be dropped although what they wait for may never come. */
export class ReplicaConnections {
  /** For reads. */
  readonly pool: pg.Pool;
  /** For questions where it is, which slow reads must not hold up. */
  readonly checks: pg.Pool;
  private readonly open = new Set<PoolClient>();

  constructor(url: string, { statementTimeoutMs, observe, poolSize }: ReplicaSettings) {
    const connection = { url };
    const common = { ...clientConfig(connection), connectionTimeoutMillis: CONNECT_TIMEOUT_MS, application_name: 'testodrom' };
    this.checks = this.watched(new pg.Pool({ ...common, max: 1, query_timeout: CHECK_TIMEOUT_MS }));
    this.pool = this.watched(new pg.Pool({
      ...common,
      max: poolSize,
      pipeline: true,
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + QUERY_TIMEOUT_MARGIN_MS,
      Client: observedClient(observe, plannedOnceClient(clientClass(connection))),
    }));
  }

  /** Breaks all of them: whoever waits for an answer fails. */
  drop(): void {
    void this.pool.end();
    void this.checks.end();
    for (const client of this.open) breakClient(client);
  }

  /** Without listeners an 'error' event would end the process: whoever uses a connection, and the next check, sees that it is gone. */
  private watched(pool: pg.Pool): pg.Pool {
    pool.on('error', () => undefined);
    pool.on('connect', (client) => this.open.add(client.on('error', () => undefined)));
    return pool.on('remove', (client) => this.open.delete(client));
  }
}
