import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../setup/free-port.js';
import { listens } from '../../setup/listens.js';
import { until } from '../../setup/processes.js';
import { folderOfAccount, start } from './debian.js';
import type { PostgresServer } from './postgres.js';

/** How many connections to PostgreSQL it has for a database: fewer than its clients. */
const CONNECTIONS = 8;

/** Settings of a PgBouncer. */
interface Settings {
  /** What it does first on a connection to PostgreSQL; as the documentation says unless given. */
  readonly connectQuery?: string;
  readonly connections?: number;
  readonly mode?: 'transaction' | 'session';
  /** Settings asked for with a connection that it passes over instead of refusing them. */
  readonly ignored?: string;
}

/** Starts a PgBouncer, by default one that pools transactions; gives a URL of the same database. */
export async function startPgBouncer(
  postgres: PostgresServer,
  { connectQuery = 'set statement_timeout = 15000', connections = CONNECTIONS, mode = 'transaction', ignored = '' }: Settings = {},
): Promise<string> {
  const [folder, port] = [await folderOfAccount(), await freePort()];
  const { port: target, username } = new URL(postgres.url);
  const users = join(folder, 'users.txt');
  await writeFile(users, `"${username}" ""\n`);
  await writeFile(join(folder, 'pgbouncer.ini'), `
[databases]
* = host=127.0.0.1 port=${target} connect_query='${connectQuery}'
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir = ${folder}
auth_type = trust
auth_file = ${users}
pool_mode = ${mode}
default_pool_size = ${connections}
max_client_conn = 1000
ignore_startup_parameters = extra_float_digits${ignored && `, ${ignored}`}
`);
  start('pgbouncer', [join(folder, 'pgbouncer.ini')], folder);
  await until(() => listens(port));
  return Object.assign(new URL(postgres.url), { port: String(port) }).href;
}
