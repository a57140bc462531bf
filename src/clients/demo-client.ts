import type { Database } from '../database/index.js';
import { PLATFORM } from './audit/record-audit.js';
import { createClient } from './administration.js';
import { Client } from './client.js';

/** The slug of the client with which a newcomer tries the API. */
const DEMO_CLIENT = 'demo';
const DEMO_LICENSES = 100;

/** Makes the demo client if there never was one; gives its key that once, and null afterwards. */
export async function createDemoClient(database: Database): Promise<string | null> {
  if ((await database.em().count(Client, { slug: DEMO_CLIENT })) > 0) return null;
  const { key } = await createClient(database, {
    slug: DEMO_CLIENT,
    name: 'Demo',
    payment: 'prepaid',
    licenseLimit: DEMO_LICENSES,
    licensePolicy: 'one-test-and-bonus',
  }, PLATFORM);
  return key;
}
