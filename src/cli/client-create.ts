import type { Command } from 'commander';
import { createClient, type NewClientInput } from '../clients/index.js';
import { nodeId } from '../kernel/ids.js';
import {
  addBillingOptions, addOriginOption, addPolicyOptions, JSON_OPTION, LICENSE_POLICY_OPTION, type OriginOption, PAYMENT_OPTION,
} from './client-options.js';
import { printJson } from './output.js';
import { onDatabase } from './run.js';

export function clientCreate(client: Command): void {
  const command = client.command('create')
    .description('register a client and print its id, slug and key as JSON; the key is shown this once')
    .requiredOption('--name <name>', 'name to show')
    .requiredOption('--slug <slug>', 'short unique name')
    .requiredOption(...PAYMENT_OPTION)
    .requiredOption(...LICENSE_POLICY_OPTION)
    .option('--key <key>', 'a key that the partner already uses; without it one is made')
    .option(...JSON_OPTION);
  addOriginOption(addBillingOptions(addPolicyOptions(command))).action(
    async ({ json: _, origin: origins, ...rest }: NewClientInput & OriginOption & { json?: boolean }) => {
      const input = { ...rest, ...(origins && { origins }) };
      const { client: created, key } = await onDatabase((database) => createClient(database, input));
      printJson({ id: nodeId('Client', created.id), slug: created.slug, key });
    },
  );
}
