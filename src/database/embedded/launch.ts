import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setprivArguments, type Account } from './account.js';
import { EmbeddedDatabaseError, errorCode } from './errors.js';
import { cannotRunHere, failureIn } from './output.js';

/** Where setpriv is: a fixed list, so that no folder of ours can put another program in its place. */
const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Launched {
  readonly child: ChildProcess;
  readonly exit: Promise<Exit>;
}

/**
 * Starts a PostgreSQL program that is shut down when this process dies.
 * Linux ties it to the thread that starts it: call this from the main thread only.
 */
export async function launch(
  program: string,
  args: readonly string[],
  options: { account: Account; stdio: StdioOptions },
): Promise<Launched> {
  const child = spawn('setpriv', [...setprivArguments(options.account), program, ...args], {
    cwd: '/',
    // Nothing else is passed on: our environment may hold secrets, and PG* variables would change PostgreSQL.
    env: { PATH: SYSTEM_PATH, LC_ALL: 'C', TZ: 'UTC' },
    stdio: options.stdio,
    // Ctrl-C in a terminal goes to the whole process group, and we have to finish before PostgreSQL does.
    detached: true,
  });
  const exit = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  try {
    await once(child, 'spawn');
  } catch (cause) {
    throw new EmbeddedDatabaseError(
      `The embedded PostgreSQL needs the program setpriv, which does not start (${errorCode(cause)}). ` +
        'Install the package util-linux, or set DATABASE_URL to a PostgreSQL 14 or newer.',
      { cause },
    );
  }
  return { child, exit };
}

/**
 * Runs a PostgreSQL program until it ends.
 *
 * @throws EmbeddedDatabaseError with the reason it printed when it fails
 */
export async function runToEnd(
  program: string,
  args: readonly string[],
  options: { account: Account; input?: string },
): Promise<void> {
  const { child, exit } = await launch(program, args, { account: options.account, stdio: 'pipe' });
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) throw new Error('The program was started without pipes');
  // A program that fails early does not read its input; its exit code tells the story.
  stdin.on('error', () => undefined);
  stdin.end(options.input);
  const [{ code, signal }, errors] = await Promise.all([exit, text(stderr), text(stdout)]);
  if (code === 0) return;
  const reason = failureIn(errors) ?? describeExit({ code, signal });
  throw (
    cannotRunHere(reason) ??
    new EmbeddedDatabaseError(
      `The embedded PostgreSQL could not create its database: ${reason}. ` +
        'Remove the cause and start again, or set another DATA_DIR.',
    )
  );
}

/** How a process ended, in words. */
export function describeExit({ code, signal }: Exit): string {
  return signal === null ? `exit code ${code}` : `signal ${signal}`;
}
