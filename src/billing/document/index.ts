export { invoiceDocument } from './compose-document.js';
export type { InvoiceDocument } from './document.js';
export { findInvoiceByDocumentKey } from './find-document.js';
export { invoicePage } from './html/index.js';
export { invoicePrintJob } from './pdf/index.js';
