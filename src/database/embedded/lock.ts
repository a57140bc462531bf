import { createHash } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { errorCode } from './errors.js';

/**
 * The locks on one DATA_DIR:
 * - `server`: held by its one server, from start to end;
 * - `owner`: held by whoever started PostgreSQL, for as long as PostgreSQL runs;
 * - `shared`: held by the server while commands may use the PostgreSQL it owns.
 */
export type LockName = 'server' | 'owner' | 'shared';

export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes a lock, or answers undefined at once when another process (or another part of this one) holds it.
 *
 * @param dataDir the real path of DATA_DIR
 */
export function tryLock(name: LockName, dataDir: string): Promise<Lock | undefined> {
  const server = createServer((socket) => socket.destroy());
  server.unref();
  const release = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (errorCode(error) === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    // Without `exclusive` the workers of a cluster would share one socket, so one lock.
    server.listen({ path: address(name, dataDir), exclusive: true }, () => resolve({ release }));
  });
}

/** Whether somebody holds the lock; looking never gets in the way of somebody who is about to take it. */
export function isLocked(name: LockName, dataDir: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path: address(name, dataDir) });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => resolve(errorCode(error) !== 'ECONNREFUSED'));
  });
}

/**
 * A socket in the abstract namespace of Linux (the leading zero byte) rather than a lock file:
 * the kernel frees it with the process, also after kill -9, so that a lock is never stale.
 */
function address(name: LockName, dataDir: string): string {
  return `\0testodrom-${name}-${createHash('sha256').update(dataDir).digest('hex')}`;
}
