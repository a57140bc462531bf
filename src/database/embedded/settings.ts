import { PORT } from './connection.js';

const ALWAYS = {
  listen_addresses: '',
  port: String(PORT),
  max_connections: '100',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  // Keeps the log of a server that runs for months small: it is rotated at start only.
  log_checkpoints: 'off',
};

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
export function serverArguments(options: { socketFolder: string; durable: boolean }): string[] {
  const settings = {
    ...ALWAYS,
    ...(options.durable ? DURABLE : FAST_BUT_NOT_DURABLE),
    // A list of folders: the quotes keep a comma in the path from splitting it.
    unix_socket_directories: `"${options.socketFolder.replaceAll('"', '""')}"`,
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
