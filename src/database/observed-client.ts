import type pg from 'pg';

/** A statement as it is told to who observes: never its values, and of a text that may hold some the first word alone. */
interface SentStatement {
  /** The name of a named statement; null for others. */
  readonly name: string | null;
  /** The first word, such as `select`. */
  readonly command: string;
}

/** Told of each statement when it is sent, and of a connection when it could not be made; gives what is told how it ended: null, or why it failed. */
export type QueryObserver = (statement: SentStatement) => (failure: Error | null) => void;

/** What a connection is that cannot be made. */
const CONNECTING: SentStatement = { name: null, command: 'connect' };

type Callback = (error: Error | null | undefined, result: unknown) => void;
type Query = (...args: unknown[]) => unknown;

/** The class of the connections of a pool whose statements are observed. */
export function observedClient(observe: QueryObserver, Client: typeof pg.Client): typeof pg.Client {
  class ObservedClient extends Client {
    /** Of a pool, which gives a callback. Who is let in has sent nothing yet: only a failure is told. */
    override connect(...args: unknown[]): never {
      const [callback] = args as [Callback?];
      if (!callback) return super.connect() as never;
      const told: Callback = (error, client) => {
        if (error) observe(CONNECTING)(error);
        callback(error, client);
      };
      return super.connect(told) as never;
    }

    override query(...args: unknown[]): never {
      const send: Query = (...sent) => super.query(...sent as [string]);
      const [first] = args;
      const statement = statementOf(first);
      // A cursor is sent part by part.
      if (statement === null) return send(...args) as never;
      const ended = observe(statement);
      const callback = args.at(-1);
      if (typeof callback === 'function') {
        const told: Callback = (error, result) => {
          ended(error ?? null);
          (callback as Callback)(error, result);
        };
        return send(...args.slice(0, -1), told) as never;
      }
      return toldOf(send(...args) as Promise<unknown>, ended) as never;
    }
  }
  return ObservedClient;
}

/** Awaited, and not only followed by `then`: so the stack of an error shows who sent the statement. */
async function toldOf(answer: Promise<unknown>, ended: ReturnType<QueryObserver>): Promise<unknown> {
  try {
    const result = await answer;
    ended(null);
    return result;
  } catch (error) {
    ended(error as Error);
    throw error;
  }
}

function statementOf(first: unknown): SentStatement | null {
  if (typeof first === 'string') return { name: null, command: commandOf(first) };
  const { name, text } = first as Partial<pg.QueryConfig>;
  return typeof text === 'string' && !('submit' in (first as object)) ? { name: name ?? null, command: commandOf(text) } : null;
}

function commandOf(text: string): string {
  return /^[\s(]*([a-z]+)/i.exec(text)?.[1]?.toLowerCase() ?? '';
}
