import type { Command } from 'commander';
import { listKeys } from '../clients/index.js';
import { JSON_OPTION } from './client-options.js';
import { keyView } from './key-view.js';
import { printJson, printTable } from './output.js';
import { onDatabase } from './run.js';

export function keyList(key: Command): void {
  key.command('list <slug>')
    .description('list the living keys of a client, newest first')
    .option(...JSON_OPTION)
    .action(async (slug: string, { json }: { json?: boolean }) => {
      const views = (await onDatabase((database) => listKeys(database, slug, () => new Date()))).map(keyView);
      if (json) return printJson(views);
      printTable([
        ['id', 'hint', 'created', 'last used', 'expires'],
        ...views.map(({ id, hint, createdAt, lastUsedAt, expiresAt }) => [
          id, hint, createdAt.toISOString(), lastUsedAt?.toISOString() ?? 'never', expiresAt?.toISOString() ?? 'never',
        ]),
      ]);
    });
}
