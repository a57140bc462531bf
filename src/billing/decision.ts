import { type Buyer, MOST_LICENSES } from '../clients/index.js';
import type { Period } from '../kernel/period.js';
import { PaymentPolicy } from '../licensing/index.js';
import type { ClientAccount } from './client-account.js';
import { InvoiceStatus } from './invoice.js';
import type { Seller } from './seller.js';
import { changeOfVat, type VatRegime } from './vat.js';

/** The most licenses that one invoice charges for in advance. */
export const INVOICE_LICENSES = 1_000_000;
/** The most licenses of the period of one invoice: each of them is written when it is made. */
export const PERIOD_LICENSES = 100_000;
/** The most invoices of a client that wait to be paid. */
export const OPEN_INVOICE_LIMIT = 100;

/** What is to be paid: a number of licenses in advance, or those of a period after the fact; null is what was not named. */
export interface InvoiceOrder {
  readonly licenses: number | null;
  readonly period: Period | null;
}

/** How things stand when an invoice is ordered. */
export interface OrderStanding {
  readonly client: Pick<ClientAccount, 'paymentPolicy' | 'licensePrice' | 'buyer'>;
  readonly seller: Seller | null;
  readonly vat: VatRegime;
  /** What the idempotency key of the order has made before; null when it made nothing or none was given. */
  readonly earlier: 'SAME_ORDER' | 'OTHER_ORDER' | null;
  /** Invoices of the client that wait to be paid. */
  readonly openInvoices: number;
  /** Licenses of the ordered period that no invoice charges for; 0 without a period. */
  readonly unbilled: number;
}

/** What an invoice needs that may not be known yet. */
export enum BillingDetail {
  /** Of a license. */
  PRICE = 'PRICE',
  /** Who pays. */
  BUYER = 'BUYER',
  /** Who is paid. */
  SELLER = 'SELLER',
}

/** Why no invoice is made. */
export type OrderRefusal =
  | { readonly kind: 'IDEMPOTENCY_KEY_REUSED' }
  | { readonly kind: 'PAYMENT_POLICY_MISMATCH'; readonly paymentPolicy: PaymentPolicy }
  | { readonly kind: 'BILLING_DETAILS_MISSING'; readonly missing: readonly BillingDetail[] }
  | { readonly kind: 'OPEN_INVOICE_LIMIT_REACHED'; readonly limit: number }
  | { readonly kind: 'NOTHING_TO_INVOICE' };

export type OrderDecision =
  | OrderRefusal
  /** The period has more licenses than an invoice may have. */
  | { readonly kind: 'TOO_MANY_LICENSES'; readonly licenses: number }
  /** Another rate of VAT begins within the period, on this day. */
  | { readonly kind: 'VAT_CHANGES'; readonly day: string }
  /** The order has its invoice already. */
  | { readonly kind: 'REPLAYED' }
  | ({ readonly kind: 'GRANTED' } & GrantedOrder);

/** What an invoice is to say. */
export interface GrantedOrder {
  readonly licenses: number;
  /** In kopecks, VAT included. */
  readonly unitPrice: number;
  readonly buyer: Buyer;
  readonly seller: Seller;
}

/**
 * Whether an invoice is made. The order of the checks is the order of precedence of the answers; it is written here and
 * nowhere else. A suspended client may order like any other.
 */
export function decideOrder({ licenses, period }: InvoiceOrder, standing: OrderStanding): OrderDecision {
  const { client: { paymentPolicy, licensePrice: unitPrice, buyer }, seller, vat, openInvoices, unbilled } = standing;
  if (standing.earlier) return { kind: standing.earlier === 'SAME_ORDER' ? 'REPLAYED' : 'IDEMPOTENCY_KEY_REUSED' };
  const [wanted, unwanted] = paymentPolicy === PaymentPolicy.PREPAID ? [licenses, period] : [period, licenses];
  if (wanted === null || unwanted !== null) return { kind: 'PAYMENT_POLICY_MISMATCH', paymentPolicy };
  if (unitPrice === null || buyer === null || seller === null) {
    const details = { [BillingDetail.PRICE]: unitPrice, [BillingDetail.BUYER]: buyer, [BillingDetail.SELLER]: seller };
    const missing = Object.values(BillingDetail).filter((detail) => details[detail] === null);
    return { kind: 'BILLING_DETAILS_MISSING', missing };
  }
  if (openInvoices >= OPEN_INVOICE_LIMIT) return { kind: 'OPEN_INVOICE_LIMIT_REACHED', limit: OPEN_INVOICE_LIMIT };
  const count = licenses ?? unbilled;
  if (count === 0) return { kind: 'NOTHING_TO_INVOICE' };
  if (period) {
    if (count > PERIOD_LICENSES) return { kind: 'TOO_MANY_LICENSES', licenses: count };
    const day = changeOfVat(vat, period);
    if (day !== null) return { kind: 'VAT_CHANGES', day };
  }
  return { kind: 'GRANTED', licenses: count, unitPrice, buyer, seller };
}

export type CancellationDecision = { readonly kind: 'INVOICE_NOT_FOUND' | 'INVOICE_PAID' | 'REPLAYED' | 'GRANTED' };

/** Whether an invoice is cancelled; null stands for one that the client does not have. */
export function decideCancellation(status: InvoiceStatus | null): CancellationDecision {
  switch (status) {
    case null: return { kind: 'INVOICE_NOT_FOUND' };
    case InvoiceStatus.PAID: return { kind: 'INVOICE_PAID' };
    case InvoiceStatus.CANCELLED: return { kind: 'REPLAYED' };
    case InvoiceStatus.ISSUED: return { kind: 'GRANTED' };
  }
}

/** A limit of licenses before and after a payment. */
export interface LimitChange {
  readonly from: number;
  readonly to: number;
}

export type PaymentDecision =
  | { readonly kind: 'INVOICE_CANCELLED' }
  /** Nothing is to change. */
  | { readonly kind: 'REPLAYED' }
  /** The limit would be higher than any may be. */
  | { readonly kind: 'LIMIT_TOO_HIGH'; readonly limit: number }
  /** Null for an invoice that raises no limit: a postpaid one, or one of a client that has none by now. */
  | { readonly kind: 'GRANTED'; readonly licenseLimit: LimitChange | null };

/** Whether an invoice becomes paid, and what becomes of the limit of a client that pays in advance. */
export function decidePayment(
  invoice: { readonly status: InvoiceStatus; readonly paymentPolicy: PaymentPolicy; readonly licenses: number },
  { licenseLimit: from }: Pick<ClientAccount, 'licenseLimit'>,
): PaymentDecision {
  if (invoice.status === InvoiceStatus.CANCELLED) return { kind: 'INVOICE_CANCELLED' };
  if (invoice.status === InvoiceStatus.PAID) return { kind: 'REPLAYED' };
  if (invoice.paymentPolicy === PaymentPolicy.POSTPAID || from === null) return { kind: 'GRANTED', licenseLimit: null };
  const to = from + invoice.licenses;
  return to > MOST_LICENSES ? { kind: 'LIMIT_TOO_HIGH', limit: to } : { kind: 'GRANTED', licenseLimit: { from, to } };
}
