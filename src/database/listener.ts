import pg from 'pg';
import { advisoryLock } from './advisory-lock.js';
import { breakClient, type DatabaseConnection, endClient, newClient } from './connection.js';

/** How often it is asked whether PostgreSQL is still there, which by itself says nothing; and how long that may take. */
const ASKED_EVERY_MS = 10_000;
const ANSWER_LIMIT_MS = 5_000;
/** How long to wait before connecting again; the database may be restarting. */
const RECONNECT_DELAY_MS = 1_000;

/** The name by which PostgreSQL shows the connection. */
const LISTENER = 'testodrom listener';

/**
 * Calls `onNotice` for each NOTIFY on a channel, over a connection of its own (a pooled one would not stay), by whose lock one can tell that
 * a server is there; it waits for whoever lets none be there.
 * After a lost connection it connects again by itself and calls `onNotice` once, because notices may have been missed.
 */
export class Listener {
  private client: pg.Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private asking: NodeJS.Timeout | null = null;
  private closed = false;

  private constructor(
    private readonly connection: DatabaseConnection,
    private readonly channel: string,
    private readonly onNotice: () => void,
    private readonly onError: (error: Error) => void,
  ) {}

  /** Starts to listen; fails when the first connection fails. `onError` hears of every later loss. */
  static async open(
    connection: DatabaseConnection,
    channel: string,
    onNotice: () => void,
    onError: (error: Error) => void,
  ): Promise<Listener> {
    const listener = new Listener(connection, channel, onNotice, onError);
    await listener.connect();
    return listener;
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.timer) clearTimeout(this.timer);
    if (this.asking) clearInterval(this.asking);
    if (this.client) await endClient(this.client);
  }

  private async connect(): Promise<void> {
    const client = newClient(this.connection, LISTENER);
    // Without a listener an 'error' event would end the process; the loss itself is seen by 'end'.
    client.on('error', () => undefined);
    client.on('notification', this.onNotice);
    try {
      await client.connect();
      await client.query('select pg_advisory_lock_shared($1)', [advisoryLock.servers]);
      await client.query(`listen ${pg.escapeIdentifier(this.channel)}`);
    } catch (error) {
      await endClient(client);
      throw error;
    }
    if (this.closed) return endClient(client);
    this.client = client;
    this.asking = setInterval(() => void askWhetherThere(client), ASKED_EVERY_MS).unref();
    client.once('end', () => this.lost(new Error('the connection for notices was lost')));
  }

  private lost(error: Error): void {
    if (this.closed) return;
    this.client = null;
    if (this.asking) clearInterval(this.asking);
    this.onError(error);
    this.timer = setTimeout(() => {
      this.connect().then(this.onNotice, (failure: unknown) => this.lost(failure as Error));
    }, RECONNECT_DELAY_MS);
  }
}

/** Breaks a connection on which no answer comes: its end is seen as that of any other. */
async function askWhetherThere(client: pg.Client): Promise<void> {
  const question: pg.QueryConfig & { readonly query_timeout: number } = { text: 'select', query_timeout: ANSWER_LIMIT_MS };
  await client.query(question).catch(() => breakClient(client));
}
