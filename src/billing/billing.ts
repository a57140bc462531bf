import type { Database } from '../database/index.js';
import type { Seller } from './seller.js';
import type { VatRegime } from './vat.js';

/** Who sells licenses, and what invoices say of VAT and of when to pay: decided by the operator, for all clients. */
export interface BillingConfig {
  /** Null until the operator has named one: without a seller no invoice is made. */
  readonly seller: Seller | null;
  readonly vat: VatRegime;
  /** IANA name: the seller's day decides the date of an invoice, the year of its number, and the VAT of licenses to come. */
  readonly timeZone: string;
  /** Days from the issue of an invoice until it is due. */
  readonly paymentTermDays: number;
}

/** What the use cases of billing work with. */
export interface Billing {
  readonly database: Database;
  readonly now: () => Date;
  /** Needed by nothing but the making of invoices. */
  readonly config: BillingConfig;
}
