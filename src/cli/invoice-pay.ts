import { type Command, InvalidArgumentError } from 'commander';
import { payInvoice, type PayInvoiceOutcome } from '../billing/index.js';
import { kopecksOf, roublesOf } from '../kernel/money.js';
import { PaymentPolicy } from '../licensing/index.js';
import { JSON_OPTION } from './client-options.js';
import { invoiceView } from './invoice-view.js';
import { printJson } from './output.js';
import { onDatabase } from './run.js';

export function invoicePay(invoice: Command): void {
  invoice.command('pay <number>')
    .description('note that an invoice is paid, which raises the license limit of a prepaid client once')
    .option('--total <roubles>', 'what was paid: nothing is changed unless it is the total of the invoice', money)
    .option(...JSON_OPTION)
    .action(async (number: string, { total, json }: { total?: number; json?: boolean }) => {
      const outcome = await onDatabase((database) => payInvoice({ database, now: () => new Date() }, number, total ?? null));
      const { slug, invoice: paid, replayed, licenseLimit } = outcome;
      if (json) return printJson({ client: slug, ...invoiceView(paid), replayed, licenseLimit });
      console.log(inWords(outcome));
    });
}

function inWords({ slug, invoice, replayed, licenseLimit }: PayInvoiceOutcome): string {
  const { number, buyer, total, paidAt, paymentPolicy } = invoice;
  const paid = `Invoice ${number} of client "${slug}", buyer ${buyer.name}, total ${roublesOf(total)} roubles,`;
  if (replayed) return `${paid} was paid already, at ${paidAt?.toISOString()}: nothing is changed.`;
  if (licenseLimit) return `${paid} is paid: the license limit was ${licenseLimit.from} and is ${licenseLimit.to}.`;
  if (paymentPolicy === PaymentPolicy.POSTPAID) return `${paid} is paid.`;
  return `${paid} is paid, but raises no license limit: the client pays after the fact by now and has none.`;
}

function money(roubles: string): number {
  const kopecks = kopecksOf(roubles);
  if (kopecks === null) throw new InvalidArgumentError('It has to be an amount in roubles, such as 1500 or 1500.50.');
  return kopecks;
}
