import { ask, type Environment, runCli } from '../../../setup/processes.js';
import { type RestParameters, restCaller } from '../../../setup/rest-calls.js';
import type { Json } from '../../../setup/test-server.js';

/** Where a scenario is played: a server with its database, and what was learned there on the way. */
export class World {
  private readonly learned = new Map<string, string>();

  constructor(
    readonly url: string,
    /** Of commands. */
    readonly environment: Environment,
    /** Runs SQL beside the product, on each machine of the database. */
    readonly sql: (text: string) => Promise<unknown>,
    /** URL of a database that holds nothing. */
    readonly emptyDatabase: string,
  ) {}

  /** Remembers a key or an id of this world under a name. */
  learn(name: string, value: string | undefined): void {
    if (value !== undefined) this.learned.set(name, value);
  }

  of(name: string): string {
    const value = this.learned.get(name);
    if (value === undefined) throw new Error(`Nothing is known of "${name}".`);
    return value;
  }

  /** What GraphQL answers to whoever has the key of that name. */
  async graphql(query: string, variables: object = {}, caller: string | null = null): Promise<Json> {
    const { data, errors } = await ask(this.url, query, variables, caller === null ? undefined : this.of(caller));
    return errors ? { errors: errors.map(({ message, extensions: { code } }) => ({ code, message })) } : data;
  }

  /** What REST answers. */
  async rest(asked: string, parameters: RestParameters = {}): Promise<Json> {
    const { status, json, headers } = await restCaller(this)(asked, parameters);
    return { status, type: headers.get('content-type'), json };
  }

  /** What a command prints, as JSON where it is JSON. */
  async command(...args: readonly string[]): Promise<Json> {
    return this.commandOn(this.environment, ...args);
  }

  /** The same somewhere else. */
  async commandOn(environment: Environment, ...args: readonly string[]): Promise<Json> {
    const { code, stdout, stderr } = await runCli(args, environment);
    return { code, stderr, printed: stdout.startsWith('{') || stdout.startsWith('[') ? JSON.parse(stdout) : stdout };
  }
}

/** One call of one operation. */
export interface Step {
  /** As the table of the documentation calls it. */
  readonly operation: string;
  readonly call: (world: World) => Promise<unknown>;
}
