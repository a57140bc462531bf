import pg, { type ClientConfig } from 'pg';

/** SQLSTATE of a connection that could not be made. */
const NOT_CONNECTED = '08001';

type Callback = (error: Error | null, client?: unknown) => void;
type Address = Pick<pg.Client, 'host' | 'port'>;

/** None of the hosts is a primary that answers; a later try may find one. */
class NoPrimaryError extends Error {
  readonly code = NOT_CONNECTED;
}

/** The class of connections to a database of several hosts: each goes to the one that is the primary by then. */
export function primaryClient(hosts: readonly ClientConfig[]): typeof pg.Client {
  const primary = new Primary(hosts);
  class PrimaryClient extends pg.Client {
    /** Of a pool, which gives a callback, or alone. */
    override connect(...args: unknown[]): never {
      const [callback] = args as [Callback?];
      const connected = this.connectToPrimary();
      if (!callback) return connected as never;
      return void connected.then(() => callback(null, this), callback) as never;
    }

    private async connectToPrimary(): Promise<void> {
      Object.assign(this, await primary.address());
      const isStandby = standbyOf(this);
      try {
        await super.connect();
        if (!isStandby()) return;
        await this.end();
        throw new NoPrimaryError(`${nameOf(this)} is no primary any more`);
      } catch (error) {
        primary.forget();
        throw error;
      }
    }
  }
  return PrimaryClient;
}

/** Which of the hosts is the primary: asked when nobody knows, and again after a connection failed. */
class Primary {
  private known: Promise<Address> | null = null;

  constructor(private readonly hosts: readonly ClientConfig[]) {}

  /** Whoever asks meanwhile waits for the same search. */
  address(): Promise<Address> {
    this.known ??= this.search().catch((error: unknown) => {
      this.forget();
      throw error;
    });
    return this.known;
  }

  forget(): void {
    this.known = null;
  }

  private async search(): Promise<Address> {
    try {
      return await Promise.any(this.hosts.map((host) => primaryAt(host)));
    } catch (error) {
      const reasons = (error as AggregateError).errors.map((reason: Error) => reason.message);
      throw new NoPrimaryError(`no primary answers: ${reasons.join('; ')}`);
    }
  }
}

/** The address of a host that is a primary; fails where it is a standby, or does not answer. */
async function primaryAt(host: ClientConfig): Promise<Address> {
  const client = new pg.Client({ ...host, application_name: 'testodrom looking for the primary' });
  // A connection that breaks later would otherwise be an uncaught error.
  client.on('error', () => undefined);
  const isStandby = standbyOf(client);
  try {
    await client.connect();
  } catch (error) {
    throw new Error(`${nameOf(client)}: ${(error as Error).message}`, { cause: error });
  }
  await client.end();
  if (isStandby()) throw new Error(`${nameOf(client)} is a standby`);
  return { host: client.host, port: client.port };
}

/** Whether PostgreSQL has said, as it does to each new connection, that it is a standby. */
function standbyOf(client: pg.Client): () => boolean {
  let isStandby = false;
  const { connection } = client as pg.Client & { readonly connection: pg.Connection };
  connection.on('parameterStatus', ({ parameterName, parameterValue }: { parameterName: string; parameterValue: string }) => {
    if (parameterName === 'in_hot_standby') isStandby = parameterValue === 'on';
  });
  return () => isStandby;
}

function nameOf({ host, port }: Address): string {
  return `${host}:${port}`;
}
