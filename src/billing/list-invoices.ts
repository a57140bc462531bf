import { type Conditions, conditionsOf, keysetList, PAGE_PARAMETERS, readPage, type Sql, statement } from '../database/index.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { InvoiceStatus } from './invoice.js';
import { invoiceColumns, type InvoiceRow, type IssuedInvoice, issuedInvoice } from './issued-invoice.js';

/** Which invoices are listed; null leaves a part open. */
export interface InvoiceFilter<ClientId extends string | null = string> {
  readonly clientId: ClientId;
  readonly status: InvoiceStatus | null;
}

/** A page of the invoices of a client, the newest first. */
export async function listInvoices(sql: Sql, filter: InvoiceFilter, request: PageRequest): Promise<Page<IssuedInvoice>> {
  const { suffix, values, where } = conditions(filter);
  const invoices = keysetList<InvoiceRow>(`invoices${suffix}`, {
    select: `select ${invoiceColumns} from invoice i`, where: where(PAGE_PARAMETERS + 1), time: 'i.issued_at', id: 'i.id',
  });
  const { items, more } = await readPage(sql, invoices, values, request);
  return { items: items.map(issuedInvoice), more };
}

/** How many invoices a client has. */
export async function countInvoices(sql: Sql, filter: InvoiceFilter): Promise<number> {
  const { suffix, values, where } = conditions(filter);
  const counted = statement<{ count: number }>(`count-invoices${suffix}`, `
    select count(*)::int as count from invoice i where ${where(1)}`);
  const [row] = await sql.run(counted, values);
  return row!.count;
}

/** The latest invoices of all clients or of one, the newest first, each with the slug of its client. */
export async function listLatestInvoices(
  sql: Sql, filter: InvoiceFilter<string | null>, limit: number,
): Promise<{ readonly slug: string; readonly invoice: IssuedInvoice }[]> {
  const { suffix, values, where } = conditions(filter);
  const latest = statement<InvoiceRow & { readonly slug: string }>(`latest-invoices${suffix}`, `
    select c.slug, ${invoiceColumns}
      from invoice i
      join client c on c.id = i.client_id
     where ${where(2) || 'true'}
     order by i.issued_at desc, i.id desc
     limit $1`);
  const rows = await sql.run(latest, [limit, ...values]);
  return rows.map(({ slug, ...row }) => ({ slug, invoice: issuedInvoice(row) }));
}

function conditions({ clientId, status }: InvoiceFilter<string | null>): Conditions {
  return conditionsOf(
    clientId === null ? null : { name: 'of-client', text: (client) => `i.client_id = ${client}`, value: clientId },
    [status === null ? null : { name: 'status', text: (wanted) => `i.status = ${wanted}`, value: status }],
  );
}
