/** Where the rows of a table lie when the database is spread over several machines. */
export type Placement =
  /** Each row by the value of this column. */
  | { readonly by: string; readonly together: 'clients' | 'results' }
  /** All rows on every machine: read anywhere, written on all. */
  | 'EVERYWHERE'
  /** All rows on the one machine that the servers are connected to. */
  | 'ONE_MACHINE';

const ofClient: Placement = { by: 'client_id', together: 'clients' };

/**
 * The placement of every table. What belongs to a client lies with the client, so that policies, limits and lists concern one
 * machine. A result is nobody's until it is attached, and is read by RESULT_KEY alone: it lies by that, and its attachment
 * with the client. The catalogue is small, changes rarely and is read with everything.
 */
export const layout = {
  client: { by: 'id', together: 'clients' },
  access_token: ofClient,
  attachment: ofClient,
  audit_entry: ofClient,
  client_key: ofClient,
  client_user: ofClient,
  invoice: ofClient,
  invoice_license: ofClient,
  license: ofClient,
  license_usage_day: ofClient,
  result: { by: 'id', together: 'results' },
  test: 'EVERYWHERE',
  test_revision: 'EVERYWHERE',
  question: 'EVERYWHERE',
  question_option: 'EVERYWHERE',
  invoice_counter: 'ONE_MACHINE',
  seed: 'ONE_MACHINE',
  rate_limit: 'ONE_MACHINE',
  schema_migration: 'ONE_MACHINE',
} as const satisfies Record<string, Placement>;
