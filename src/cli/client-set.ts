import type { Command } from 'commander';
import { changeClient, type ClientChangeInput } from '../clients/index.js';
import {
  addBillingOptions, addOriginOption, addPolicyOptions, JSON_OPTION, LICENSE_POLICY_OPTION, type OriginOption,
} from './client-options.js';
import { printClient } from './client-view.js';
import { onDatabase } from './run.js';

export function clientSet(client: Command): void {
  const command = client.command('set <slug>')
    .description(
      'change the name, the policies, the price, the buyer, the time zone or the origins of a client; what is attached or ' +
      'invoiced stays',
    )
    .option('--name <name>', 'name to show')
    .option(
      '--payment <policy>',
      'prepaid or postpaid; settle first: postpaid drops what is left of the limit and charges for licenses issued from then on, ' +
      'and only while postpaid can the client order licenses that no invoice charges for',
    )
    .option(...LICENSE_POLICY_OPTION)
    .option(...JSON_OPTION);
  addOriginOption(addBillingOptions(addPolicyOptions(command))).action(
    async (slug: string, { json, origin: origins, ...rest }: ClientChangeInput & OriginOption & { json?: boolean }) => {
      const change = { ...rest, ...(origins && { origins }) };
      printClient(await onDatabase((database) => changeClient(database, slug, change)), json);
    },
  );
}
