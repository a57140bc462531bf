import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { PostgresServer } from '../postgres.js';
import { Homes } from './homes.js';
import { type Route, type Routed, Routes } from './route.js';
import { Session } from './session.js';

/** Where a statement went. */
export interface Record extends Route {
  /** Its name, or else its text. */
  readonly statement: string;
}

/** Makes several PostgreSQLs look like one: each statement goes where the rows of its tables lie. */
export class Router {
  readonly homes: Homes;
  /** Statements since the record was last emptied. */
  readonly record: Record[] = [];
  /** Why statements were refused, with each of them. */
  readonly refused: string[] = [];
  private readonly routes: Routes;
  private readonly server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => undefined);
    Session.serve(socket, this).catch((error: unknown) => socket.destroy(error as Error));
  });

  private constructor(private readonly machines: readonly PostgresServer[]) {
    this.homes = new Homes(machines.length);
    this.routes = new Routes(machines.length, this.homes);
  }

  static async start(machines: readonly PostgresServer[]): Promise<Router> {
    const router = new Router(machines);
    router.server.listen(0, '127.0.0.1');
    await once(router.server, 'listening');
    return router;
  }

  /** Of the database that the machines are together. */
  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return Object.assign(new URL(this.machines[0]!.url), { port: String(port) }).href;
  }

  get ports(): readonly number[] {
    return this.machines.map(({ port }) => port);
  }

  readonly route = (statement: Routed): Route => {
    const route = this.routes.of(statement);
    this.record.push({ statement: statement.name || statement.text, ...route });
    return route;
  };

  readonly refuse = (reason: string): void => void this.refused.push(reason);

  close(): void {
    this.server.close();
  }
}
