import { OperatorError } from '../kernel/operator-error.js';
import { type DatabaseConnection, endClient, newClient } from './connection.js';

/**
 * Runs `work` if no other process runs work under the same lock; null when one does. The lock lives as long as a
 * connection of its own: when that is lost another process may begin, so `lost` aborts, and in the end this fails.
 */
export async function tryExclusively<T>(
  connection: DatabaseConnection, lock: number, work: (lost: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const loss = new AbortController();
  const holder = newClient(connection, 'testodrom lock');
  // Without a listener an 'error' event would end the process; the loss itself is seen by 'end'.
  holder.on('error', () => undefined);
  holder.once('end', () => loss.abort());
  try {
    await holder.connect();
    const { rows } = await holder.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [lock]);
    if (rows[0]?.held !== true) return null;
    const outcome = await work(loss.signal);
    if (loss.signal.aborted) throw new OperatorError('The connection that held the lock was lost: the work was ended early.');
    return outcome;
  } finally {
    await endClient(holder);
  }
}
