import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import { answers, connectionThrough } from './connection.js';
import type { Layout } from './data-directory.js';
import { EmbeddedDatabaseError } from './errors.js';
import { describeExit, launch, type Exit, type Launched } from './launch.js';
import { lastFailure, openLog, type ServerLog } from './log.js';
import { cannotRunHere, remedyFor } from './output.js';
import { readPostmaster } from './postmaster.js';
import { serverArguments } from './settings.js';
import { endsWithin, poll } from './wait.js';

/** Crash recovery after a power failure may take long. */
const START_LIMIT_MS = 60_000;
const FAST_SHUTDOWN_LIMIT_MS = 8_000;
const IMMEDIATE_SHUTDOWN_LIMIT_MS = 5_000;

/** A PostgreSQL that accepts connections. */
export interface PostgresProcess {
  /** Shuts it down and waits for its end; fine when it has ended already. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly binaries: Binaries;
  readonly account: Account;
  readonly socketFolder: string;
  readonly durable: boolean;
  readonly connections: number;
  readonly onUnexpectedExit: (message: string) => void;
}

/**
 * Starts PostgreSQL on a complete data directory and waits until it accepts connections.
 *
 * @throws EmbeddedDatabaseError when it does not start; it is not running then
 */
export async function startPostgres(layout: Layout, options: StartOptions): Promise<PostgresProcess> {
  const log = await openLog(layout.log, options.account);
  const launched = await launchServer(layout, options, log).finally(() => log.handle.close());
  try {
    await awaitReady(layout, options.socketFolder, launched, log);
  } catch (error) {
    await shutDown(launched);
    throw error;
  }

  let stopping = false;
  void launched.exit.then((exit) => {
    if (stopping) return;
    options.onUnexpectedExit(`The embedded PostgreSQL ended unexpectedly (${describeExit(exit)}). See ${log.path}.`);
  });
  return {
    stop: async () => {
      stopping = true;
      await shutDown(launched);
    },
  };
}

async function launchServer(layout: Layout, options: StartOptions, log: ServerLog): Promise<Launched> {
  const launched = await launch(options.binaries.postgres, ['-D', layout.postgres, ...serverArguments(options)], {
    account: options.account,
    stdio: ['ignore', log.handle.fd, log.handle.fd],
  });
  // A program that forgets to stop it still ends, and PostgreSQL then ends with it.
  launched.child.unref();
  return launched;
}

async function awaitReady(
  layout: Layout,
  socketFolder: string,
  { child, exit }: Launched,
  log: ServerLog,
): Promise<void> {
  let ended: Exit | undefined;
  void exit.then((value) => {
    ended = value;
  });
  const outcome = await poll<'ready' | 'ended'>(
    async () => {
      if (ended) return 'ended';
      // Connecting earlier would be refused, and each refusal is a FATAL line in the log.
      const postmaster = await readPostmaster(layout.postgres);
      const isReady = postmaster?.pid === child.pid && postmaster?.ready;
      return isReady && (await answers(connectionThrough(socketFolder))) ? 'ready' : undefined;
    },
    { everyMs: 10, limitMs: START_LIMIT_MS },
  );
  if (outcome === 'ready') return;
  if (ended === undefined) {
    throw new EmbeddedDatabaseError(
      `The embedded PostgreSQL was not ready within 60 seconds. See ${log.path}, and start again to let it continue.`,
    );
  }
  const reason = (await lastFailure(log)) ?? describeExit(ended);
  throw (
    cannotRunHere(reason) ??
    new EmbeddedDatabaseError(
      `The embedded PostgreSQL did not start: ${reason}. See ${log.path}. ${remedyFor(reason)}`,
    )
  );
}

async function shutDown({ child, exit }: Launched): Promise<void> {
  child.ref();
  child.kill('SIGINT');
  if (await endsWithin(exit, FAST_SHUTDOWN_LIMIT_MS)) return;
  // Loses no committed data: the next start recovers it from the write-ahead log.
  child.kill('SIGQUIT');
  if (await endsWithin(exit, IMMEDIATE_SHUTDOWN_LIMIT_MS)) return;
  throw new EmbeddedDatabaseError(`The embedded PostgreSQL (process ${child.pid}) does not stop. Stop that process.`);
}
