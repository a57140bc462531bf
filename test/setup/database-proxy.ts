import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
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

/** Opens a way to the database of a URL. */
export async function databaseProxy(to: string): Promise<DatabaseProxy> {
  const { hostname, port } = new URL(to);
  const folder = decodeURIComponent(hostname);
  const target = folder.startsWith('/') ? { path: `${folder}/.s.PGSQL.${port || 5432}` } : { host: hostname, port: Number(port || 5432) };
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
    url: Object.assign(new URL(to.replace(hostname, '127.0.0.1')), { port: own }).href,
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
