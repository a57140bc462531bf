import type { Command } from 'commander';
import { resumeClient, suspendClient } from '../clients/index.js';
import { JSON_OPTION } from './client-options.js';
import { printClient } from './client-view.js';
import { onDatabase } from './run.js';

/** `client suspend` and its opposite, `client resume`. */
export function clientSuspend(client: Command): void {
  const changes = [
    ['suspend', 'stop a client from issuing licenses; its data stays readable', suspendClient],
    ['resume', 'let a suspended client issue licenses again', resumeClient],
  ] as const;
  for (const [name, description, change] of changes) {
    client.command(`${name} <slug>`)
      .description(description)
      .option(...JSON_OPTION)
      .action(async (slug: string, { json }: { json?: boolean }) => {
        printClient(await onDatabase((database) => change(database, slug)), json);
      });
  }
}
