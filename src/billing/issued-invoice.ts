import type { Buyer } from '../clients/index.js';
import type { PaymentPolicy } from '../licensing/index.js';
import type { Period } from '../kernel/period.js';
import type { InvoiceStatus } from './invoice.js';
import type { Seller } from './seller.js';

/** An invoice as it is read: all amounts in kopecks, the seller and the buyer as they were when it was issued. */
export interface IssuedInvoice {
  readonly clientId: string;
  readonly id: string;
  /** The year and the place in it, such as `2026-000042`. */
  readonly number: string;
  /** The secret in the address of the document. */
  readonly documentKey: string;
  readonly status: InvoiceStatus;
  readonly paymentPolicy: PaymentPolicy;
  readonly licenses: number;
  readonly unitPrice: number;
  readonly total: number;
  /** The part of the total that is VAT, and its rate in percent; both null when the seller is exempt. */
  readonly vat: number | null;
  readonly vatRate: number | null;
  readonly issuedAt: Date;
  readonly dueAt: Date;
  readonly paidAt: Date | null;
  readonly cancelledAt: Date | null;
  /** The days whose licenses a postpaid invoice charges for, in the client's time zone; null for a prepaid one. */
  readonly period: Period | null;
  readonly seller: Seller;
  readonly buyer: Buyer;
}

/** A row of `invoiceColumns`. */
export type InvoiceRow = Omit<IssuedInvoice, 'number' | 'period'> & {
  readonly year: number;
  readonly sequence: number;
  readonly periodFrom: string | null;
  readonly periodTo: string | null;
};

/** The columns of an `InvoiceRow`, of the table `invoice` under the name `i`. */
export const invoiceColumns = `
  i.client_id as "clientId", i.id, i.year, i.sequence, i.document_key as "documentKey", i.status,
  i.payment_policy as "paymentPolicy", i.licenses, i.unit_price::float8 as "unitPrice", i.total::float8 as total,
  i.vat::float8 as vat, i.vat_rate as "vatRate", i.issued_at as "issuedAt", i.due_at as "dueAt", i.paid_at as "paidAt",
  i.cancelled_at as "cancelledAt", i.period_from::text as "periodFrom", i.period_to::text as "periodTo", i.seller, i.buyer`;

/** The invoice of a row. */
export function issuedInvoice({ year, sequence, periodFrom, periodTo, ...row }: InvoiceRow): IssuedInvoice {
  const period = periodFrom === null || periodTo === null ? null : { from: periodFrom, to: periodTo };
  return { ...row, number: invoiceNumber(year, sequence), period };
}

/** The number of an invoice as people read it. */
export function invoiceNumber(year: number, sequence: number): string {
  return `${year}-${String(sequence).padStart(6, '0')}`;
}
