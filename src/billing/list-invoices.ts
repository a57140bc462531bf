import { keysetList, readPage, type Sql, statement } from '../database/index.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { InvoiceStatus } from './invoice.js';
import { invoiceColumns, type InvoiceRow, type IssuedInvoice, issuedInvoice } from './issued-invoice.js';

/** Which invoices are listed; null leaves a part open. */
export interface InvoiceFilter<ClientId extends string | null = string> {
  readonly clientId: ClientId;
  readonly status: InvoiceStatus | null;
}

const ofClient = keysetList<InvoiceRow>('invoices', {
  select: `select ${invoiceColumns} from invoice i`,
  where: 'i.client_id = $4 and ($5::text is null or i.status = $5)',
  time: 'i.issued_at',
  id: 'i.id',
});

const countOfClient = statement<{ count: number }>('invoices-count', `
  select count(*)::int as count from invoice i where i.client_id = $1 and ($2::text is null or i.status = $2)`);

const ofAll = statement<InvoiceRow & { readonly slug: string }>('invoices-of-all', `
  select c.slug, ${invoiceColumns}
    from invoice i
    join client c on c.id = i.client_id
   where ($1::uuid is null or i.client_id = $1) and ($2::text is null or i.status = $2)
   order by i.issued_at desc, i.id desc`);

/** A page of the invoices of a client, the newest first. */
export async function listInvoices(
  sql: Sql, { clientId, status }: InvoiceFilter, request: PageRequest,
): Promise<Page<IssuedInvoice>> {
  const { items, more } = await readPage(sql, ofClient, [clientId, status], request);
  return { items: items.map(issuedInvoice), more };
}

/** How many invoices a client has. */
export async function countInvoices(sql: Sql, { clientId, status }: InvoiceFilter): Promise<number> {
  const [row] = await sql.run(countOfClient, [clientId, status]);
  return row!.count;
}

/** All invoices, the newest first, each with the slug of its client. */
export async function listAllInvoices(
  sql: Sql, { clientId, status }: InvoiceFilter<string | null>,
): Promise<{ readonly slug: string; readonly invoice: IssuedInvoice }[]> {
  const rows = await sql.run(ofAll, [clientId, status]);
  return rows.map(({ slug, ...row }) => ({ slug, invoice: issuedInvoice(row) }));
}
