import type { Command } from 'commander';
import { showClient } from '../clients/index.js';
import { JSON_OPTION } from './client-options.js';
import { printClient } from './client-view.js';
import { onDatabase } from './run.js';

export function clientShow(client: Command): void {
  client.command('show <slug>')
    .description('show a client')
    .option(...JSON_OPTION)
    .action(async (slug: string, { json }: { json?: boolean }) => {
      printClient(await onDatabase((database) => showClient(database, slug)), json);
    });
}
