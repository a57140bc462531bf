import { type Sql, statement } from '../database/index.js';
import { InputError } from '../kernel/input-error.js';
import { invoiceColumns, invoiceNumber, type InvoiceRow, type IssuedInvoice, issuedInvoice } from './issued-invoice.js';

/** An invoice of a client. */
export interface InvoiceName {
  readonly clientId: string;
  readonly invoiceId: string;
}

/** The license of a user. */
export interface LicenseName {
  readonly clientId: string;
  readonly userId: string;
}

const byIds = statement<InvoiceRow>('invoices-by-id', `
  select ${invoiceColumns}
    from invoice i
    join unnest($1::uuid[], $2::uuid[]) as wanted (client_id, id) on i.client_id = wanted.client_id and i.id = wanted.id`);

const byLicenses = statement<InvoiceRow & { readonly userId: string }>('invoices-of-licenses', `
  select b.user_id as "userId", ${invoiceColumns}
    from invoice_license b
    join unnest($1::uuid[], $2::uuid[]) as wanted (client_id, user_id)
      on b.client_id = wanted.client_id and b.user_id = wanted.user_id
    join invoice i on i.client_id = b.client_id and i.id = b.invoice_id`);

const byNumber = statement<InvoiceRow>('invoice-by-number', `
  select ${invoiceColumns} from invoice i where i.year = $1 and i.sequence = $2`);

const byOrderKey = statement<InvoiceRow>('invoice-by-idempotency-key', `
  select ${invoiceColumns} from invoice i where i.client_id = $1 and i.idempotency_key = $2`);

/** Invoices in the order asked for; null for one that the client does not have. */
export async function findInvoices(sql: Sql, wanted: readonly InvoiceName[]): Promise<(IssuedInvoice | null)[]> {
  const rows = await sql.run(byIds, [wanted.map(({ clientId }) => clientId), wanted.map(({ invoiceId }) => invoiceId)]);
  const found = new Map(rows.map((row) => [`${row.clientId}/${row.id}`, issuedInvoice(row)]));
  return wanted.map(({ clientId, invoiceId }) => found.get(`${clientId}/${invoiceId}`) ?? null);
}

/** The postpaid invoices that charge for licenses, in the order asked for; null for a license that none charges for. */
export async function findInvoicesOfLicenses(sql: Sql, wanted: readonly LicenseName[]): Promise<(IssuedInvoice | null)[]> {
  const rows = await sql.run(byLicenses, [wanted.map(({ clientId }) => clientId), wanted.map(({ userId }) => userId)]);
  const found = new Map(rows.map(({ userId, ...row }) => [`${row.clientId}/${userId}`, issuedInvoice(row)]));
  return wanted.map(({ clientId, userId }) => found.get(`${clientId}/${userId}`) ?? null);
}

/** The invoice with a number, of whichever client; an `InputError` when there is none. */
export async function invoiceByNumber(sql: Sql, number: string): Promise<IssuedInvoice> {
  const [year, sequence] = /^(\d{4})-(\d{6,9})$/.exec(number)?.slice(1).map(Number) ?? [0, 0];
  // A number is written in one way only.
  const [row] = invoiceNumber(year!, sequence!) === number ? await sql.run(byNumber, [year, sequence]) : [];
  if (!row) throw new InputError(`There is no invoice "${number}". "invoice list" shows all.`);
  return issuedInvoice(row);
}

/** The invoice that an order with this idempotency key has made. */
export async function invoiceByOrderKey(sql: Sql, clientId: string, idempotencyKey: string | null): Promise<IssuedInvoice> {
  const [row] = await sql.run(byOrderKey, [clientId, idempotencyKey]);
  return issuedInvoice(row!);
}
