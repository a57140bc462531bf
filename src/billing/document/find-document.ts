import { type Sql, statement } from '../../database/index.js';
import { invoiceColumns, type InvoiceRow, type IssuedInvoice, issuedInvoice } from '../issued-invoice.js';

const byDocumentKey = statement<InvoiceRow>('invoice-by-document-key', `
  select ${invoiceColumns}
    from invoice i
   where i.document_key = $1`);

/** The invoice whose document has this key; the key is the secret, so whoever holds it may read. Null for an unknown one. */
export async function findInvoiceByDocumentKey(sql: Sql, documentKey: string): Promise<IssuedInvoice | null> {
  const [row] = await sql.run(byDocumentKey, [documentKey]);
  return row ? issuedInvoice(row) : null;
}
