import pg, { type ClientConfig } from 'pg';
import { inTime } from '../kernel/in-time.js';
import { urlsOfHosts } from './hosts.js';
import { primaryClient } from './primary-client.js';

/** How long to wait for a connection. */
const CONNECT_TIMEOUT_MS = 10_000;
/** How long to wait for its end, which may never be told. */
const END_TIMEOUT_MS = 1_000;
/** How long nothing may come before the system asks whether the other side is still there. */
const KEEP_ALIVE_DELAY_MS = 10_000;

/** Where PostgreSQL is: a URL, which may name several hosts of which one is the primary; or settings for pg that name a database. */
export type DatabaseConnection = { readonly url: string } | (ClientConfig & { readonly database: string });

/** The connection as pg takes it; of several hosts the first, which `clientClass` leaves for the primary. */
export function clientConfig(connection: DatabaseConnection): ClientConfig {
  const where = 'url' in connection ? { connectionString: urlsOfHosts(connection.url)[0] ?? connection.url } : connection;
  return { ...where, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, keepAlive: true, keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS };
}

/** The class of its connections. */
export function clientClass(connection: DatabaseConnection): typeof pg.Client {
  const urls = 'url' in connection ? urlsOfHosts(connection.url) : [];
  return urls.length > 1 ? primaryClient(urls.map((url) => clientConfig({ url }))) : pg.Client;
}

/** A connection that nobody shares, not connected yet, and the name by which PostgreSQL shows it. */
export function newClient(connection: DatabaseConnection, name: string): pg.Client {
  const Client = clientClass(connection);
  return new Client({ ...clientConfig(connection), application_name: name });
}

/** Ends a connection in order, or breaks it when that is not to be had. */
export async function endClient(client: pg.Client): Promise<void> {
  await inTime(client.end(), END_TIMEOUT_MS, 'the connection did not end').catch(() => breakClient(client));
}

/** Breaks a connection at once: whoever waits for an answer fails. */
export function breakClient(client: pg.ClientBase): void {
  (client as pg.ClientBase & { readonly connection: pg.Connection }).connection.stream.destroy();
}
