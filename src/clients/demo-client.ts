import type { Database } from '../database/index.js';
import { PLATFORM } from './audit/record-audit.js';
import { createClient } from './administration.js';
import { Client } from './client.js';

/** The slug of the client with which a newcomer tries the API. */
const DEMO_CLIENT = 'demo';
const DEMO_LICENSES = 100;
/** For invoices to look at. No region has this ИНН, though its check digit is right. */
const DEMO_BILLING = {
  price: '1500.00', buyerName: 'ООО «Покупатель» (образец)', buyerInn: '0098765437', buyerKpp: '009801001',
  buyerAddress: '101000, г. Москва, ул. Примерная, д. 2',
} as const;

/** Makes the demo client if there never was one; gives its key that once, and null afterwards. */
export async function createDemoClient(database: Database): Promise<string | null> {
  if ((await database.em().count(Client, { slug: DEMO_CLIENT })) > 0) return null;
  const { key } = await createClient(database, {
    slug: DEMO_CLIENT,
    name: 'Demo',
    payment: 'prepaid',
    licenseLimit: DEMO_LICENSES,
    licensePolicy: 'one-test-and-bonus',
    ...DEMO_BILLING,
  }, PLATFORM);
  return key;
}
