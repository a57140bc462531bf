import { PORT } from './connection.js';

const ALWAYS = {
  listen_addresses: '',
  port: String(PORT),
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  // Keeps the log of a server that runs for months small: it is rotated at start only.
  log_checkpoints: 'off',
};

/** PostgreSQL's own default. */
const FEWEST_CONNECTIONS = 100;
/** What commands beside the server, its listener and PostgreSQL itself may need. */
const CONNECTIONS_OF_COMMANDS = 50;

const DURABLE = {
  shared_buffers: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
};

const FAST_BUT_NOT_DURABLE = {
  shared_buffers: '64MB',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
};

/** The settings of the server as command line arguments, which win over postgresql.conf. */
export function serverArguments(options: { socketFolder: string; durable: boolean; connections: number }): string[] {
  const settings = {
    ...ALWAYS,
    max_connections: String(Math.max(FEWEST_CONNECTIONS, options.connections + CONNECTIONS_OF_COMMANDS)),
    ...(options.durable ? DURABLE : FAST_BUT_NOT_DURABLE),
    // A list of folders: the quotes keep a comma in the path from splitting it.
    unix_socket_directories: `"${options.socketFolder.replaceAll('"', '""')}"`,
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
