import { type Command, Option } from 'commander';
import { InvoiceStatus, listLatestInvoices } from '../billing/index.js';
import { showClient } from '../clients/index.js';
import { JSON_OPTION, LIMIT_OPTION } from './client-options.js';
import { invoiceView } from './invoice-view.js';
import { printJson, printTable } from './output.js';
import { onDatabase } from './run.js';

const statuses = { issued: InvoiceStatus.ISSUED, paid: InvoiceStatus.PAID, cancelled: InvoiceStatus.CANCELLED } as const;

interface ListOptions {
  readonly limit: number;
  readonly client?: string;
  readonly status?: keyof typeof statuses;
  readonly json?: boolean;
}

export function invoiceList(invoice: Command): void {
  invoice.command('list')
    .description('list the latest invoices, the newest first')
    .option('--client <slug>', 'only those of one client')
    .addOption(new Option('--status <status>', 'only those that stand so').choices(Object.keys(statuses)))
    .option(...LIMIT_OPTION)
    .option(...JSON_OPTION)
    .action(async ({ client, status, limit, json }: ListOptions) => {
      const found = await onDatabase(async (database) => listLatestInvoices(database, {
        clientId: client === undefined ? null : (await showClient(database, client)).id, status: status ? statuses[status] : null,
      }, limit));
      const views = found.map(({ slug, invoice: issued }) => ({ client: slug, ...invoiceView(issued) }));
      if (json) return printJson(views);
      printTable([
        ['number', 'client', 'status', 'licenses', 'total', 'issued', 'due'],
        ...views.map((view) => [
          view.number, view.client, view.status, String(view.licenses), view.total,
          view.issuedAt.toISOString(), view.dueAt.toISOString(),
        ]),
      ]);
    });
}
