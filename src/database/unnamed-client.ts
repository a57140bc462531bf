import type pg from 'pg';

type Query = (...args: unknown[]) => unknown;

/** The class of connections that ask without names: what was prepared on one connection of PostgreSQL is not there on the next. */
export function unnamedClient(Client: typeof pg.Client): typeof pg.Client {
  class UnnamedClient extends Client {
    override query(...args: unknown[]): never {
      const send: Query = (...sent) => super.query(...sent as [string]);
      const [first, ...rest] = args;
      return send(withoutName(first), ...rest) as never;
    }
  }
  return UnnamedClient;
}

/** A cursor and a query that was made before stay what they are. */
function withoutName(first: unknown): unknown {
  if (typeof first !== 'object' || first === null || 'submit' in first || !('name' in first)) return first;
  return { ...first, name: undefined };
}
