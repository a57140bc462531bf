import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { SAMPLE_SELLER } from './billing/index.js';
import { Catalogue, loadBundledTests } from './catalogue/index.js';
import { createDemoClient } from './clients/index.js';
import type { Config } from './config.js';
import type { Database } from './database/index.js';
import type { Services } from './graphql/context.js';
import { sharedReads } from './graphql/shared-reads.js';
import { drain } from './http/lifecycle/drain.js';
import { GRAPHQL_PATH } from './http/graphql/add-graphql-routes.js';
import type { InvoiceServices } from './http/invoices.js';
import type { ObservationServices } from './http/observe-requests.js';
import { Metrics, observeStatements, openLog, type RejectionReason } from './observability/index.js';
import type { ReportServices } from './http/results.js';
import { createServer } from './http/server.js';
import { Traffic } from './http/lifecycle/traffic.js';
import { backgroundJobs, countedJobs, JobRunner } from './jobs/index.js';
import { OperatorError } from './kernel/operator-error.js';
import { DECISIONS, LicensingService } from './licensing/index.js';
import { openDatabase, openForBudgets, openForRequests } from './open-database.js';
import { PdfRenderer } from './printing/index.js';
import { type BudgetName, RateLimits } from './rate-limits/index.js';
import { SaveProgress } from './results/index.js';

/** How long after its start a server first runs the background jobs: the first requests come before them. */
const FIRST_JOBS_MS = 60_000;

/** How refusals of a budget are counted. */
const refusalOf: Readonly<Record<BudgetName, RejectionReason>> = {
  'client': 'client_rate', 'address': 'address_rate', 'failed-keys': 'failed_keys',
};

type AppServices = Services & ReportServices & InvoiceServices & ObservationServices;

/** A running server. */
export interface App {
  /** Where GraphQL answers. */
  readonly url: string;
  /** The key of the demo client, on the very first start with the embedded database only, and not in production. */
  readonly demoKey: string | null;
  readonly services: AppServices;
  /** Ends the requests under way, then everything else, the database last. */
  readonly close: () => Promise<void>;
}

/** Starts everything in its order; whatever fails, what was started before is stopped again. */
export async function startApp(config: Config, onDatabaseLost?: (message: string) => void): Promise<App> {
  const stops: (() => Promise<unknown>)[] = [];
  const observation = await openObservation(config);
  const { log, metrics, tracing } = observation;
  const close = async (): Promise<void> => {
    const failures: unknown[] = [];
    // Each is tried, whatever became of those before it.
    for (const stop of stops.splice(0).reverse()) await stop().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  try {
    const lost = (message: string): void => {
      log.fatal(message);
      onDatabaseLost?.(message);
    };
    // What nobody waits for may take its time, and has connections of its own.
    const opened = await openDatabase(config, 'server', lost);
    const { database: background, embedded } = opened;
    stops.push(() => opened.close());
    await loadBundledTests(background);
    const database = await openForRequests(background, config, observeStatements(metrics, tracing));
    // The last requests are traced before the database goes.
    stops.push(() => database.close(), async () => tracing?.close());
    let budgets = background;
    if (config.edge.rates.store === 'postgres') {
      budgets = await openForBudgets(background, observeStatements(metrics, tracing));
      stops.push(() => budgets.close());
    }
    const services = await openServices({ database, background, budgets, embedded }, config, observation);
    stops.push(() => services.catalogue.close(), () => services.pdf.close());
    const jobs = jobRunner(background, config, observation);
    stops.push(() => jobs.stop());

    const { edge, production, publicUrl, metricsKey } = config;
    const traffic = new Traffic();
    const server = await createServer(services, {
      edge, publicUrl, metricsKey, traffic, landingPage: !production, pingDatabase: () => background.ping(),
    });
    stops.push(() => drain(server, traffic, edge.shutdown));
    // Told before all else, so that the batch under way ends beside the last requests; its end is awaited above.
    stops.push(async () => {
      log.info('Testodrom API is stopping.');
      void jobs.stop();
    });
    if (embedded && production) log.warn('The embedded database is made for trying things out: set DATABASE_URL.');
    const url = await listen(server, config);
    jobs.start();
    // Last, so that a start that fails half-way never makes a key that nobody is told.
    const demoKey = embedded && !production ? await createDemoClient(database) : null;
    return { url, demoKey, services, close };
  } catch (error) {
    await close().catch((failure: unknown) => log.error({ err: failure }, 'What had been started could not be stopped'));
    throw error;
  }
}

/** By what it is seen how the server does. The parts that send traces are loaded only where they are wanted. */
async function openObservation({ logLevel, tracing }: Config): Promise<ObservationServices> {
  const log = openLog(logLevel);
  const started = tracing && (await import('./observability/start-tracing.js')).startTracing(tracing, log);
  return { log, metrics: new Metrics(), tracing: started };
}

/** The database as services use it. */
interface Databases {
  /** For requests, which wait for their statements. */
  readonly database: Database;
  /** For everything else. */
  readonly background: Database;
  /** For counting what callers spend. */
  readonly budgets: Database;
  readonly embedded: boolean;
}

async function openServices(
  { database, background, budgets, embedded }: Databases, { revisionGraceMinutes, billing, production, edge }: Config, observation: ObservationServices,
): Promise<AppServices> {
  const { log, metrics } = observation;
  const now = (): Date => new Date();
  // Who only tries the server out sees invoices too, of a seller who says that nobody is to pay.
  const substitute = embedded && !production ? SAMPLE_SELLER : null;
  const catalogue = await Catalogue.open(background, (error) => {
    metrics.countCatalogueFailure();
    log.error({ err: error }, 'The published tests could not be followed');
  });
  metrics.licensing.expect(DECISIONS);
  const licensing = new LicensingService(database, now, (decisions) => metrics.licensing.countBatch(decisions));
  const pdf = new PdfRenderer();
  metrics.watch({ connections: () => database.connections, documents: () => pdf.load, tests: () => catalogue.tests.length });
  return {
    ...observation,
    database,
    reads: sharedReads(database, now),
    catalogue,
    licensing,
    saveProgress: new SaveProgress({ database, catalogue, licensing, now, graceMs: revisionGraceMinutes * 60_000 }),
    now,
    billing: { database, now, config: { ...billing, seller: billing.seller ?? substitute } },
    pdf,
    rateLimits: new RateLimits({
      settings: edge.rates,
      sql: budgets,
      onRefused: ({ standing }) => metrics.countRejection(refusalOf[standing.name]),
      onStoreFailure: (error) => log.error({ err: error }, 'Rate limits are counted by this process alone'),
    }),
  };
}

function jobRunner(database: Database, config: Config, { log, metrics }: ObservationServices): JobRunner {
  const times = { firstAfterMs: FIRST_JOBS_MS, everyMs: config.jobIntervalMinutes * 60_000 };
  const jobs = countedJobs(backgroundJobs(database, config, () => new Date()), metrics);
  return new JobRunner(database, jobs, times, (message) => log.error(message));
}

async function listen(server: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    await server.listen({ host, port, listenTextResolver: (address) => `Testodrom API is ready at ${address}` });
  } catch (error) {
    throw listenProblem(error, host, port) ?? error;
  }
  const { port: bound } = server.server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${bound}${GRAPHQL_PATH}`;
}

function listenProblem(error: unknown, host: string, port: number): OperatorError | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'EADDRINUSE': return new OperatorError(`Port ${port} of ${host} is taken: stop what listens there, or set another PORT.`);
    case 'EACCES': return new OperatorError(`Port ${port} of ${host} needs more rights: set a PORT above 1023.`);
    case 'EADDRNOTAVAIL':
    case 'EAI_AGAIN':
    case 'ENOTFOUND': return new OperatorError(`HOST ${host} is no address of this machine: set another HOST.`);
    default: return null;
  }
}
