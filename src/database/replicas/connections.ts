import pg, { type PoolClient } from 'pg';
import { clientClass, clientConfig } from '../connection.js';
import { observedClient } from '../observed-client.js';
import { type ForRequests, QUERY_TIMEOUT_MARGIN_MS } from '../orm.js';

/** How long to wait for a connection: the primary answers as well. */
const CONNECT_TIMEOUT_MS = 1_000;

/** As for requests to the primary. */
export type ReplicaSettings = Omit<ForRequests, 'areTransactionsPooled'> & { readonly poolSize: number };

/** Connections to a replica, which can be dropped although what they wait for may never come. */
export class ReplicaConnections {
  readonly pool: pg.Pool;
  private readonly open = new Set<PoolClient>();

  constructor(url: string, { statementTimeoutMs, observe, poolSize }: ReplicaSettings) {
    const connection = { url };
    this.pool = new pg.Pool({
      ...clientConfig(connection),
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      application_name: 'testodrom',
      max: poolSize,
      pipeline: true,
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + QUERY_TIMEOUT_MARGIN_MS,
      Client: observedClient(observe, clientClass(connection)),
    });
    // Without listeners an 'error' event would end the process: whoever uses a connection, and the next check, sees that it is gone.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => this.open.add(client.on('error', () => undefined)));
    this.pool.on('remove', (client) => this.open.delete(client));
  }

  /** Breaks all of them: whoever waits for an answer fails. */
  drop(): void {
    void this.pool.end();
    for (const client of this.open) {
      const { stream } = (client as PoolClient & { readonly connection: pg.Connection }).connection;
      stream.destroy();
    }
  }
}
