import { loadBundledTests } from './catalogue/index.js';
import { createDemoClient } from './clients/index.js';
import { Primary, type Task, Workers } from './cluster/index.js';
import type { Config } from './config.js';
import type { Database } from './database/index.js';
import { drain } from './http/lifecycle/drain.js';
import type { ObservationServices } from './http/observe-requests.js';
import { createServer } from './http/server.js';
import { Traffic } from './http/lifecycle/traffic.js';
import { backgroundJobs, countedJobs, JobRunner } from './jobs/index.js';
import { giveBackMemorySoon } from './kernel/give-back-memory.js';
import { inTime } from './kernel/in-time.js';
import { Stops } from './kernel/stops.js';
import { listen } from './listen.js';
import { type Log, Metrics, MetricsSum, observeStatements, openLog } from './observability/index.js';
import {
  openDatabase, openForBudgets, openForRequests, openForWorker, openReplicas, poolShare, type ReplicaObserver,
} from './open-database.js';
import { type AppServices, openServices } from './open-services.js';
import { ServerBudgets } from './rate-limits/index.js';

/** How long after its start a server first runs the background jobs: the first requests come before them. */
const FIRST_JOBS_MS = 60_000;

/** How long a worker may take to tell what it has counted; of a later one it is known what it told before. */
const METRICS_LIMIT_MS = 2_000;

/** What the log says, before the address. */
const READY = 'Testodrom API is ready at';

/** A running server, of one process or several. */
export interface RunningServer {
  /** Where GraphQL answers. */
  readonly url: string;
  /** The key of the demo client, on the very first start with the embedded database only, and not in production. */
  readonly demoKey: string | null;
  /** Ends the requests under way, then everything else, the database last. */
  readonly close: () => Promise<void>;
}

/** A running server that is this process. */
export interface App extends RunningServer {
  readonly services: AppServices;
}

/** What a server has once, however many processes serve. */
interface Foundation {
  /** Migrated, and with the bundled tests. What nobody waits for may take its time, and has connections of its own. */
  readonly background: Database;
  readonly embedded: boolean;
  /** Not started yet. */
  readonly jobs: JobRunner;
}

/** What a process that serves builds on. */
interface Ground extends Pick<Foundation, 'background' | 'embedded'> {
  /** The most connections for requests. */
  readonly poolSize: number;
  /** The process that counts for all of the server; null where this one is all. */
  readonly primary: Primary | null;
}

/** Starts everything in its order, in this process. */
export async function startApp(config: Config, onDatabaseLost?: (message: string) => void): Promise<App> {
  const observation = await openObservation(config, null);
  return starting(observation.log, async (stops) => {
    const { background, embedded, jobs } = await openFoundation(config, observation, stops, onDatabaseLost);
    const ground = { background, embedded, poolSize: poolShare(config, 0), primary: null };
    const { url, services } = await serve(ground, config, observation, stops);
    stops.add(stopOfJobs(jobs, observation.log));
    jobs.start();
    return { url, services, demoKey: await demoKeyOf(config, background, embedded), close: () => stops.run() };
  });
}

/** Starts everything in its order: workers that serve, and in this process what a server has once. */
export async function startCluster(config: Config, onDatabaseLost: (message: string) => void): Promise<RunningServer> {
  const log = openLog(config.logLevel, process.pid);
  const metrics = new Metrics();
  if (config.metricsKey !== null) metrics.measureProcess();
  return starting(log, async (stops) => {
    const { background, embedded, jobs } = await openFoundation(config, { log, metrics }, stops, onDatabaseLost);
    const sum = new MetricsSum();
    const budgets = new ServerBudgets(config.edge.rates, (spent) => void workers.askAll((link) => link.call('spent', spent)));
    const workers: Workers = new Workers({
      count: config.workers,
      taskAt: (place) => ({ connection: background.connection, embedded, poolSize: poolShare(config, place) }),
      calls: {
        count: (charges) => Promise.all(charges.map((charge) => budgets.take(charge))),
        metrics: () => metricsOfAll(metrics, workers, sum),
      },
      onEnd: (pid) => sum.leave(pid),
      log,
    });
    stops.add(() => workers.stop(), stopOfJobs(jobs, log));
    const url = await workers.start();
    log.info(`${READY} ${new URL(url).origin}`);
    jobs.start();
    return { url, demoKey: await demoKeyOf(config, background, embedded), close: () => stops.run() };
  });
}

/** Makes this process a worker, which begins to serve and ends as the primary process says. */
export function becomeWorker(config: Config): void {
  const started = Promise.withResolvers<App>();
  const primary = new Primary({
    async start(task) {
      const app = await startWorker(config, task, primary);
      giveBackMemorySoon();
      started.resolve(app);
      return app.url;
    },
    metrics: async () => (await started.promise).services.metrics.snapshot(),
    spent: async (spent) => (await started.promise).services.rateLimits.noteSpent(spent),
    stop: async () => (await started.promise).close(),
  });
}

async function startWorker(config: Config, { connection, embedded, poolSize }: Task, primary: Primary): Promise<App> {
  const observation = await openObservation(config, primary);
  return starting(observation.log, async (stops) => {
    const background = await openForWorker(connection);
    stops.add(() => background.close());
    const { url, services } = await serve({ background, embedded, poolSize, primary }, config, observation, stops);
    return { url, services, demoKey: null, close: () => stops.run() };
  });
}

/** Starts something; whatever fails, what was started before is stopped again. */
async function starting<T>(log: Log, start: (stops: Stops) => Promise<T>): Promise<T> {
  const stops = new Stops();
  try {
    return await start(stops);
  } catch (error) {
    await stops.run().catch((failure: unknown) => log.error({ err: failure }, 'What had been started could not be stopped'));
    throw error;
  }
}

/** By what it is seen how the server does. The parts that send traces are loaded only where they are wanted. */
async function openObservation({ logLevel, tracing }: Config, primary: Primary | null): Promise<ObservationServices> {
  const log = openLog(logLevel, primary && process.pid);
  const started = tracing && (await import('./observability/start-tracing.js')).startTracing(tracing, log);
  return { log, metrics: new Metrics(primary && (() => primary.metrics())), tracing: started };
}

async function openFoundation(
  config: Config, observation: Pick<ObservationServices, 'log' | 'metrics'>, stops: Stops, onDatabaseLost?: (message: string) => void,
): Promise<Foundation> {
  const { log } = observation;
  const lost = (message: string): void => {
    log.fatal(message);
    onDatabaseLost?.(message);
  };
  const { database: background, embedded, close } = await openDatabase(config, 'server', lost);
  stops.add(close);
  await loadBundledTests(background);
  const jobs = jobRunner(background, config, observation);
  stops.add(() => jobs.stop());
  if (embedded && config.production) log.warn('The embedded database is made for trying things out: set DATABASE_URL.');
  return { background, embedded, jobs };
}

/** Opens what each process that serves has, and lets it listen. */
async function serve(
  ground: Ground, config: Config, observation: ObservationServices, stops: Stops,
): Promise<{ readonly url: string; readonly services: AppServices }> {
  const { background, poolSize, primary } = ground;
  const { metrics, tracing } = observation;
  const observe = observeStatements(metrics, tracing);
  const database = await openForRequests(background, config, poolSize, observe);
  // The last requests are traced before the database goes.
  stops.add(() => database.close(), async () => tracing?.close());
  const replicas = await openReplicas(database, config, poolSize, observeStatements(metrics, tracing, 'replica'), replicaObserver(observation));
  stops.add(async () => replicas?.close());
  let budgets = background;
  if (config.edge.rates.store === 'postgres') {
    budgets = await openForBudgets(background, observe);
    stops.add(() => budgets.close());
  }
  const services = await openServices({ ...ground, database, reading: replicas ?? database, budgets }, config, observation);
  stops.add(() => services.catalogue.close(), () => services.pdf.close());

  const { edge, production, publicUrl, metricsKey } = config;
  const traffic = new Traffic();
  const server = await createServer(services, {
    edge, publicUrl, metricsKey, traffic, landingPage: !production, async pingDatabase() {
      await background.ping();
      // A pooler may be away while PostgreSQL is there.
      if (config.databaseDirectUrl !== null) await database.ping();
    },
  });
  stops.add(() => drain(server, traffic, edge.shutdown));
  return { url: await listen(server, config, primary ? 'A worker listens at' : READY), services };
}

function replicaObserver({ log, metrics }: ObservationServices): ReplicaObserver {
  return {
    changed(name, leftOutBecause) {
      metrics.replicas.setUsed(name, leftOutBecause === null);
      if (leftOutBecause === null) log.info(`Reads go to the replica ${name}`);
      else log.warn(`No reads go to the replica ${name}: ${leftOutBecause}`);
    },
    read: (name, outcome) => metrics.replicas.countRead(name, outcome),
  };
}

function jobRunner(database: Database, config: Config, { log, metrics }: Pick<ObservationServices, 'log' | 'metrics'>): JobRunner {
  const times = { firstAfterMs: FIRST_JOBS_MS, everyMs: config.jobIntervalMinutes * 60_000 };
  const jobs = countedJobs(backgroundJobs(database, config, () => new Date()), metrics);
  return new JobRunner(database, jobs, times, (message) => log.error(message));
}

/** Comes before all other stops, so that the batch under way ends beside the last requests; its end is awaited later. */
function stopOfJobs(jobs: JobRunner, log: Log): () => Promise<void> {
  return async () => {
    log.info('Testodrom API is stopping.');
    void jobs.stop();
  };
}

/** Comes last, so that a start that fails half-way never makes a key that nobody is told. */
async function demoKeyOf({ production }: Config, database: Database, embedded: boolean): Promise<string | null> {
  return embedded && !production ? createDemoClient(database) : null;
}

/** Reads what every process has counted, this one first, and gives the sum. */
async function metricsOfAll(own: Metrics, workers: Workers, sum: MetricsSum): Promise<string> {
  sum.note(process.pid, await own.snapshot());
  await workers.askAll(async (link, pid) => sum.note(pid, await inTime(link.call('metrics'), METRICS_LIMIT_MS, 'too late')));
  return sum.text();
}
