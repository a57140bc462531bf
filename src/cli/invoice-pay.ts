import type { Command } from 'commander';
import { payInvoice, type PayInvoiceOutcome } from '../billing/index.js';
import { PaymentPolicy } from '../licensing/index.js';
import { JSON_OPTION } from './client-options.js';
import { invoiceView } from './invoice-view.js';
import { printJson } from './output.js';
import { onDatabase } from './run.js';

export function invoicePay(invoice: Command): void {
  invoice.command('pay <number>')
    .description('note that an invoice is paid, which raises the license limit of a prepaid client once')
    .option(...JSON_OPTION)
    .action(async (number: string, { json }: { json?: boolean }) => {
      const outcome = await onDatabase((database) => payInvoice({ database, now: () => new Date() }, number));
      const { invoice: paid, replayed, licenseLimit } = outcome;
      if (json) return printJson({ ...invoiceView(paid), replayed, licenseLimit });
      console.log(inWords(outcome));
    });
}

function inWords({ invoice: { number, paidAt, paymentPolicy }, replayed, licenseLimit }: PayInvoiceOutcome): string {
  if (replayed) return `Invoice ${number} was paid already, at ${paidAt?.toISOString()}: nothing is changed.`;
  if (licenseLimit) return `Invoice ${number} is paid: the license limit was ${licenseLimit.from} and is ${licenseLimit.to}.`;
  if (paymentPolicy === PaymentPolicy.POSTPAID) return `Invoice ${number} is paid.`;
  return `Invoice ${number} is paid, but raises no license limit: the client pays after the fact by now and has none.`;
}
