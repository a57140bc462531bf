import type { Command } from 'commander';
import { rebuildLicenseUsage } from '../clients/index.js';
import { JSON_OPTION } from './client-options.js';
import { printJson } from './output.js';
import { onDatabase } from './run.js';

export function licenseUsageRebuild(licenseUsage: Command): void {
  licenseUsage.command('rebuild [slug]')
    .description('count the licenses of each day anew, of one client or of all; also while the server is running')
    .option(...JSON_OPTION)
    .action(async (slug: string | undefined, { json }: { json?: boolean }) => {
      const rebuilt = await onDatabase((database) => rebuildLicenseUsage(database, slug ?? null));
      if (json) return printJson(rebuilt);
      console.log(`Clients: ${rebuilt.clients}. Days with licenses: ${rebuilt.days}.`);
    });
}
