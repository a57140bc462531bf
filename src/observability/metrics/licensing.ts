import { Counter, Histogram, type Registry } from 'prom-client';

/** What is counted of the one place that issues licenses, whichever face asked. */
export class LicensingMetrics {
  private readonly sizes: Histogram;
  private readonly decisions: Counter<'decision'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.sizes = new Histogram({
      name: 'testodrom_licensing_batch_size', help: 'Requests of a client that one transaction answered.',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256], registers,
    });
    this.decisions = new Counter({
      name: 'testodrom_licensing_decisions_total', help: 'What was decided on attaching results and registering users.',
      labelNames: ['decision'], registers,
    });
  }

  /** Begins to count decisions at 0: a first one is an increase only of what was there before. */
  expect(decisions: readonly string[]): void {
    for (const decision of decisions) this.decisions.inc({ decision }, 0);
  }

  /** Counts the decisions of one batch; null for a request that came to nothing before it was decided. */
  countBatch(decisions: readonly (string | null)[]): void {
    this.sizes.observe(decisions.length);
    for (const decision of decisions) if (decision !== null) this.decisions.inc({ decision });
  }
}
