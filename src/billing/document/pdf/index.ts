import type { PrintJob } from '../../../printing/index.js';
import type { InvoiceDocument } from '../document.js';

const template = import.meta.resolve('#compiled/billing/document/pdf/definition.js');

/** An invoice as it is given to who prints it. */
export function invoicePrintJob(document: InvoiceDocument): PrintJob {
  return { template, data: document };
}
