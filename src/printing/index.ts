export { PdfBusy, PdfFailed, type PdfLimits, PdfRenderer } from './pdf-renderer.js';
export type { PrintJob } from './print-job.js';
