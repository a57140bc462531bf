import { Counter, Histogram, type Registry } from 'prom-client';

/** What is counted of statements that are sent to the database. */
export class StatementMetrics {
  private readonly durations: Histogram;
  private readonly failures: Counter<'code'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.durations = new Histogram({
      name: 'testodrom_sql_duration_seconds', help: 'From sending a statement to its end.',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.25, 1, 5, 15], registers,
    });
    this.failures = new Counter({
      name: 'testodrom_sql_failures_total', help: 'Statements that failed and connections that could not be made, by SQLSTATE; without one when no answer came.',
      labelNames: ['code'], registers,
    });
  }

  /**
   * Counts a statement.
   *
   * @param code SQLSTATE of a failure, empty for one without; null for a statement that was done
   */
  count(milliseconds: number, code: string | null): void {
    this.durations.observe(milliseconds / 1_000);
    if (code !== null) this.failures.inc({ code });
  }
}
