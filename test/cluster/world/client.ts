import { createClient, type NewClientInput } from '../../../src/clients/index.js';
import { checkDefinition, publishTest } from '../../../src/catalogue/import/index.js';
import { RevisionSource } from '../../../src/catalogue/index.js';
import { Database, migrate } from '../../../src/database/index.js';
import { entities } from '../../../src/entities.js';
import { ask } from '../../setup/processes.js';
import { smallAnswers, smallTest } from '../../setup/small-tests.js';
import type { Json } from '../../setup/test-server.js';

export const TEST = 'cluster';

/** Fills an empty database: a test and clients, whose keys it gives. */
export async function fill(url: string, ...clients: readonly Partial<NewClientInput>[]): Promise<string[]> {
  const database = await Database.open({ url }, entities, 2);
  try {
    await migrate(database);
    await publish(database, TEST);
    const keys: string[] = [];
    for (const [place, client] of clients.entries()) {
      const made = await createClient(database, {
        name: 'Client', slug: `client-${place}`, payment: 'postpaid', licensePolicy: 'unlimited', ...client,
      });
      keys.push(made.key);
    }
    return keys;
  } finally {
    await database.close();
  }
}

/** Publishes a small test, as somebody at the command line does. */
export async function publish(database: Database, slug: string): Promise<void> {
  const { definition } = checkDefinition(smallTest(slug, { paid: true }));
  await publishTest(database, definition!, RevisionSource.IMPORTED);
}

/** The answer of a mutation; fails on errors, whose text it gives. */
export async function mutate(url: string, field: string, type: string, selection: string, input: object, key?: string): Promise<Json> {
  const { data, errors } = await ask(url, `mutation ($input: ${type}!) { ${field}(input: $input) { __typename ${selection} } }`, { input }, key);
  if (errors) throw new Error(JSON.stringify(errors));
  return data[field];
}

/** Saves answers and gives the RESULT_KEY. */
export async function save(url: string): Promise<string> {
  const saved = await mutate(url, 'saveProgress', 'SaveProgressInput', '... on SaveProgressSuccess { resultKey }', { test: TEST, answers: smallAnswers });
  return saved.resultKey;
}

/** Saves answers and attaches them to a user; gives the name of the outcome. */
export async function attach(url: string, key: string, userId: string, resultKey?: string): Promise<string> {
  const input = { resultKey: resultKey ?? await save(url), userId };
  return (await mutate(url, 'attachResult', 'AttachResultInput', '', input, key)).__typename;
}

/** What a client sees of itself. */
export async function view(url: string, key: string): Promise<{ readonly users: number; readonly results: number; readonly issued: number }> {
  const { data, errors } = await ask(url, `{ viewer {
    users { totalCount } results { totalCount } licenseUsage { issued } } }`, {}, key);
  if (errors) throw new Error(JSON.stringify(errors));
  return { users: data.viewer.users.totalCount, results: data.viewer.results.totalCount, issued: data.viewer.licenseUsage.issued };
}
