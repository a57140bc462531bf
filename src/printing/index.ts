export { PdfBusy, PdfFailed, type PdfLimits, pdfLimits, PdfRenderer } from './pdf-renderer.js';
export type { PrintJob } from './print-job.js';
