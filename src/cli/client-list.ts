import type { Command } from 'commander';
import { listClients } from '../clients/index.js';
import { JSON_OPTION } from './client-options.js';
import { clientView } from './client-view.js';
import { printJson, printTable } from './output.js';
import { onDatabase } from './run.js';

export function clientList(client: Command): void {
  client.command('list')
    .description('list all clients')
    .option(...JSON_OPTION)
    .action(async ({ json }: { json?: boolean }) => {
      const views = (await onDatabase(listClients)).map(clientView);
      if (json) return printJson(views);
      printTable([
        ['slug', 'name', 'status', 'payment', 'issued', 'limit', 'license policy'],
        ...views.map((view) => [
          view.slug, view.name, view.status, view.paymentPolicy, String(view.licensesIssued),
          String(view.licenseLimit ?? 'no limit'), view.licensePolicy.preset,
        ]),
      ]);
    });
}
