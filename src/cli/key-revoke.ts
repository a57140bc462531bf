import type { Command } from 'commander';
import { revokeKeyByHand } from '../clients/index.js';
import { JSON_OPTION } from './client-options.js';
import { keyView } from './key-view.js';
import { printJson } from './output.js';
import { onDatabase } from './run.js';

export function keyRevoke(key: Command): void {
  key.command('revoke <slug> <hint-or-id>')
    .description('end a key of a client at once, told by its last characters or its id')
    .option('--last', 'also the last key that lives on, which locks the client out')
    .option(...JSON_OPTION)
    .action(async (slug: string, hintOrId: string, { last = false, json }: { last?: boolean; json?: boolean }) => {
      const revoked = await onDatabase((database) => revokeKeyByHand(database, slug, hintOrId, { last }, () => new Date()));
      if (json) return printJson(keyView(revoked));
      console.log(`The key ${revoked.hint} of ${slug} has ended.`);
    });
}
