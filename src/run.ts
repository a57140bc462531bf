import cluster from 'node:cluster';
import { becomeWorker, type RunningServer, startApp, startCluster } from './app.js';
import { type Config, loadConfig } from './config.js';
import { delayToTell } from './database/index.js';
import { EXPLORER_PATH } from './http/explorer/index.js';
import { REST_DOCS_PATH } from './http/rest/index.js';
import { giveBackMemorySoon } from './kernel/give-back-memory.js';
import { OperatorError } from './kernel/operator-error.js';

/** A signal again within this time is an echo: npm passes on the Ctrl-C that the terminal has sent to us too. */
const ECHO_MS = 500;
/** How long a stop may take beside its delay and its grace: a database that no longer answers must not hold the process for ever. */
const STOP_LIMIT_MS = 5_000;

try {
  const config = loadConfig();
  if (cluster.isWorker) becomeWorker(config);
  else await run(config);
} catch (error) {
  const message = error instanceof OperatorError ? error.message : delayToTell(error);
  if (message === null) throw error;
  fail(message);
}

async function run(config: Config): Promise<void> {
  const starting: Promise<RunningServer> = (config.workers === 1 ? startApp : startCluster)(config, fail);
  const { delayMs, graceMs } = config.edge.shutdown;
  // Before it says that it is ready: whoever has read that may end it.
  stopOnSignals(starting, delayMs + graceMs + STOP_LIMIT_MS);
  const server = await starting;
  // In production the log says it, of which every line is JSON.
  if (!config.production) greet(server, config.edge.explorer);
  // The garbage of the start is a good part of what the process holds.
  giveBackMemorySoon();
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function greet({ url, demoKey }: RunningServer, explorer: boolean): void {
  console.log(`Testodrom API is ready.\n\nGraphQL      ${url}\nREST         ${new URL(REST_DOCS_PATH, url).href}`);
  if (explorer) console.log(`Explorer     ${new URL(EXPLORER_PATH, url).href}`);
  if (demoKey !== null) console.log(`Demo client  ${demoKey}\n             (its CLIENT_KEY, shown this once)`);
  const authorization = demoKey === null ? '' : ` -H 'authorization: Bearer ${demoKey}'`;
  const query = demoKey === null
    ? '{ tests { nodes { slug name(locale: \\"en\\") length paid } } }'
    : '{ viewer { name licenseUsage { remaining } } tests { nodes { slug name(locale: \\"en\\") length paid } } }';
  console.log(`\nTry it:\n\ncurl -s ${url} -H 'content-type: application/json'${authorization} -d '{"query":"${query}"}'\n`);
}

/** The first signal ends the start and the work under way, a second one ends the process at once. */
function stopOnSignals(starting: Promise<RunningServer>, limitMs: number): void {
  let firstAt: number | null = null;
  const stop = (): void => {
    if (firstAt !== null) {
      if (performance.now() - firstAt > ECHO_MS) process.exit(1);
      return;
    }
    firstAt = performance.now();
    setTimeout(fail, limitMs, `The server did not stop within ${limitMs / 1_000} seconds and was ended.`).unref();
    starting.then((server) => server.close()).then(() => process.exit(0), (error: unknown) => fail(String(error)));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
