import type { Writable } from 'node:stream';
import type { PoolClient } from 'pg';

/**
 * Lets what is sent over a connection until others have their turn go in one packet: waking who receives it takes longer than
 * anything else of a statement.
 */
export function inOnePacket<T>(connection: PoolClient, send: () => T): T {
  const { stream } = (connection as PoolClient & { readonly connection: { readonly stream: Writable } }).connection;
  stream.cork();
  try {
    return send();
  } finally {
    process.nextTick(() => stream.uncork());
  }
}
