import type pg from 'pg';
import { type DatabaseConnection, newClient } from './connection.js';

/** Whatever the database says of its own: times are written so that each can be read again, and nothing ends what takes long. */
const SETTINGS = `
  set datestyle = 'ISO'; set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0`;

/** Runs `work` on a connection of its own, which PostgreSQL shows by the name; what is not committed then is rolled back. */
export async function onSession<T>(connection: DatabaseConnection, name: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = newClient(connection, name);
  // Without a listener an 'error' event would end the process; what was under way fails.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(SETTINGS);
    return await work(client);
  } finally {
    await client.end();
  }
}
