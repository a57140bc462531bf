import { type Actor, AuditAction, recordAudit } from '../clients/index.js';
import { statement } from '../database/index.js';
import type { Billing } from './billing.js';
import { lockClient } from './client-account.js';
import { decideCancellation } from './decision.js';
import { findInvoices, type InvoiceName } from './find-invoices.js';
import { invoiceColumns, type InvoiceRow, type IssuedInvoice, issuedInvoice } from './issued-invoice.js';

/** A client, or an operator for it, cancels an invoice. */
export interface CancelInvoiceRequest extends InvoiceName {
  readonly actor: Actor;
}

export type CancelInvoiceOutcome =
  | { readonly kind: 'INVOICE_NOT_FOUND' | 'INVOICE_PAID' }
  | { readonly kind: 'CANCELLED'; readonly invoice: IssuedInvoice; readonly replayed: boolean };

const cancel = statement<InvoiceRow>('invoice-cancel', `
  with freed as (
    delete from invoice_license where client_id = $1 and invoice_id = $2
  ), i as (
    update invoice set status = 'CANCELLED', cancelled_at = $3 where client_id = $1 and id = $2 returning *
  )
  select ${invoiceColumns} from i`);

/** Cancels an invoice that waits to be paid; its licenses are free for another one. Repeating it changes nothing. */
export async function cancelInvoice(
  { database, now }: Omit<Billing, 'config'>, { clientId, invoiceId, actor }: CancelInvoiceRequest,
): Promise<CancelInvoiceOutcome> {
  return database.transaction(async (sql) => {
    await lockClient(sql, clientId);
    const [invoice] = await findInvoices(sql, [{ clientId, invoiceId }]);
    const { kind } = decideCancellation(invoice?.status ?? null);
    if (kind === 'REPLAYED') return { kind: 'CANCELLED', invoice: invoice!, replayed: true };
    if (kind !== 'GRANTED') return { kind };
    const at = now();
    const [row] = await sql.run(cancel, [clientId, invoiceId, at]);
    const cancelled = issuedInvoice(row!);
    const { number, licenses, total } = cancelled;
    await recordAudit(sql, { clientId, at, actor, action: AuditAction.INVOICE_CANCELLED, details: { number, licenses, total } });
    return { kind: 'CANCELLED', invoice: cancelled, replayed: false };
  });
}
