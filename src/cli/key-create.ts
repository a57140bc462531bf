import type { Command } from 'commander';
import { createKey } from '../clients/index.js';
import { JSON_OPTION } from './client-options.js';
import { keyView } from './key-view.js';
import { printJson } from './output.js';
import { onDatabase } from './run.js';

export function keyCreate(key: Command): void {
  key.command('create <slug>')
    .description('make one more key for a client, such as for one that has lost its keys, and print it; the key is shown this once')
    .option(...JSON_OPTION)
    .action(async (slug: string, { json }: { json?: boolean }) => {
      const made = await onDatabase((database) => createKey(database, slug, () => new Date()));
      if (json) return printJson({ ...keyView(made.clientKey), key: made.key });
      console.log(made.key);
    });
}
