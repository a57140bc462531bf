import { Counter, Registry } from 'prom-client';

/** One answered request of the REST API, as it is counted. */
export interface RestUse {
  readonly version: 'v1' | 'v2' | 'v3';
  /** The path after the version, such as `result/get`: of ours only, never as somebody wrote it. */
  readonly endpoint: string;
  /** The slug of the client whom the request named, or whose data it read; null when no client is known. */
  readonly client: string | null;
  /** The HTTP status of the answer. */
  readonly status: number;
}

/** With what use is counted. */
export interface MetricsServices {
  readonly metrics: Metrics;
}

/**
 * What is counted while a server runs, each process for itself and from 0: whoever collects the numbers adds them up.
 * They tell which partners still use which version of the REST API. Each combination of labels is kept while the process
 * runs, so labels take few values: endpoints are ours, and clients are registered by hand.
 */
export class Metrics {
  /** Not the one of the library, which all servers of a process would share. */
  private readonly registry = new Registry();
  private readonly restRequests = new Counter({
    name: 'testodrom_rest_requests_total',
    help: 'Answered requests of the REST API.',
    labelNames: ['version', 'endpoint', 'client', 'status'],
    registers: [this.registry],
  });

  /** Counts one answered request of the REST API. Where no client is known, the label `client` is empty. */
  countRest({ version, endpoint, client, status }: RestUse): void {
    this.restRequests.inc({ version, endpoint, client: client ?? '', status });
  }

  /** All counts in the text format of Prometheus. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  /** The media type of that text, with the version of the format. */
  get contentType(): string {
    return this.registry.contentType;
  }
}
