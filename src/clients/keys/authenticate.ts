import { type Database, statement } from '../../database/index.js';
import { hashSecret } from '../../kernel/secrets.js';
import type { Client } from '../client.js';

const findByKey = statement<Client>('client-by-key', `
  select c.id, c.slug, c.name, c.status, c.payment_policy as "paymentPolicy", c.license_limit as "licenseLimit",
         c.overdraft, c.licenses_issued as "licensesIssued", c.max_tests as "maxTests",
         c.max_bonus_tests as "maxBonusTests", c.max_results_per_test as "maxResultsPerTest",
         c.created_at as "createdAt"
    from client_key k
    join client c on c.id = k.client_id
   where k.hash = $1`);

/** The client whose key this is; null for a key that nobody has. */
export async function authenticate(database: Database, key: string): Promise<Client | null> {
  const [client] = await database.run(findByKey, [hashSecret(key)]);
  return client ?? null;
}
