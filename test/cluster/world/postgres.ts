import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../../setup/free-port.js';
import { until } from '../../setup/processes.js';
import { folderOfAccount, run, start } from './debian.js';

const DATABASE = 'testodrom';
const USER = 'postgres';

/** A PostgreSQL of Debian's, by TCP, that can be copied, promoted and killed. */
export class PostgresServer {
  private process: ChildProcess | null = null;

  private constructor(private readonly folder: string, readonly port: number) {}

  /** An empty database of its own. */
  static async create(settings: Readonly<Record<string, string>> = {}): Promise<PostgresServer> {
    const server = new PostgresServer(await folderOfAccount(), await freePort());
    run('initdb', ['--pgdata', server.data, '--username', USER, '--auth', 'trust', '--encoding', 'UTF8', '--no-sync'], server.folder);
    await server.configure({ ...settings, wal_level: 'replica', hot_standby: 'on', max_wal_senders: '10', max_connections: '200' });
    await server.start();
    await server.sql(`create database ${DATABASE}`, [], 'postgres');
    return server;
  }

  /** A hot standby of a primary, made as the documentation of PostgreSQL says. */
  static async standbyOf(primary: PostgresServer, settings: Readonly<Record<string, string>> = {}): Promise<PostgresServer> {
    const server = new PostgresServer(await folderOfAccount(), await freePort());
    await server.copy(primary, settings);
    return server;
  }

  get url(): string {
    return `postgres://${USER}@127.0.0.1:${this.port}/${DATABASE}`;
  }

  get isRunning(): boolean {
    return this.process !== null;
  }

  /** Gives up what it holds and becomes a standby. */
  async becomeStandbyOf(primary: PostgresServer): Promise<void> {
    await rm(this.data, { recursive: true, force: true });
    await this.copy(primary, {});
  }

  /** Lets a standby follow another primary. */
  async follow(primary: PostgresServer): Promise<void> {
    await this.sql(`alter system set primary_conninfo = 'host=127.0.0.1 port=${primary.port} user=${USER}'`);
    await this.sql('select pg_reload_conf()');
  }

  async start(): Promise<void> {
    const child = start('postgres', ['-D', this.data], this.folder);
    this.process = child;
    child.once('exit', () => {
      if (this.process === child) this.process = null;
    });
    await until(async () => {
      if (this.process !== child) throw new Error(`PostgreSQL did not start, see ${this.folder}`);
      return this.sql('select', [], 'postgres').then(() => true, () => undefined);
    });
  }

  /** SIGINT ends it in order, SIGQUIT at once; killed, it leaves the rest to those of its processes that notice. */
  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
    const { process: child } = this;
    if (!child) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  /** Lets it and all of its processes stand still, so that connections stay open and nothing is answered. */
  freeze(): void {
    const { pid } = this.process!;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
    for (const each of [pid!, ...children]) process.kill(each, 'SIGSTOP');
  }

  /** Makes a standby the primary. */
  promote(): void {
    run('pg_ctl', ['promote', '--pgdata', this.data, '--wait'], this.folder);
  }

  /** Runs SQL beside the product. */
  async sql<Row extends object>(text: string, values: readonly unknown[] = [], database = DATABASE): Promise<Row[]> {
    const client = new pg.Client({ host: '127.0.0.1', port: this.port, user: USER, database });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Row>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  private get data(): string {
    return join(this.folder, 'data');
  }

  private async copy(primary: PostgresServer, settings: Readonly<Record<string, string>>): Promise<void> {
    const from = `host=127.0.0.1 port=${primary.port} user=${USER}`;
    run('pg_basebackup', ['--pgdata', this.data, '--dbname', from, '--write-recovery-conf', '--checkpoint', 'fast', '--no-sync'], this.folder);
    await this.configure(settings);
    await this.start();
  }

  private async configure(settings: Readonly<Record<string, string>>): Promise<void> {
    const all = { ...settings, port: String(this.port), listen_addresses: '127.0.0.1', unix_socket_directories: this.folder };
    const lines = Object.entries(all).map(([name, value]) => `${name} = '${value}'\n`);
    await appendFile(join(this.data, 'postgresql.conf'), lines.join(''));
  }
}
