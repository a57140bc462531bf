export { PdfBusy, PdfFailed, type PdfLimits, pdfLimits, PdfRenderer, type Waiter } from './pdf-renderer.js';
export type { PrintJob } from './print-job.js';
