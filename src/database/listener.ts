import pg from 'pg';
import { type DatabaseConnection, newClient } from './connection.js';

/** How long to wait before connecting again; the database may be restarting. */
const RECONNECT_DELAY_MS = 1_000;

/**
 * Calls `onNotice` for each NOTIFY on a channel, over a connection of its own (a pooled one would not stay).
 * After a lost connection it connects again by itself and calls `onNotice` once, because notices may have been missed.
 */
export class Listener {
  private client: pg.Client | null = null;
  private timer: NodeJS.Timeout | null = null;
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
    await this.client?.end();
  }

  private async connect(): Promise<void> {
    const client = newClient(this.connection, 'testodrom listener');
    // Without a listener an 'error' event would end the process; the loss itself is seen by 'end'.
    client.on('error', () => undefined);
    client.on('notification', this.onNotice);
    try {
      await client.connect();
      await client.query(`listen ${pg.escapeIdentifier(this.channel)}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    if (this.closed) return client.end();
    this.client = client;
    client.once('end', () => this.lost(new Error('the connection for notices was lost')));
  }

  private lost(error: Error): void {
    if (this.closed) return;
    this.client = null;
    this.onError(error);
    this.timer = setTimeout(() => {
      this.connect().then(this.onNotice, (failure: unknown) => this.lost(failure as Error));
    }, RECONNECT_DELAY_MS);
  }
}
