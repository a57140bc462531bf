import { connect } from 'node:net';

/** Whether somebody takes connections at a port of this machine; undefined when nobody does. */
export function listens(port: number): Promise<true | undefined> {
  const socket = connect(port, '127.0.0.1');
  const { promise, resolve } = Promise.withResolvers<true | undefined>();
  socket.once('connect', () => resolve(true)).once('error', () => resolve(undefined));
  return promise.finally(() => socket.destroy());
}
