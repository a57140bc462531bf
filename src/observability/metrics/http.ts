import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** From a look-up in memory to a report that is printed, in seconds. */
const DURATIONS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** One answered request, as it is counted. */
export interface HttpUse {
  readonly method: string;
  /** The pattern of the address; null for an address that is not there. */
  readonly route: string | null;
  /** The HTTP status; null when the caller hung up before the answer was sent. */
  readonly status: number | null;
  readonly milliseconds: number;
}

/** What is counted of HTTP requests of every kind. */
export class HttpMetrics {
  private readonly requests: Counter<'method' | 'route' | 'status'>;
  private readonly durations: Histogram<'route'>;
  private readonly underWay: Gauge;

  constructor(registry: Registry) {
    const registers = [registry];
    this.requests = new Counter({
      name: 'testodrom_http_requests_total', help: 'Ended HTTP requests.', labelNames: ['method', 'route', 'status'], registers,
    });
    this.durations = new Histogram({
      name: 'testodrom_http_request_duration_seconds', help: 'From the headers of a request to the end of its answer.',
      labelNames: ['route'], buckets: DURATIONS, registers,
    });
    this.underWay = new Gauge({ name: 'testodrom_http_requests_under_way', help: 'HTTP requests not yet ended.', registers });
  }

  /** Counts a request that begins. */
  begun(): void {
    this.underWay.inc();
  }

  /** Counts a request that has ended. */
  ended({ method, route, status, milliseconds }: HttpUse): void {
    const labels = { route: route ?? 'none' };
    this.underWay.dec();
    this.requests.inc({ ...labels, method, status: status === null ? 'aborted' : `${Math.floor(status / 100)}xx` });
    this.durations.observe(labels, milliseconds / 1_000);
  }
}
