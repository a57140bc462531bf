import { Counter, Registry } from 'prom-client';
import { GraphQLMetrics } from './metrics/graphql.js';
import { HttpMetrics } from './metrics/http.js';
import { JobMetrics } from './metrics/jobs.js';
import { LicensingMetrics } from './metrics/licensing.js';
import { processMetrics } from './metrics/process.js';
import { ReplicaMetrics } from './metrics/replicas.js';
import { StatementMetrics } from './metrics/statements.js';
import type { MetricsSnapshot } from './metrics/sum.js';
import { watch, type Watched } from './metrics/watched.js';

/** One answered request of the REST API, as it is counted. */
interface RestUse {
  readonly version: 'v1' | 'v2' | 'v3';
  /** The path after the version, such as `result/get`: of ours only, never as somebody wrote it. */
  readonly endpoint: string;
  /** The slug of the client whom the request named, or whose data it read; null when no client is known. */
  readonly client: string | null;
  /** The HTTP status of the answer. */
  readonly status: number;
}

/**
 * Why a request, or an operation, was turned away before any work: at most a few dozen values, which are labels. Beside the
 * codes of errors that callers see, these tell an operator which limit it was.
 */
const REJECTION_REASONS = [
  // A limit of the shape or the cost of an operation.
  'tokens', 'depth', 'fragments', 'selections', 'aliases', 'directives', 'root_fields', 'cost', 'variables', 'list_length', 'introspection',
  // What is no operation of this server.
  'untrusted_document', 'batch', 'body_size', 'malformed', 'media_type', 'method', 'headers', 'pipelined', 'slow', 'origin',
  // A budget.
  'client_rate', 'address_rate', 'failed_keys',
  // The server has enough to do.
  'overload', 'deadline',
] as const;

/** One of them. */
export type RejectionReason = typeof REJECTION_REASONS[number];

/** With what use is counted. */
export interface MetricsServices {
  readonly metrics: Metrics;
}

/**
 * What is counted while a server runs, each process for itself and from 0: whoever collects the numbers adds them up.
 * Of a server of several processes, each shows the sum.
 * They tell which partners still use which version of the REST API. Each combination of labels is kept while the process
 * runs, so labels take few values: endpoints are ours, and clients are registered by hand.
 */
export class Metrics {
  /** Not the one of the library, which all servers of a process would share. */
  private readonly registry = new Registry();
  readonly http = new HttpMetrics(this.registry);
  readonly graphql = new GraphQLMetrics(this.registry);
  readonly licensing = new LicensingMetrics(this.registry);
  readonly statements = new StatementMetrics(this.registry);
  readonly jobs = new JobMetrics(this.registry);
  readonly replicas = new ReplicaMetrics(this.registry);

  private readonly restRequests = new Counter({
    name: 'testodrom_rest_requests_total',
    help: 'Answered requests of the REST API.',
    labelNames: ['version', 'endpoint', 'client', 'status'],
    registers: [this.registry],
  });

  private readonly rejections = new Counter({
    name: 'testodrom_rejections_total',
    help: 'Requests and operations turned away before any work.',
    labelNames: ['reason'],
    registers: [this.registry],
  });

  private readonly catalogueFailures = new Counter({
    name: 'testodrom_catalogue_failures_total',
    help: 'Publications that could not be read yet, and lost connections for notices of them.',
    registers: [this.registry],
  });

  /** `ofServer` gives the text for all processes of the server; null where this one is all. */
  constructor(private readonly ofServer: (() => Promise<string>) | null = null) {
    // A first refusal is an increase only of what was there before.
    for (const reason of REJECTION_REASONS) this.rejections.inc({ reason }, 0);
  }

  /** Shows how these things stand whenever the metrics are read; once for each server. */
  watch(watched: Watched): void {
    watch(this.registry, watched);
  }

  /** Begins to measure the process, so that the first reading tells of more than itself. */
  measureProcess(): void {
    processMetrics();
  }

  /** Counts a failure to follow the published tests. */
  countCatalogueFailure(): void {
    this.catalogueFailures.inc();
  }

  /** Counts one request or operation that was turned away. */
  countRejection(reason: RejectionReason): void {
    this.rejections.inc({ reason });
  }

  /** Counts one answered request of the REST API. Where no client is known, the label `client` is empty. */
  countRest({ version, endpoint, client, status }: RestUse): void {
    this.restRequests.inc({ version, endpoint, client: client ?? '', status });
  }

  /** All counts of this process, and of the process itself, for others to add up. */
  async snapshot(): Promise<MetricsSnapshot> {
    return [...await this.registry.getMetricsAsJSON(), ...await processMetrics().getMetricsAsJSON()];
  }

  /** All counts of the server, and of its processes, in the text format of Prometheus. */
  async text(): Promise<string> {
    if (this.ofServer) return this.ofServer();
    return [await this.registry.metrics(), await processMetrics().metrics()].join('\n');
  }

  /** The media type of that text, with the version of the format. */
  get contentType(): string {
    return this.registry.contentType;
  }
}
