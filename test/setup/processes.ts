import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphQLAnswer } from './test-server.js';

/** What a process sees of the environment, besides PATH. */
export type Environment = Readonly<Record<string, string>>;

/** How a process ended, and all that it printed. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A server in a process of its own that said it is ready. */
export interface ServerProcess {
  readonly url: string;
  /** The key that it printed; null when it printed none. */
  readonly demoKey: string | null;
  /** Its text for the operator so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
  /** Sends the signal and waits for the end. */
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

/** How a server is started unless its test says otherwise: on a free port, and without turning anybody away when its turn comes late. */
const COMMON: Environment = { PORT: '0', OVERLOAD_EVENT_LOOP_DELAY: '60000' };

/** For a server of which a test holds up a request: as long as the test takes, also after the server was told to stop. */
export const PATIENT: Environment = { REQUEST_DEADLINE: '60', STATEMENT_TIMEOUT: '60', SHUTDOWN_GRACE: '60' };

const children = new Set<ChildProcess>();
const folders: string[] = [];

/** A folder for one test; `cleanUp` removes it. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'testodrom-process-'));
  folders.push(folder);
  return folder;
}

/** Kills what still runs and removes the folders; every test file ends with it. */
export async function cleanUp(): Promise<void> {
  await killAll();
  for (const folder of folders.splice(0)) {
    // The PostgreSQL of a server that was killed may still be writing its last.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

/** Kills what a test has left running. */
export async function killAll(): Promise<void> {
  await Promise.all(Array.from(children, async (child) => {
    child.kill('SIGKILL');
    await once(child, 'close');
  }));
}

/** Runs the command line to its end. */
export function runCli(args: readonly string[], environment: Environment): Promise<Ended> {
  return start(['dist/cli/main.js', ...args], environment).ended;
}

/** Starts the command line, which a test may end early. */
export function startCli(args: readonly string[], environment: Environment): { kill(signal: NodeJS.Signals): void; ended: Promise<Ended> } {
  const { child, ended } = start(['dist/cli/main.js', ...args], environment);
  return { kill: (signal) => void child.kill(signal), ended };
}

/** Runs a server that is expected to end by itself. */
export function runServer(environment: Environment): Promise<Ended> {
  return start(['dist/main.js'], { ...COMMON, ...environment }).ended;
}

/** All of the greeting, or what the log says in production. */
const GREETING = /^curl .*\n|"Testodrom API is ready at .*\n/m;

/** Starts a server on a free port and waits until it has printed its greeting, or something else; fails when it ends instead. */
export async function startServer(environment: Environment, printed = GREETING): Promise<ServerProcess> {
  const { child, output, ended } = start(['dist/main.js'], { ...COMMON, ...environment });
  await until(() => printed.test(output.stdout) || child.exitCode !== null || child.signalCode !== null || undefined);
  if (!printed.test(output.stdout)) {
    const { code, stderr } = await ended;
    throw new Error(`The server ended with code ${code}: ${stderr}`);
  }
  return {
    url: urlIn(output.stdout),
    demoKey: /^Demo client +(\S+)$/m.exec(output.stdout)?.[1] ?? null,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    ended,
    kill: (signal) => void child.kill(signal),
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}

/** Where GraphQL is by the greeting, or by the log. */
function urlIn(stdout: string): string {
  const [, greeted, logged] = /^GraphQL +(\S+)$|ready at ([^"]+)"/m.exec(stdout) ?? [];
  return greeted ?? `${logged}/graphql`;
}

/** Asks a server. */
export async function ask(url: string, query: string, variables: object = {}, key?: string): Promise<GraphQLAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, headers: response.headers, ...(await response.json() as Pick<GraphQLAnswer, 'data'>) };
}

/** Asks again until there is an answer; the time limit of the test ends it. */
export async function until<T>(probe: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    await sleep(10);
  }
}

/** The process id of the PostgreSQL of a DATA_DIR. */
export async function postgresOf(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);
}

/** Whether a process runs; one that has ended may stay as a zombie, which has no command line. */
export async function isRunning(pid: number): Promise<boolean> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')) !== '';
}

function start(args: readonly string[], environment: Environment) {
  const child = spawn(process.execPath, args, {
    // Only the compile cache is not as in production: the same program starts a hundred times.
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: 'node_modules/.cache/node', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (output.stderr += text));
  const ended = once(child, 'close').then(([code]): Ended => {
    children.delete(child);
    return { code: code as number | null, ...output };
  });
  return { child, output, ended };
}
