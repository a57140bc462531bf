import { SAMPLE_SELLER } from './billing/index.js';
import { Catalogue } from './catalogue/index.js';
import type { Primary } from './cluster/index.js';
import type { Config } from './config.js';
import { type Database, isSpread as tablesAreSpread, type Sql } from './database/index.js';
import type { Services } from './graphql/context.js';
import { sharedReads } from './graphql/shared-reads.js';
import type { InvoiceServices } from './http/invoices.js';
import type { ObservationServices } from './http/observe-requests.js';
import type { ReportServices } from './http/results.js';
import { DECISIONS, LicensingService } from './licensing/index.js';
import type { RejectionReason } from './observability/index.js';
import { PdfRenderer } from './printing/index.js';
import { type BudgetName, type Charge, type Count, RateLimits } from './rate-limits/index.js';
import { ResultKeys, SaveProgress } from './results/index.js';

/** How refusals of a budget are counted. */
const refusalOf: Readonly<Record<BudgetName, RejectionReason>> = {
  'client': 'client_rate', 'address': 'address_rate', 'failed-keys': 'failed_keys',
};

/** What all faces of the server call. */
export type AppServices = Services & ReportServices & InvoiceServices & ObservationServices;

/** What services build on. */
interface Ground {
  /** For requests, which wait for their statements. */
  readonly database: Database;
  /** What answers the heavy reads of requests: the same, or its replicas. */
  readonly reading: Sql;
  /** For what nobody waits for. */
  readonly background: Database;
  readonly embedded: boolean;
  /** The process that counts for all of the server; null where this one is all. */
  readonly primary: Primary | null;
  /** For counting what callers spend. */
  readonly budgets: Database;
}

/** Opens all that resolvers, REST and the routes of files call. */
export async function openServices(
  { database, reading, background, budgets, embedded, primary }: Ground, { revisionGraceMinutes, billing, production, edge }: Config,
  observation: ObservationServices,
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
  const isSpread = await tablesAreSpread(database);
  const licensing = new LicensingService(database, now, (decisions) => metrics.licensing.countBatch(decisions), isSpread);
  const pdf = new PdfRenderer();
  metrics.watch({ connections: () => database.connections, documents: () => pdf.load, tests: () => catalogue.tests.length });
  return {
    ...observation,
    database,
    reading,
    reads: sharedReads(database, reading, now, isSpread),
    catalogue,
    licensing,
    saveProgress: new SaveProgress({
      database, catalogue, licensing, now, isSpread, resultKeys: await ResultKeys.open(database), graceMs: revisionGraceMinutes * 60_000,
    }),
    now,
    billing: { database, now, config: { ...billing, seller: billing.seller ?? substitute } },
    pdf,
    rateLimits: new RateLimits({
      settings: edge.rates,
      sql: budgets,
      countForServer: primary && ((charge: Charge): Promise<Count> => primary.count(charge)),
      onRefused: ({ standing }) => metrics.countRejection(refusalOf[standing.name]),
      onStoreFailure: (error) => log.error({ err: error }, 'Rate limits are counted by this process alone'),
    }),
  };
}
