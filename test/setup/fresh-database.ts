import pg from 'pg';

const serverUrl = (): string => process.env['TEST_SERVER_URL'] ?? '';

/** A database of a test file's own. */
export interface FreshDatabase {
  readonly url: string;
  /** Runs SQL beside the product, to look at what it left behind. */
  readonly sql: <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>;
  drop(): Promise<void>;
}

let count = 0;

/** Clones the template of the global setup: migrated and with the bundled tests; `empty` has nothing at all. */
export async function freshDatabase({ empty = false } = {}): Promise<FreshDatabase> {
  const template = process.env['TEST_TEMPLATE'] ?? '';
  const prepared = (globalThis as { preparedTables?: boolean }).preparedTables ? '_prepared' : '';
  const name = `${template}_${process.env['JEST_WORKER_ID'] ?? '0'}_${process.pid}_${(count += 1)}`;
  await administer(`create database "${name}" template "${empty ? 'template0' : template + prepared}"`);
  const url = Object.assign(new URL(serverUrl()), { pathname: `/${name}` }).href;
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  // The database is dropped by force in the end; what its connections say then is no failure.
  pool.on('error', () => undefined);
  return {
    url,
    async sql<Row extends object>(text: string, values: readonly unknown[] = []) {
      return (await pool.query<Row>(text, [...values])).rows;
    },
    async drop() {
      await pool.end();
      await administer(`drop database "${name}" with (force)`);
    },
  };
}

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
