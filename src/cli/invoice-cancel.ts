import type { Command } from 'commander';
import { cancelInvoice, invoiceByNumber } from '../billing/index.js';
import { OPERATOR } from '../clients/index.js';
import { InputError } from '../kernel/input-error.js';
import { JSON_OPTION } from './client-options.js';
import { invoiceView } from './invoice-view.js';
import { printJson } from './output.js';
import { onDatabase } from './run.js';

export function invoiceCancel(invoice: Command): void {
  invoice.command('cancel <number>')
    .description('cancel an invoice that waits to be paid; the licenses of a postpaid one are free for another invoice')
    .option(...JSON_OPTION)
    .action(async (number: string, { json }: { json?: boolean }) => {
      const outcome = await onDatabase(async (database) => {
        const { clientId, id: invoiceId } = await invoiceByNumber(database, number);
        return cancelInvoice({ database, now: () => new Date() }, { clientId, invoiceId, actor: OPERATOR });
      });
      if (outcome.kind !== 'CANCELLED') throw new InputError(`Invoice ${number} is paid and cannot be cancelled.`);
      const { invoice: cancelled, replayed } = outcome;
      if (json) return printJson({ ...invoiceView(cancelled), replayed });
      console.log(replayed ? `Invoice ${number} was cancelled already: nothing is changed.` : `Invoice ${number} is cancelled.`);
    });
}
