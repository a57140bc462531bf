import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedDatabase, openEmbeddedDatabase } from '../../../src/database/embedded/index.js';
import { postgresOf } from '../../setup/processes.js';

const RESTART_DELAY_MS = 100;

/** A PostgreSQL that is started again whenever it ends, as an operating system's service is. */
export class Postgres {
  private database: EmbeddedDatabase | null = null;
  private starting: Promise<void> | null = null;
  private isStopped = false;

  private constructor(private readonly dataDir: string) {}

  static async start(dataDir: string): Promise<Postgres> {
    const postgres = new Postgres(dataDir);
    await postgres.up();
    return postgres;
  }

  /** The path of its socket, which is another one after a start. */
  get socket(): string {
    if (!this.database) return join(this.dataDir, 'none');
    const { host, port } = this.database.connection;
    return `${host}/.s.PGSQL.${port}`;
  }

  /** Who may do everything in it, and the database that the server uses. */
  get account(): { readonly user: string; readonly database: string } {
    const { user, database } = this.database!.connection;
    return { user, database };
  }

  /** The process of all others. */
  async pid(): Promise<number> {
    return postgresOf(this.dataDir);
  }

  /** Sends it a signal, after which it comes back by itself. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    process.kill(await this.pid(), signal);
  }

  /** Shuts it down in order, and starts it again. */
  async restart(): Promise<void> {
    const { database } = this;
    this.database = null;
    await database?.stop();
    await this.up();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.starting;
    await this.database?.stop();
  }

  private async up(): Promise<void> {
    this.starting ??= this.startUntilItRuns().finally(() => (this.starting = null));
    return this.starting;
  }

  private async startUntilItRuns(): Promise<void> {
    while (!this.isStopped) {
      this.database = await openEmbeddedDatabase({ dataDir: this.dataDir, role: 'server', onUnexpectedExit: () => void this.revive() })
        .catch(() => null);
      if (this.database) return;
      await sleep(RESTART_DELAY_MS);
    }
  }

  private async revive(): Promise<void> {
    // Frees the locks of its folder.
    const { database } = this;
    this.database = null;
    await database?.stop();
    await this.up();
  }
}
