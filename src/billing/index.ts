export {
  findInvoiceByDocumentKey, invoiceDocument, type InvoiceDocument, invoicePage, invoicePrintJob,
} from './document/index.js';
export { Invoice, InvoiceStatus } from './invoice.js';
export { InvoiceCounter } from './invoice-counter.js';
export { InvoiceLicense } from './invoice-license.js';
export type { Seller } from './seller.js';
