import { type Aggregator, Gauge, type Registry } from 'prom-client';

/** What is looked at when somebody reads the metrics. */
export interface Watched {
  /** The connections to the database: open ones, those of them that nobody uses, and those who wait for one. */
  readonly connections: () => { readonly total: number; readonly idle: number; readonly waiting: number };
  /** Documents that are printed, and those that wait to be. */
  readonly documents: () => { readonly printing: number; readonly waiting: number };
  /** How many tests are published, as this process knows. */
  readonly tests: () => number;
}

/** Shows how things stand at the moment of reading. */
export function watch(registry: Registry, { connections, documents, tests }: Watched): void {
  const gauge = (name: string, help: string, value: () => number, aggregator: Aggregator = 'sum'): void => {
    new Gauge({
      name, help, aggregator, registers: [registry],
      collect() {
        this.set(value());
      },
    });
  };
  gauge('testodrom_database_connections', 'Open connections to the database.', () => connections().total);
  gauge('testodrom_database_connections_idle', 'Open connections that nobody uses.', () => connections().idle);
  gauge('testodrom_database_waiting', 'Work that waits for a connection.', () => connections().waiting);
  gauge('testodrom_pdf_printing', 'Documents that are being printed.', () => documents().printing);
  gauge('testodrom_pdf_waiting', 'Documents that wait to be printed.', () => documents().waiting);
  gauge('testodrom_catalogue_tests', 'Published tests that every process knows.', tests, 'min');
}
