import { connect, createServer, type AddressInfo, type NetConnectOpts, type Socket } from 'node:net';
import { once } from 'node:events';

/** A way to a PostgreSQL that can be cut. */
export interface DatabaseProxy {
  /** The same database, by this way. */
  readonly url: string;
  /** Breaks all connections, and refuses new ones. */
  cut(): Promise<void>;
  /** Takes connections again. */
  mend(): Promise<void>;
}

/** Where the PostgreSQL of a URL listens. */
export function listenerOf(url: string): NetConnectOpts {
  const { hostname, port } = new URL(url);
  const folder = decodeURIComponent(hostname);
  return folder.startsWith('/') ? { path: `${folder}/.s.PGSQL.${port || 5432}` } : { host: hostname, port: Number(port || 5432) };
}

/** The same database, by a port of this machine. */
export function byPort(url: string, port: number): string {
  return Object.assign(new URL(url.replace(new URL(url).hostname, '127.0.0.1')), { port }).href;
}

/** Opens a way to the database of a URL. */
export async function databaseProxy(to: string): Promise<DatabaseProxy> {
  const target = listenerOf(to);
  const sockets = new Set<Socket>();
  const kept = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  };
  const open = () => createServer((from) => kept(from).pipe(kept(connect(target))).pipe(from));
  let server = open();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = (server.address() as AddressInfo).port;
  return {
    url: byPort(to, own),
    async cut() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
    async mend() {
      if (server.listening) return;
      server = open();
      server.listen(own, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}
