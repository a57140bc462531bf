export {
  findInvoiceByDocumentKey, invoiceDocument, type InvoiceDocument, invoicePage, invoicePrintJob,
} from './document/index.js';
export type { Billing, BillingConfig } from './billing.js';
export { cancelInvoice, type CancelInvoiceOutcome } from './cancel-invoice.js';
export { createInvoice, type CreateInvoiceOutcome, type CreateInvoiceRequest } from './create-invoice.js';
export {
  BillingDetail, INVOICE_LICENSES, type InvoiceOrder, OPEN_INVOICE_LIMIT, PERIOD_LICENSES,
} from './decision.js';
export { findInvoices, findInvoicesOfLicenses, invoiceByNumber, type InvoiceName, type LicenseName } from './find-invoices.js';
export { Invoice, InvoiceStatus } from './invoice.js';
export { InvoiceCounter } from './invoice-counter.js';
export { InvoiceLicense } from './invoice-license.js';
export type { IssuedInvoice } from './issued-invoice.js';
export { countInvoices, listInvoices, listLatestInvoices } from './list-invoices.js';
export { payInvoice, type PayInvoiceOutcome } from './pay-invoice.js';
export { SAMPLE_SELLER } from './sample-seller.js';
export type { Seller } from './seller.js';
