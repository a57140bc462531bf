import type { Database } from '../database/index.js';
import { rebuildUsage } from '../licensing/index.js';
import { listClients, showClient } from './administration.js';

/** How much was made anew. */
export interface Rebuilt {
  readonly clients: number;
  /** Days with licenses. */
  readonly days: number;
}

/**
 * Makes the roll-up of license usage anew from the licenses: of one client, or of all with null. While users come and
 * go on coming; those of a client wait as long as it takes, those of others do not.
 */
export async function rebuildLicenseUsage(database: Database, slug: string | null): Promise<Rebuilt> {
  const clients = slug === null ? await listClients(database) : [await showClient(database, slug)];
  let days = 0;
  for (const { id } of clients) days += await database.transaction((sql) => rebuildUsage(sql, id));
  return { clients: clients.length, days };
}
